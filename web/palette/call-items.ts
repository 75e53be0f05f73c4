import { FileCode } from 'lucide-react';
import {
  hasSection,
  isInternalPath,
  type RouteSettings,
} from '../../core/contract/openapi/deployed-routes.ts';
import type { RouteContract } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';
import type { PaletteItem, To } from './palette-items.ts';

/** The calls that the API reference lists in this deployment. */
export function callItems(settings: RouteSettings, to: To): PaletteItem[] {
  return Object.entries<RouteContract>(routes)
    .filter(([, { onlyWhere }]) => onlyWhere === undefined || hasSection(onlyWhere, settings))
    .filter(([, { path }]) => !isInternalPath(path))
    .map(([id, { method, path, summary }]) => ({
      id: `call ${id}`,
      label: `${method.toUpperCase()} ${path}`,
      about: summary,
      otherWords: id,
      icon: FileCode,
      isCode: true,
      lang: 'en',
      run: to(`/docs/api#${id}`),
    }));
}
