import type { CatalogModel } from '../catalog.ts';
import { DaypassError } from '../errors.ts';

/** @throws DaypassError `model_not_found` */
export function findModel(models: readonly CatalogModel[], name: string): CatalogModel {
  const model = models.find((candidate) => candidate.name === name);
  if (model !== undefined) return model;
  throw new DaypassError(
    'model_not_found',
    'There is no such model. GET /v1/models lists the models on offer.',
    {
      param: 'model',
    },
  );
}

/** A model's entry in OpenAI's model list. */
export function describeModel(model: CatalogModel) {
  return { id: model.name, object: 'model' as const, created: model.createdSeconds, owned_by: model.ownedBy };
}

/** @param allowed the key's or plan's list; undefined: every model */
export function requireAllowedModel(model: CatalogModel, allowed: readonly string[] | undefined): void {
  if (allowed === undefined || allowed.includes(model.name)) return;
  throw new DaypassError('model_not_allowed', `This key may not call '${model.name}'.`, { param: 'model' });
}
