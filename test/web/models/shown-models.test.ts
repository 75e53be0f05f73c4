import type { Model } from '../../../web/models/model-facts.ts';
import { shownModels } from '../../../web/screens/models/shown-models.ts';
import type { ModelFilters } from '../../../web/screens/models/use-model-filters.ts';

const prices = { cached_input: 0, cache_write: 0, cache_write_hour: 0 };
const chat = (id: string, facts: { input: number; output: number; created?: number; accepts?: string[] }) =>
  ({
    id,
    object: 'model',
    kind: 'chat',
    created: facts.created ?? 0,
    owned_by: id.startsWith('claude') ? 'anthropic' : 'amazon',
    context_window: 1000,
    max_output_tokens: 100,
    accepts: facts.accepts ?? ['tools'],
    sampling: 'both',
    stop_sequences: true,
    structured_output: 'none',
    reasoning_effort: false,
    pricing: {
      currency: 'USD',
      per_million_tokens: { input: facts.input, output: facts.output, ...prices },
      long_context: null,
      service_tiers: {},
    },
  }) satisfies Model;
const embedding = {
  id: 'titan-embed',
  object: 'model',
  kind: 'embedding',
  created: 5,
  owned_by: 'amazon',
  context_window: 8192,
  dimensions: [256],
  pricing: { currency: 'USD', per_million_tokens: { input: 0.02 } },
} satisfies Model;

const claude = chat('claude', { input: 2, output: 10, created: 9, accepts: ['images', 'tools'] });
const nova = chat('nova', { input: 0.06, output: 0.24, created: 3 });
const models = [claude, nova, embedding];
const all: ModelFilters = { search: '', maker: undefined, can: [], order: 'listed' };
const ids = (filters: Partial<ModelFilters>) =>
  shownModels(models, { ...all, ...filters }).map(({ id }) => id);

test('without a filter, models stand as the API lists them', () => {
  expect(ids({})).toEqual(['claude', 'nova', 'titan-embed']);
});

test('a search finds names, makers and abilities', () => {
  expect(ids({ search: 'AMAZON' })).toEqual(['nova', 'titan-embed']);
  expect(ids({ search: 'anthropic images' })).toEqual(['claude']);
  expect(ids({ search: ' ' })).toHaveLength(3);
});

test('a model must have every ability asked for, which models for embeddings have not', () => {
  expect(ids({ can: ['tools'] })).toEqual(['claude', 'nova']);
  expect(ids({ can: ['tools', 'images'] })).toEqual(['claude']);
  expect(ids({ maker: 'amazon', can: ['images'] })).toEqual([]);
});

test('the cheapest come first, or the newest, or those with the longest context', () => {
  expect(ids({ order: 'cheapest' })).toEqual(['titan-embed', 'nova', 'claude']);
  expect(ids({ order: 'newest' })).toEqual(['claude', 'titan-embed', 'nova']);
  expect(ids({ order: 'context' })).toEqual(['titan-embed', 'claude', 'nova']);
});
