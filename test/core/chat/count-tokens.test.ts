import type { ChatRequest } from '../../../core/chat/chat.ts';
import { countTokens, takeCount } from '../../../core/chat/count-tokens.ts';
import type { KeyInHand } from '../../../core/keys/find-key.ts';
import { type CountedRequest, createBedrockCounter } from '../../../core/providers/bedrock/count-tokens.ts';
import { fieldNames, someLimits, someModel } from './model-fixture.ts';

const model = someModel({
  name: 'claude',
  modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
  target: 'global.anthropic.claude-haiku-4-5-20251001-v1:0',
  family: 'claude',
  accepts: ['tools', 'token-counts'],
});
const request: ChatRequest = {
  model: 'claude',
  system: [{ type: 'text', text: 'Be kind.' }],
  turns: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  stopSequences: [],
  tools: {
    tools: [{ name: 'find', schema: { type: 'object' }, strict: false }],
    choice: { type: 'auto' },
    single: false,
  },
  fieldNames,
};

const { signal } = new AbortController();

function world() {
  const asked: [string, CountedRequest][] = [];
  const ports = {
    counters: {
      bedrock: createBedrockCounter(async (modelId, counted) => {
        asked.push([modelId, counted]);
        return 42;
      }, someLimits),
    },
    catalog: { models: [model, someModel()], embeddingModels: [] },
  };
  return { ports, asked };
}

const keyWith = (limits: Partial<KeyInHand['counters']['limits']> = {}) =>
  ({
    record: { keyId: 'key_1' },
    counters: { limits: { requestsPerDay: 10, ...limits }, usedByWindow: {} },
  }) as unknown as KeyInHand;

test('a request is counted as it would be sent, by the model’s own id, without fields that only affect the answer', async () => {
  const { ports, asked } = world();
  expect(await countTokens(ports, keyWith(), { request, origin: undefined, signal })).toBe(42);
  expect(asked).toEqual([
    [
      model.modelId,
      {
        system: [{ text: 'Be kind.' }],
        messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
        toolConfig: { tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }] },
      },
    ],
  ]);
});

test.each([
  ['a model whose provider can’t count for it', { model: 'nova-lite' }, {}, 'unsupported_parameter'],
  ['an unknown model', { model: 'claud' }, {}, 'model_not_found'],
  ['a model that the key may not use', {}, { models: ['nova-lite'] }, 'model_not_allowed'],
  ['a page that the key is not for', {}, { allowedHosts: ['app.example.com'] }, 'host_not_allowed'],
  [
    'what the model can’t honour',
    { turns: [{ role: 'user', parts: [picture()] }] },
    {},
    'unsupported_parameter',
  ],
] as const)('%s is refused without asking', async (_what, fields, limits, code) => {
  const { ports, asked } = world();
  const counting = countTokens(ports, keyWith(limits), {
    request: { ...request, ...fields },
    origin: undefined,
    signal,
  });
  await expect(counting).rejects.toMatchObject({ code });
  expect(asked).toEqual([]);
});

test('a key has a number of counts a minute, and a refusal says when the next minute begins', async () => {
  let taken = 0;
  const ports = {
    takeCall: async (_scope: string, limit: number) => {
      taken += 1;
      return taken <= limit;
    },
    clock: { now: () => Date.parse('2026-11-22T10:05:30Z') },
    catalog: { chat: { countTokensPerMinute: 2 } },
  };
  for (let call = 0; call < 2; call += 1) await takeCount(ports, keyWith());
  await expect(takeCount(ports, keyWith())).rejects.toMatchObject({
    code: 'rate_limit_exceeded',
    headers: {
      'retry-after': '30',
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '30s',
    },
  });
});

function picture() {
  return { type: 'image', format: 'png', bytes: new Uint8Array(1) } as const;
}

test('a key of the caller’s own is used where the provider takes one, and needed where the key says so', async () => {
  const asked: unknown[] = [];
  const counter = {
    takesOwnKeys: true,
    count: async (_request: unknown, _model: unknown, { ownKey }: { ownKey?: string | undefined }) => {
      asked.push(ownKey);
      return 1;
    },
  };
  const catalog = { models: [{ ...model, provider: 'anthropic' }], embeddingModels: [] };
  const kept = { find: async () => ({ secret: 'sk-kept-own', from: 'key' as const }) };
  const counting = { request, origin: undefined, signal };
  const key = keyWith();
  Object.assign(key.record, { requiresProviderKey: true });
  const ports = { counters: { anthropic: counter }, catalog };
  await countTokens({ ...ports, ownKeys: kept }, key, counting);
  await countTokens(ports, key, { ...counting, sentKeys: { any: 'sk-sent-own' } });
  await countTokens(ports, keyWith(), counting);
  await expect(countTokens(ports, key, counting)).rejects.toMatchObject({ code: 'provider_key_required' });
  expect(asked).toEqual(['sk-kept-own', 'sk-sent-own', undefined]);
});
