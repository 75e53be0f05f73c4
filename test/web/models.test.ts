import { makerWords, tokenWords } from '../../web/models/listing-words.ts';
import { abilitiesOf, type ChatModel, type EmbeddingModel, plansOf } from '../../web/models/model-facts.ts';
import { isFound, priceWords } from '../../web/models/model-words.ts';

const price = { input: 0.06, output: 0.24, cached_input: 0, cache_write: 0, cache_write_hour: 0 };
const chat: ChatModel = {
  id: 'nova-lite',
  object: 'model',
  created: 0,
  owned_by: 'amazon',
  kind: 'chat',
  context_window: 300_000,
  max_output_tokens: 5000,
  accepts: ['images', 'documents', 'tools', 'tool-choice'],
  sampling: 'both',
  stop_sequences: true,
  structured_output: 'tool',
  reasoning_effort: false,
  pricing: { currency: 'USD', per_million_tokens: price, long_context: null, service_tiers: {} },
};
const embedding: EmbeddingModel = {
  id: 'titan-embed-text-v2',
  object: 'model',
  created: 0,
  owned_by: 'amazon',
  kind: 'embedding',
  context_window: 8192,
  dimensions: [1024],
  pricing: { currency: 'USD', per_million_tokens: { input: 0.02 } },
};

test('what a model can do is told from what it accepts, how it gives JSON, and whether it reasons', () => {
  expect(abilitiesOf(chat)).toEqual(['images', 'documents', 'tools', 'json']);
  expect(abilitiesOf({ ...chat, accepts: [], structured_output: 'none', reasoning_effort: true })).toEqual([
    'reasoning',
  ]);
});

test('prices, tokens and makers have short words', () => {
  expect([priceWords(chat), priceWords(embedding)]).toEqual(['$0.06 in, $0.24 out', '$0.02']);
  expect([512, 8192, 300_000, 1_050_000, 2_000_000].map(tokenWords)).toEqual([
    '512',
    '8.19K',
    '300K',
    '1.05M',
    '2M',
  ]);
  expect(['amazon', 'openai', 'minimax', 'ollama'].map((owned_by) => makerWords({ owned_by }))).toEqual([
    'Amazon',
    'OpenAI',
    'MiniMax',
    'Ollama',
  ]);
});

test('a search finds a model by name, maker and abilities, by all of its words', () => {
  const found = ['', 'nova', 'AMAZON images', 'lite json', 'reasoning', 'nova opus'].map((search) =>
    isFound(chat, search),
  );
  expect(found).toEqual([true, true, true, true, false, false]);
});

test('a model’s plans are named unless all have it', () => {
  const plans = [
    { name: 'a', models: null },
    { name: 'b', models: ['nova-micro'] },
  ];
  expect([plansOf(chat, plans), plansOf({ id: 'nova-micro' }, plans)]).toEqual([['a'], 'all']);
});
