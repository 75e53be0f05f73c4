import type { CatalogModel } from './catalog.ts';
import { closestNames } from './closest-names.ts';
import { DaypassError } from './errors.ts';

/** @throws DaypassError `model_not_found` with the names that come closest */
export function findModel<Model extends { name: string }>(models: readonly Model[], name: string): Model {
  const model = models.find((candidate) => candidate.name === name);
  if (model !== undefined) return model;
  const close = closestNames(
    models.map((candidate) => candidate.name),
    name,
  );
  const hint = close.length === 0 ? '' : ` Did you mean ${close.map((it) => `'${it}'`).join(' or ')}?`;
  throw new DaypassError(
    'model_not_found',
    `There is no such model.${hint} GET /v1/models lists the models on offer.`,
    { param: 'model' },
  );
}

export function mayUse(
  { name }: Pick<CatalogModel, 'name'>,
  allowed: readonly string[] | undefined,
): boolean {
  return allowed === undefined || allowed.includes(name);
}

/** @param allowed the key's or plan's list; undefined: every model */
export function requireAllowedModel(
  model: Pick<CatalogModel, 'name'>,
  allowed: readonly string[] | undefined,
): void {
  if (mayUse(model, allowed)) return;
  throw new DaypassError('model_not_allowed', `This key may not call '${model.name}'.`, { param: 'model' });
}
