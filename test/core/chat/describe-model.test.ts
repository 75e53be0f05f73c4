import { describeModel } from '../../../core/chat/describe-model.ts';
import { modelAnswer } from '../../../core/contract/chat/model-list.ts';
import { someLimits, someModel } from './model-fixture.ts';

test('a model is described with its context, its prices in every tier, and what it accepts', () => {
  const prices = { input: 6, output: 30, cachedInput: 0.6, cacheWrite: 7.5, cacheWriteHour: 12 };
  const longContext = { above: 100_000, pricePerMillionTokens: prices };
  const told = describeModel(someModel({ longContext }), someLimits);
  expect(told).toEqual({
    id: 'nova-lite',
    object: 'model',
    created: 1_733_184_000,
    owned_by: 'amazon',
    kind: 'chat',
    context_window: 300_000,
    max_output_tokens: 5000,
    accepts: ['images', 'documents', 'tools', 'tool-choice', 'cache-points'],
    sampling: 'both',
    stop_sequences: true,
    structured_output: 'tool',
    reasoning_effort: false,
    pricing: {
      currency: 'USD',
      per_million_tokens: { input: 3, output: 15, cached_input: 0.3, cache_write: 3.75, cache_write_hour: 6 },
      long_context: {
        above: 100_000,
        per_million_tokens: {
          input: 6,
          output: 30,
          cached_input: 0.6,
          cache_write: 7.5,
          cache_write_hour: 12,
        },
      },
      service_tiers: { default: 1, flex: 0.5, priority: 1.75 },
    },
  });
  expect(modelAnswer.parse(told)).toEqual(told);
});

test('one without a price for long prompts has null there', () => {
  expect(describeModel(someModel(), someLimits)).toMatchObject({ pricing: { long_context: null } });
});

test('an embedding model is described with its one price and its dimensions', () => {
  const { pricePerMillionTokens, createdSeconds, ownedBy } = someModel();
  const told = describeModel(
    {
      name: 'embed',
      provider: 'bedrock',
      target: 'e',
      family: 'cohere',
      contextTokens: undefined,
      maxCharacters: undefined,
      dimensions: [256],
      pricePerMillionTokens,
      createdSeconds,
      ownedBy,
    },
    someLimits,
  );
  expect(told).toMatchObject({
    kind: 'embedding',
    context_window: null,
    dimensions: [256],
    pricing: { currency: 'USD', per_million_tokens: { input: 3 } },
  });
  expect(modelAnswer.parse(told)).toEqual(told);
});
