import { randomUUID } from 'node:crypto';
import type { FunctionName } from './function-worker.ts';
import type { Environment, FunctionAnswer } from './functions.ts';
import { routeEvent } from './operations.ts';
import { type RunningBench, startBench } from './start-bench.ts';
import type { MadeKey } from './workshop.ts';

/** As many as one key may make; the long run makes more. */
const calls = process.env.DAYPASS_FAULT_SEEDS ? 100 : 30;
const megabyte = 1_000_000;
/** A sixth of what was sent, a twentieth in the long run; compiled code and connections take half of that. */
const mostRetainedBytes = 5 * megabyte;
const plan = { name: '30-per-day', requestsPerDay: 30 };

let bench: RunningBench;
let environment: Environment;
beforeAll(async () => {
  bench = await startBench();
  // In real time: faster timers would let go of what they hold sooner.
  environment = bench.functions.environment('caller', 'thread in real time');
});
afterAll(() => bench.close());

const model = 'nova-2-lite';
const text = 'a'.repeat(megabyte - 1000);
const messages = [{ role: 'user', content: text }];
const chat = { model, max_tokens: 2, messages };
const texts = Array.from({ length: 3 }, () => text.slice(0, megabyte / 3));

const routes: [title: string, name: FunctionName, body: object, status: number][] = [
  ['chat completions, whole', 'chat-completions', chat, 200],
  ['chat completions, streamed', 'chat-completions', { ...chat, stream: true }, 200],
  ['messages, whole', 'messages', chat, 200],
  ['messages, streamed', 'messages', { ...chat, stream: true }, 200],
  ['responses, whole', 'responses', { model, input: text }, 200],
  ['responses, streamed', 'responses', { model, input: text, stream: true }, 200],
  ['embeddings', 'embeddings', { model: 'cohere-embed-v4', dimensions: 256, input: texts }, 200],
  ['count_tokens', 'count-message-tokens', { model: 'claude-sonnet-4-6', messages }, 200],
  ['a JSON route that refuses it', 'create-api-key', { name: text, plan: plan.name }, 413],
  ['a model that refuses it', 'chat-completions', { ...chat, model: 'no-such-model' }, 404],
];

async function invoke(name: FunctionName, event: object): Promise<FunctionAnswer> {
  const outcome = await environment.invoke(name, event, bench.platform.clock.offsetSeconds * 1000);
  if (outcome === 'killed') throw new Error('killed');
  return outcome;
}

const retained = async () => Number((await invoke('retained-bytes', {})).body.bytes);

/** As API Gateway hands a call with this key to a function. */
function event(name: FunctionName, { record, secret }: MadeKey, body: object): object {
  const isForKeys = name !== 'create-api-key';
  const requestContext = {
    requestId: randomUUID(),
    identity: { sourceIp: '192.0.2.1', apiKeyId: record.apiKeyId },
    // Routes of keys have no authorizer.
    ...(isForKeys
      ? {}
      : { authorizer: { claims: { sub: record.userId, email: 'ada@example.com', email_verified: 'true' } } }),
  };
  return { ...routeEvent(record.userId, { body, headers: { 'x-api-key': secret } }), requestContext };
}

async function call(name: FunctionName, body: object, times: number): Promise<Set<number>> {
  const statuses = new Set<number>();
  let key: MadeKey | undefined;
  for (let at = 0; at < times; at += 1) {
    if (key === undefined || at % plan.requestsPerDay === 0) {
      key = await bench.workshop.create(randomUUID(), { plan: plan.name });
    }
    statuses.add((await invoke(name, event(name, key, body))).status);
  }
  return statuses;
}

test.each(routes)(
  'calls of 1 MB leave less than 5 MB behind: %s',
  async (_title, name, body, status) => {
    // What is made once, for the first call: clients, connections, compiled code.
    await call(name, body, 3);
    const before = await retained();
    expect([...(await call(name, body, calls))]).toEqual([status]);
    expect((await retained()) - before).toBeLessThan(mostRetainedBytes);
  },
  300_000,
);
