import type { Catalog, CatalogModel, EmbeddingModel } from './catalog.ts';
import { DaypassError } from './errors.ts';

/** A longer name is no typing mistake, and would be slow to compare. */
const longestName = 100;

/**
 * @param others models of another kind, and what to tell a caller who names one
 * @throws DaypassError `model_not_found` with the names that come closest
 */
export function findModel<Model extends { name: string }>(
  models: readonly Model[],
  name: string,
  others: { models: readonly { name: string }[]; hint: string } = { models: [], hint: '' },
): Model {
  const model = models.find((candidate) => candidate.name === name);
  if (model !== undefined) return model;
  if (others.models.some((other) => other.name === name)) {
    throw new DaypassError('model_not_found', `'${name}' ${others.hint}`, { param: 'model' });
  }
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

type Kinds = Pick<Catalog, 'models' | 'embeddingModels'>;

/** @throws DaypassError `model_not_found`, for an embedding model with the route that takes it */
export function findChatModel({ models, embeddingModels }: Kinds, name: string): CatalogModel {
  const hint = 'is an embedding model: send texts for it to POST /v1/embeddings.';
  return findModel(models, name, { models: embeddingModels, hint });
}

/** @throws DaypassError `model_not_found`, for a chat model with the routes that take it */
export function findEmbeddingModel({ models, embeddingModels }: Kinds, name: string): EmbeddingModel {
  const hint = 'is a chat model: call it at POST /v1/chat/completions, /v1/responses or /v1/messages.';
  return findModel(embeddingModels, name, { models, hint });
}

/** The name, if any model has it: what callers write otherwise must not be recorded. */
export function knownName({ models, embeddingModels }: Kinds, name: string): string | undefined {
  const isNamed = (model: { name: string }) => model.name === name;
  return models.some(isNamed) || embeddingModels.some(isNamed) ? name : undefined;
}

/** The same of a body that may not have been checked: every dialect has the name at `model`. */
export const knownNameIn = (catalog: Kinds) => (json: unknown) => {
  const name = (json as { model?: unknown } | null | undefined)?.model;
  return typeof name === 'string' ? knownName(catalog, name) : undefined;
};

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

/** At most three known names that differ least from a wrong one, best first; none if all differ too much. */
function closestNames(known: readonly string[], wrong: string): string[] {
  if (wrong.length > longestName) return [];
  const name = wrong.toLowerCase();
  return known
    .map((candidate) => ({ candidate, distance: distanceTo(candidate, name) }))
    .filter(({ distance }) => distance <= Math.max(2, name.length / 2))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** A name that contains the other, as a provider's id may contain the public name, is close at any length. */
function distanceTo(candidate: string, name: string): number {
  const short = Math.min(candidate.length, name.length);
  if (short >= 4 && (candidate.includes(name) || name.includes(candidate))) return 0;
  return editDistance(candidate, name);
}

/** Levenshtein's: single characters put in, left out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}
