import { abilitiesOf, isChatModel, type Model } from '../../models/model-facts.ts';
import { isFound } from '../../models/model-words.ts';
import type { ModelFilters, Order } from './use-model-filters.ts';

/** The models that pass the filters, in the chosen order; of models that are level, in that of the list. */
export function shownModels(models: readonly Model[], filters: ModelFilters): Model[] {
  const { search, maker, can, order } = filters;
  const found = models.filter(
    (model) =>
      isFound(model, search.trim()) &&
      (maker === undefined || model.owned_by === maker) &&
      can.every((ability) => isChatModel(model) && abilitiesOf(model).includes(ability)),
  );
  const rank = ranks[order];
  return rank === undefined ? found : found.toSorted((one, other) => rank(one) - rank(other));
}

const ranks: Record<Order, ((model: Model) => number) | undefined> = {
  listed: undefined,
  cheapest: costOf,
  context: ({ context_window }) => -(context_window ?? 0),
  newest: ({ created }) => -created,
};

/** Of a usual chat, which reads three times as much as it writes. */
export function costOf(model: Model): number {
  const { input } = model.pricing.per_million_tokens;
  return isChatModel(model) ? (3 * input + model.pricing.per_million_tokens.output) / 4 : input;
}
