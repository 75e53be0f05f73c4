import type { ChatEvent, ChatRequest } from '../../../core/chat/chat.ts';
import { type ChatPorts, openMeteredChat } from '../../../core/chat/metered-chat.ts';
import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import type { Provider } from '../../../core/chat/provider.ts';
import { isRelayed, relaying } from '../../../core/chat/relaying.ts';
import { DaypassError } from '../../../core/errors.ts';
import type { Charge, Settlement } from '../../../core/metering/ports.ts';
import type { OwnKey } from '../../../core/provider-keys/own-key.ts';
import { quietFence, quietFenceLifts, someFence } from '../metering/fence-fixture.ts';
import { someLimits, someModel } from './model-fixture.ts';

const gpt = someModel({ name: 'gpt', provider: 'openai', fallbacks: ['nova-lite'] });
const nova = someModel();
const models = [gpt, nova];
const messages = [{ role: 'user', content: 'Hi there' }];
const head = { requestId: 'r1', answerId: 'a1', created: 1, model: 'gpt' };
const usage = {
  input: 4,
  output: 2,
  cachedInput: 0,
  cacheWriteInput: 0,
  cacheWriteHourInput: 0,
  reasoning: 0,
};

const charge: Charge = {
  meterId: 'k1',
  chargeId: 'c1',
  requestId: 'r1',
  chargedAt: 0,
  userId: 'ada',
  keyId: 'key_1',
  plan: '10-per-day',
  models: undefined,
  standing: { limit: 10, remaining: 7, resetsAt: 86_400_000 },
  windowIds: ['day-1970-01-01'],
  fence: someFence,
  leftovers: { windowIds: [], chargeIds: [] },
};

const saying = (events: (ChatEvent | Error)[]) =>
  async function* () {
    for (const event of events) {
      if (event instanceof Error) throw event;
      yield [event];
    }
  };

function world(events: (ChatEvent | Error)[], { ownKey }: { ownKey?: OwnKey } = {}) {
  const settled: Settlement[] = [];
  const refunded: string[] = [];
  const keys: (string | undefined)[] = [];
  const openai: Provider = {
    relays: ['chat-completions'],
    takesOwnKeys: true,
    prepare: () => ({
      ask(options) {
        keys.push(options.ownKey);
        return saying(events)();
      },
    }),
  };
  const prepared: ChatRequest[] = [];
  const bedrock: Provider = {
    prepare(request) {
      prepared.push(request);
      const said: ChatEvent[] = [
        { type: 'text', part: 0, text: 'From Bedrock' },
        { type: 'part-end', part: 0 },
        { type: 'stop', reason: 'end' },
        { type: 'usage', usage },
      ];
      return { ask: saying(said) };
    },
  };
  const ports: ChatPorts = {
    ...quietFence,
    meter: {
      ...quietFenceLifts,
      charge: async () => ({ outcome: 'charged', charge }),
      refund: async (_charge, _model, reason) => void refunded.push(reason ?? 'failed'),
      settle: async (settlement) => void settled.push(settlement),
    },
    providers: { openai, bedrock },
    ownKeys: { find: async () => ownKey },
    clock: { now: () => 0 },
    catalog: { models, embeddingModels: [], chat: someLimits },
    onUnknownStop() {},
    onMeterFailed() {
      throw new Error('the meter must not fail here');
    },
  };
  return { ports, settled, refunded, keys, prepared };
}

const relayed = relaying(openAiChat, { models });
const call = {
  route: '/v1/chat/completions',
  streamed: true,
  apiKeyId: 'k1',
  requestId: 'r1',
  patience: new Promise<void>(() => {}),
};
const busy = new DaypassError('model_overloaded', 'busy');

async function answered(body: Record<string, unknown>, { ports, ...recorded }: ReturnType<typeof world>) {
  const request = relayed.toChatRequest({ model: 'gpt', messages, ...body }, someLimits);
  const chat = await openMeteredChat(ports, call, request);
  const stream = relayed.stream(head, { model: 'gpt', ...body });
  let wire = stream.opening();
  try {
    for await (const events of chat.events) wire += events.map(stream.next).join('');
    wire += stream.closing();
  } catch (error) {
    wire += stream.failure(error as DaypassError);
  }
  return { wire, model: chat.model.name, ...recorded };
}

const own: ChatEvent[] = [
  { type: 'relayed', wire: 'data: 1\n\n' },
  { type: 'text', part: 0, text: 'Hello' },
  { type: 'relayed', wire: 'data: 2\n\n' },
  { type: 'stop', reason: 'end' },
  { type: 'usage', usage },
];

test('a call is relayed if the provider of its model speaks the dialect', () => {
  const { ports } = world([]);
  expect(isRelayed({ model: 'gpt' }, openAiChat.api, ports)).toBe(true);
  expect(isRelayed({ model: 'gpt' }, openAiResponses.api, ports)).toBe(false);
  for (const other of [{ model: 'nova-lite' }, { model: 'none' }, { model: 7 }, {}, null, undefined, 'gpt']) {
    expect(isRelayed(other, openAiChat.api, ports)).toBe(false);
  }
});

test('a relayed answer passes as it came, and is settled once by the provider’s counts', async () => {
  const { wire, settled, refunded } = await answered({ seed: 1 }, world(own));
  expect(wire).toBe('data: 1\n\ndata: 2\n\ndata: [DONE]\n\n');
  expect(settled).toMatchObject([
    { model: 'gpt', usage, mark: 'metered', providerKey: 'operator', costNanoDollars: 4 * 3000 + 2 * 15_000 },
  ]);
  expect(refunded).toEqual([]);
});

test('with a key of the caller’s own, it costs nothing, and the settlement says whose key it was', async () => {
  const ownKey: OwnKey = { secret: 'sk-own', from: 'account' };
  const { keys, settled } = await answered({}, world(own, { ownKey }));
  expect(keys).toEqual(['sk-own']);
  expect(settled).toMatchObject([{ usage, costNanoDollars: 0, providerKey: 'account' }]);
});

test('one that breaks off ends with one error, and what was said is estimated', async () => {
  const broken = new DaypassError('model_failed', 'broke off');
  const { wire, settled } = await answered({}, world([...own.slice(0, 2), broken]));
  expect(wire).toMatch(/^data: 1\n\ndata: \{"error":\{.*"code":"model_failed".*\}\}\n\n$/);
  expect(settled).toMatchObject([{ mark: 'estimated', usage: { output: 1 } }]);
  expect(settled[0]?.usage.input).toBeGreaterThan(0);
});

test('one that ends without saying why is no whole answer', async () => {
  const { wire } = await answered({}, world(own.slice(0, 3)));
  expect(wire).toContain('"code":"model_failed"');
  expect(wire).not.toContain('[DONE]');
});

test('one that fails before anything was said is refunded', async () => {
  const failed = new DaypassError('model_failed', 'no');
  const recorded = world([failed]);
  await expect(answered({}, recorded)).rejects.toBe(failed);
  expect(recorded.refunded).toHaveLength(1);
  expect(recorded.settled).toEqual([]);
});

test('a fallback at another provider answers in the dialect, from the request translated', async () => {
  const { wire, model, prepared, settled } = await answered({ max_tokens: 50 }, world([busy]));
  expect(model).toBe('nova-lite');
  expect(prepared[0]).toMatchObject({
    maxOutputTokens: 50,
    turns: [{ role: 'user', parts: [{ type: 'text', text: 'Hi there' }] }],
  });
  expect(wire).toContain('"content":"From Bedrock"');
  expect(wire.endsWith('data: [DONE]\n\n')).toBe(true);
  expect(settled).toMatchObject([{ model: 'nova-lite', providerKey: undefined }]);
});

test('what only the provider can read has no such fallback', async () => {
  const recorded = world([busy]);
  await expect(answered({ logit_bias: { 1: 1 } }, recorded)).rejects.toBe(busy);
  expect(recorded.prepared).toEqual([]);
});

test('too many messages are refused as in every other call', () => {
  const many = Array.from({ length: someLimits.maxMessages + 1 }, () => messages[0]);
  const alone = relaying(openAiChat, { models: [{ ...gpt, fallbacks: [] }] });
  expect(() => alone.toChatRequest({ model: 'gpt', messages: many }, someLimits)).toThrow(
    expect.objectContaining({ code: 'invalid_request', param: 'messages' }),
  );
});

test('one that needs a key of the caller’s own is refunded as our own refusal', async () => {
  const needed = new DaypassError('provider_key_required', 'needed');
  const recorded = world([needed]);
  await expect(answered({}, recorded)).rejects.toBe(needed);
  expect(recorded.refunded).toEqual(['refused']);
});
