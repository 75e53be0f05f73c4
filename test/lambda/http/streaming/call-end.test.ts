import { anthropicMessages } from '../../../../core/chat/anthropic-messages/dialect.ts';
import { openAiChat } from '../../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../../core/chat/openai-responses/dialect.ts';
import type { Charge, Settlement } from '../../../../core/metering/ports.ts';
import type { ConverseEvent } from '../../../../core/providers/bedrock/converse-shapes.ts';
import { type ConverseStream, createBedrockProvider } from '../../../../core/providers/bedrock/provider.ts';
import { type ChatRoutePorts, chatRoute } from '../../../../lambda/http/chat-route.ts';
import { patiently } from '../../../../lambda/http/streaming/slow-answer.ts';
import { defineAwslambda } from '../../../../local/aws/lambda/thread/awslambda-global.ts';
import { catalog } from '../../../core/chat/shown-models.ts';
import { quietFence, quietFenceLifts, someFence } from '../../../core/metering/fence-fixture.ts';
import { captureOutput } from '../capture-output.ts';
import { proxyEvent, requestContext } from '../proxy-event.ts';
import { runStreamingRoute, type StreamingRun } from '../run-route.ts';

/** As on AWS. */
const timeoutMilliseconds = 900_000;
const overMs = 890_000;
const standing = { limit: 10, remaining: 9, resetsAt: Date.parse('2026-11-23T00:00:00Z') };
const charge = { chargeId: 'c1', chargedAt: 0, standing, fence: someFence } as unknown as Charge;
const said = (text: string): ConverseEvent => ({
  contentBlockDelta: { contentBlockIndex: 0, delta: { text } },
});

const asking = (converse: ConverseStream) => ({ bedrock: createBedrockProvider(converse, catalog.chat) });

let output: ReturnType<typeof captureOutput>;
beforeAll(() => defineAwslambda());
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  output = captureOutput();
});
afterEach(() => {
  jest.useRealTimers();
  output.restore();
});

/** A model that says what it has to say, and then nothing until it is told to stop. */
function world(words: readonly string[]) {
  const settled: Settlement[] = [];
  const recorded: string[] = [];
  const ports: ChatRoutePorts = {
    ...quietFence,
    meter: {
      ...quietFenceLifts,
      charge: async () => ({ outcome: 'charged', charge }),
      refund: async () => void recorded.push('refund'),
      settle: async (settlement) => {
        recorded.push('settle');
        settled.push(settlement);
      },
    },
    providers: asking(async (_request, signal) => {
      signal.addEventListener('abort', () => recorded.push('aborted'));
      return (async function* () {
        yield words.map(said);
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          signal.addEventListener('abort', () => resolve());
        });
        throw new Error('aborted');
      })();
    }),
    patiently,
    clock: Date,
    catalog,
    onUnknownStop: () => {
      throw new Error('every stop reason is known here');
    },
    onMeterFailed: () => {
      throw new Error('the meter must not fail here');
    },
  };
  return { ports, recorded, settled };
}

const dialects = [openAiChat, anthropicMessages, openAiResponses] as const;
const talk = { model: 'nova-lite', max_tokens: 99, messages: [{ role: 'user', content: 'Hi' }] };
const routes = [
  ['Chat Completions', 0, talk, /^data: \{"error":\{/],
  ['Messages', 1, talk, /^event: error\n/],
  ['Responses', 2, { model: 'nova-lite', input: 'Hi' }, /^event: error\n/],
] as const;

function start(dialect: 0 | 1 | 2, ports: ChatRoutePorts, body: object, run: Partial<StreamingRun> = {}) {
  const event = proxyEvent({
    body: JSON.stringify(body),
    requestContext: requestContext({ apiKeyId: 'a1' }),
  });
  const route = chatRoute(dialects[dialect] as never, ports);
  const answer = runStreamingRoute(route, event, undefined, { timeoutMilliseconds, ...run });
  answer.catch(() => {});
  return answer;
}

/** All that is ready to run: streams hand on in turns of their own. */
async function turns() {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}

async function passTime(milliseconds: number) {
  await turns();
  await jest.advanceTimersByTimeAsync(milliseconds);
  await turns();
}

/** Server-sent events that are more than a heartbeat. */
const eventsOf = (body: string) =>
  body.split('\n\n').filter((event) => event !== '' && !event.startsWith(':'));

describe.each(routes)('when the function’s time runs out, %s', (_name, dialect, body, errorEvent) => {
  test('ends a stream under way with one error event, settled once with what was used', async () => {
    const { ports, recorded, settled } = world(['At last', ' two parts']);
    const answer = start(dialect, ports, { ...body, stream: true });
    await passTime(overMs - 1);
    expect(recorded).toEqual([]);
    await passTime(1);
    const events = eventsOf((await answer).body);
    expect(events.filter((event) => errorEvent.test(event))).toHaveLength(1);
    expect(events.at(-1)).toMatch(errorEvent);
    expect(events.at(-1)).toContain('longer than one call may');
    expect(events.join()).toContain('two parts');
    expect(recorded.toSorted()).toEqual(['aborted', 'settle']);
    expect(settled[0]).toMatchObject({ mark: 'estimated', usage: { output: expect.any(Number) } });
    expect(settled[0]?.usage.output).toBeGreaterThan(0);
    expect(output.text()).toContain('"code":"model_timeout"');
  });

  test('settles a stream that its caller doesn’t read, stops the model, and leaves the stream to be cut off', async () => {
    const words = Array.from({ length: 2000 }, (_unused, at) => `word ${at} `);
    const { ports, recorded, settled } = world(words);
    const answer = start(dialect, ports, { ...body, stream: true }, { windowBytes: 1 });
    await passTime(overMs - 1);
    expect(recorded).toEqual([]);
    await passTime(1);
    expect(recorded.toSorted()).toEqual(['aborted', 'settle']);
    expect(settled[0]).toMatchObject({ mark: 'estimated' });
    await passTime(9000);
    await expect(answer).rejects.toThrow('not read in time');
    expect(settled).toHaveLength(1);
  });

  test('ends a whole answer with the error in its place, and refunds the call', async () => {
    const { ports, recorded } = world(['Half of it']);
    const answer = start(dialect, ports, body);
    await passTime(overMs);
    const told = await answer;
    expect(told.statusCode).toBe(200);
    expect(JSON.parse(told.body).error.message).toContain('longer than one call may');
    expect(recorded.toSorted()).toEqual(['aborted', 'refund']);
  });

  test('refuses with a real status while nothing has been sent', async () => {
    const { ports, recorded } = world([]);
    const answer = start(dialect, ports, { ...body, stream: true }, { timeoutMilliseconds: 20_000 });
    await passTime(10_000);
    expect((await answer).statusCode).toBe(504);
    expect(recorded.toSorted()).toEqual(['aborted', 'refund']);
  });
});

test('a call that ends in time leaves no timer behind', async () => {
  const { ports } = world([]);
  const answering: ChatRoutePorts = {
    ...ports,
    providers: asking(async () =>
      (async function* () {
        yield [said('Hello'), { messageStop: { stopReason: 'end_turn' } }];
      })(),
    ),
  };
  const answer = start(0, answering, { ...talk, stream: true });
  expect((await answer).body).toContain('[DONE]');
  // What is left is the runtime's: none.
  expect(jest.getTimerCount()).toBe(0);
});
