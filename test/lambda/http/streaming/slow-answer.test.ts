import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { anthropicMessages } from '../../../../core/chat/anthropic-messages/dialect.ts';
import { openAiChat } from '../../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../../core/chat/openai-responses/dialect.ts';
import { response as responseContract } from '../../../../core/contract/chat/response.ts';
import { DaypassError } from '../../../../core/errors.ts';
import type { Charge } from '../../../../core/metering/ports.ts';
import type { ConverseEvent } from '../../../../core/providers/bedrock/converse-shapes.ts';
import { createBedrockProvider } from '../../../../core/providers/bedrock/provider.ts';
import { type ChatRoutePorts, chatRoute } from '../../../../lambda/http/chat-route.ts';
import { defineAwslambda } from '../../../../local/aws/lambda/thread/awslambda-global.ts';
import { catalog } from '../../../core/chat/shown-models.ts';
import { quietFence, quietFenceLifts, someFence } from '../../../core/metering/fence-fixture.ts';
import { captureOutput } from '../capture-output.ts';
import { proxyEvent, requestContext } from '../proxy-event.ts';
import { runStreamingRoute, type StreamedAnswer } from '../run-route.ts';

const model = 'nova-micro';
const standing = { limit: 10, remaining: 9, resetsAt: Date.parse('2026-11-23T00:00:00Z') };
const charge = { chargeId: 'c1', chargedAt: 0, standing, fence: someFence } as unknown as Charge;
const failure = new DaypassError('model_failed', 'The model failed on this request. Try again.');

/** What the model says once the response has begun, or why it fails then. */
const answer: ConverseEvent[] = [
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'At last 🌍' } } },
  { contentBlockStop: { contentBlockIndex: 0 } },
  { messageStop: { stopReason: 'end_turn' } },
  { metadata: { usage: { inputTokens: 1, outputTokens: 2 } } },
];

let output: ReturnType<typeof captureOutput>;
beforeAll(() => defineAwslambda());
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

/** A model that is silent until patience has ended, and official clients that call it. */
function slowWorld(end: ConverseEvent[] | DaypassError) {
  const recorded: string[] = [];
  const impatience = Promise.withResolvers<void>();
  const ports: ChatRoutePorts = {
    ...quietFence,
    meter: {
      ...quietFenceLifts,
      charge: async () => ({ outcome: 'charged', charge }),
      refund: async () => void recorded.push('refund'),
      settle: async () => void recorded.push('settle'),
    },
    providers: {
      bedrock: createBedrockProvider(
        async () =>
          (async function* () {
            impatience.resolve();
            // The response has begun once everything that waited for patience has run.
            await new Promise((begun) => setImmediate(begun));
            if (end instanceof DaypassError) throw end;
            yield end;
          })(),
        catalog.chat,
      ),
    },
    patiently: (_streamed, work) => work(impatience.promise),
    clock: Date,
    catalog,
    onUnknownStop: () => {
      throw new Error('every stop reason is known here');
    },
    onMeterFailed: () => {
      throw new Error('the meter must not fail here');
    },
  };
  const routes = new Map<string, unknown>([
    ['/v1/chat/completions', chatRoute(openAiChat, ports)],
    ['/v1/messages', chatRoute(anthropicMessages, ports)],
    ['/v1/responses', chatRoute(openAiResponses, ports)],
  ]);
  const seen: StreamedAnswer[] = [];
  const fetch = async (url: unknown, init?: { body?: unknown }) => {
    const context = requestContext({ apiKeyId: 'a1' });
    const event = proxyEvent({ body: String(init?.body), requestContext: context });
    const told = await runStreamingRoute(routes.get(new URL(String(url)).pathname), event);
    seen.push(told);
    return new Response(told.body, { status: told.statusCode, headers: told.headers });
  };
  const options = { apiKey: 'k', fetch: fetch as typeof globalThis.fetch, maxRetries: 0 };
  return {
    recorded,
    seen,
    openai: new OpenAI({ ...options, baseURL: 'https://daypass.test/v1' }),
    anthropic: new Anthropic({ ...options, baseURL: 'https://daypass.test' }),
  };
}

type World = ReturnType<typeof slowWorld>;
const messages = [{ role: 'user' as const, content: 'Hi' }];
const calls: [string, (world: World) => Promise<{ text?: unknown; failed?: unknown }>][] = [
  [
    'Chat Completions',
    async ({ openai }) => {
      const told = await openai.chat.completions.create({ model, messages });
      return { text: told.choices?.[0]?.message.content, failed: (told as { error?: unknown }).error };
    },
  ],
  [
    'Messages',
    async ({ anthropic }) => {
      const told = await anthropic.messages.create({ model, max_tokens: 9, messages });
      const [block] = told.content ?? [];
      return {
        text: block?.type === 'text' ? block.text : undefined,
        failed: (told as { error?: unknown }).error,
      };
    },
  ],
  [
    'Responses',
    async ({ openai }) => {
      const told = await openai.responses.create({ model, input: 'Hi' });
      return { text: told.output_text || undefined, failed: told.error ?? undefined };
    },
  ],
];

describe.each(calls)('a whole answer of %s that takes long', (route, ask) => {
  test('begins with white space, and the SDK reads it like any other', async () => {
    const world = slowWorld(answer);
    expect(await ask(world)).toEqual({ text: 'At last 🌍', failed: undefined });
    const [told] = world.seen;
    expect(told).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'x-ratelimit-remaining-requests': '9' },
    });
    expect(told?.body).toMatch(/^\n\{/);
    expect(world.recorded).toEqual(['settle']);
  });

  test('and fails ends in the error in place of the answer, is logged, and is refunded', async () => {
    const world = slowWorld(failure);
    const { text, failed } = await ask(world);
    expect(text).toBeUndefined();
    expect(failed).toMatchObject({ message: failure.message });
    expect(world.seen[0]).toMatchObject({ statusCode: 200 });
    expect(world.recorded).toEqual(['refund']);
    expect(output.text()).toContain('"message":"answer broke off"');
    if (route === 'Responses') {
      const body = JSON.parse(world.seen[0]?.body ?? '');
      expect(responseContract.parse(body)).toMatchObject({ status: 'failed', output: [] });
    }
  });
});
