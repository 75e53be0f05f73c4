import { resolve } from 'node:path';
import type { Catalog } from '../../../core/catalog.ts';
import { toCatalog } from '../../../lib/catalog.ts';
import { readSettings } from '../../../lib/settings.ts';

/** What `daypass.yml` offers. */
export const catalog: Catalog = toCatalog(readSettings(resolve(import.meta.dirname, '../../../daypass.yml')));
