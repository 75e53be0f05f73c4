/**
 * What 200 sign-ups at once and 500 slow readers do to the local runtime. Prints two tables; asserts nothing, since
 * machines differ: node test/faults/under-load.ts
 */
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { newEmail, newPassword, signUp } from '../e2e/client.ts';
import { type RunningRuntime, startRuntime } from '../e2e/runtime.ts';

const signUps = 200;
const readers = Number(process.argv[2] ?? 500);
const plans = ['10-per-day', '20-per-day', '30-per-day'];

const runtime = await startRuntime();

async function registerAtOnce(): Promise<void> {
  const startedAt = performance.now();
  const outcomes = await Promise.all(
    Array.from({ length: signUps }, async () => {
      const email = newEmail();
      const response = await post('/v1/register', { email, password: newPassword() });
      const told = response.headers.get('retry-after') === null ? '' : ', told when to come back';
      const mailed = await (await fetch(`${runtime.edge}/_local/mail?to=${email}`)).json();
      const { length } = (mailed as { data: unknown[] }).data;
      return `${response.status}${told}, ${length} mails`;
    }),
  );
  const counts = Map.groupBy(outcomes, (outcome) => outcome);
  for (const [outcome, { length }] of counts) console.log(`| ${outcome} | ${length} |`);
  console.log(`| the last answer after | ${((performance.now() - startedAt) / 1000).toFixed(1)} s |`);
}

async function readSlowly(): Promise<void> {
  const own = (await keysOf(runtime))[2] ?? '';
  await print(0, own);
  let open = 0;
  while (open < readers) {
    for (const [at, key] of (await keysOf(runtime)).entries()) {
      const count = Math.min((at + 1) * 10, readers - open);
      for (let reader = 0; reader < count; reader += 1) await openReader(key);
      open += count;
    }
  }
  await print(open, own);
}

async function print(open: number, key: string): Promise<void> {
  const times: number[] = [];
  let failed = 0;
  for (let at = 0; at < 10; at += 1) {
    const startedAt = performance.now();
    const response = await post('/v1/chat/completions', chat(false), key);
    await response.text();
    if (response.status !== 200) failed += 1;
    times.push(performance.now() - startedAt);
  }
  const [median, longest] = [times.toSorted((a, b) => a - b)[5] ?? 0, Math.max(...times)];
  console.log(`| ${open} | ${rss()} | ${median.toFixed(0)} | ${longest.toFixed(0)} | ${failed} |`);
}

const chat = (stream: boolean) => ({
  model: 'nova-lite',
  max_tokens: 1000,
  stream,
  messages: [{ role: 'user', content: stream ? 'Tell a long story. '.repeat(200) : 'Hello' }],
});

/** One key on each plan, of somebody new. */
async function keysOf(where: RunningRuntime): Promise<string[]> {
  const { token } = await signUp(where);
  const keys: string[] = [];
  for (const plan of plans) {
    const response = await post('/v1/api-keys', { name: 'bench', plan }, token);
    keys.push(String(((await response.json()) as { key: string }).key));
  }
  return keys;
}

/** Takes the answer's head, and from then on one byte a second. */
async function openReader(key: string): Promise<void> {
  for (;;) {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const call = request(`${runtime.edge}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': key },
        agent: false,
      });
      call
        .once('response', resolve)
        .once('error', reject)
        .end(JSON.stringify(chat(true)));
    });
    if (answer.statusCode === 200) {
      answer.on('error', () => {});
      setInterval(() => void answer.read(1), 1000).unref();
      return;
    }
    answer.resume();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

function post(path: string, body: unknown, bearer?: string): Promise<Response> {
  const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const headers = { 'content-type': 'application/json', ...authorization };
  return fetch(`${runtime.edge}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Of the process that listens, in MB; Linux tells. */
function rss(): number {
  const status = readFileSync(`/proc/${runtime.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000);
}

try {
  console.log('| 200 sign-ups at once | |\n|---|---|');
  await registerAtOnce();
  console.log(
    '\n| slow readers | RSS MB | a chat, median ms | longest ms | not 200 |\n|---|---|---|---|---|',
  );
  await readSlowly();
} finally {
  await runtime.stop();
}
