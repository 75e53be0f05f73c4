import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { call, many, type Target } from '../measure/calls.ts';
import { load, percentile, type Runs, report, toMeasurement } from '../measure/figures.ts';
import { cpuMs, cpuOf, end, memoryMiB, type Subject, startServer } from '../measure/process.ts';
import { copyProject } from './project.ts';

const help = `What \`npm start\` costs: its starts, its memory, and calls through API Gateway's stage.

  npm run bench:local -- [options]

  --rounds N       (default 3)
  --no-fresh       leave out the start that synthesizes
  --help
`;

/** Between the tokens of streams that are at work together: a model that writes 50 a second. */
const pace = { DAYPASS_TOKENS_PER_SECOND: '50', DAYPASS_FIRST_TOKEN_MS: '0' };
const quick = { DAYPASS_TOKENS_PER_SECOND: '0', DAYPASS_FIRST_TOKEN_MS: '0' };

async function start(directory: string, environment: Record<string, string>) {
  const startedAt = performance.now();
  const subject = await startServer(
    'npm',
    (port) => [
      '--prefix',
      directory,
      'start',
      '--',
      '--port',
      String(port),
      '--data',
      // Of its own: a process that nobody reaps looks as if it still used the one before.
      join(directory, `data-${randomUUID()}`),
    ],
    { ...environment, DAYPASS_SCHEDULES: 'off', DAYPASS_WAF: 'off' },
    async (port) => (await call({ port, path: '/' }, undefined)).status === 200,
  );
  return { subject, tookSeconds: (performance.now() - startedAt) / 1000 };
}

/** Registers somebody, as the console does. @returns the secret of a key */
async function newKey({ port }: Subject): Promise<string> {
  const email = `bench-${process.pid}-${Date.now()}@example.com`;
  const password = `Aa1${crypto.randomUUID()}`;
  const ask = async (path: string, body?: object, headers = {}) =>
    JSON.parse((await call({ port, path, headers }, body)).text);
  await ask('/v1/register', { email, password });
  const { data } = await ask(`/_local/mail?to=${encodeURIComponent(email)}`);
  await ask('/v1/register/confirm', { email, code: data[0].code });
  const { token } = await ask('/v1/login', { email, password });
  const key = await ask(
    '/v1/api-keys',
    { name: 'bench', plan: '10-per-day' },
    { authorization: `Bearer ${token}` },
  );
  return key.key;
}

const isFirst = (text: string) => /"content":"[^"]/.test(text);

function chatThrough({ port }: Subject, key: string) {
  const target: Target = {
    port: port + 1,
    path: '/prod/v1/chat/completions',
    headers: { 'x-api-key': key },
  };
  return async (stream: boolean, content: string) => {
    const messages = [{ role: 'user', content }];
    const answer = await call(target, { model: 'nova-lite', stream, max_tokens: 200, messages }, isFirst);
    if (!/"finish_reason":\s?"(stop|length)"/.test(answer.text))
      throw new Error(`Answer ${answer.status}: ${answer.text.slice(-300)}`);
    return answer;
  };
}

const least = (a: number, b: number) => a - b;

async function memoryAndStreams(directory: string): Promise<Record<string, number>> {
  const { subject, tookSeconds } = await start(directory, pace);
  try {
    const startCpu = cpuMs(subject) / 1000;
    const idle = memoryMiB(subject).now;
    const chat = chatThrough(subject, await newKey(subject));
    await chat(true, 'Hello');
    const atFirst = memoryMiB(subject).now;
    const burst = async () =>
      (await many(50, 50, () => chat(true, 'Tell a story. '.repeat(20)))).map(({ firstMs }) => firstMs);
    const cold = (await burst()).sort(least);
    const warm = [...(await burst()), ...(await burst())].sort(least);
    return {
      'cached start: to the first 200, s': tookSeconds,
      'cached start: CPU, s': startCpu,
      'memory: idle, MiB': idle,
      'memory: after the first chat, MiB': atFirst,
      'memory: after 50 streams at once, MiB': memoryMiB(subject).now,
      '50 streams, new environments: first token, p50, ms': percentile(cold, 0.5),
      '50 streams, new environments: first token, p99, ms': percentile(cold, 0.99),
      '50 streams, warm: first token, p50, ms': percentile(warm, 0.5),
      '50 streams, warm: first token, p99, ms': percentile(warm, 0.99),
    };
  } finally {
    await end(subject);
  }
}

async function calls(directory: string): Promise<Record<string, number>> {
  const { subject } = await start(directory, quick);
  try {
    const chat = chatThrough(subject, await newKey(subject));
    await many(100, 4, () => chat(false, 'Hello'));
    const measured = async (stream: boolean) => {
      const count = 400;
      return (count * 1000) / (await cpuOf(subject, () => many(count, 4, () => chat(stream, 'Hello'))));
    };
    const whole = await measured(false);
    const alone = (await many(100, 1, () => chat(false, 'Hello'))).map(({ totalMs }) => totalMs).sort(least);
    return {
      'calls/s a core, whole': whole,
      'calls/s a core, streamed': await measured(true),
      'a whole call, alone, p50, ms': percentile(alone, 0.5),
    };
  } finally {
    await end(subject);
  }
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    'no-fresh': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit();
}

const project = copyProject();
try {
  const rounds: Record<string, number>[] = [];
  const loads = [load()];
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    console.error(`round ${round} of ${values.rounds}`);
    const fresh: Record<string, number> = {};
    if (!values['no-fresh']) {
      project.forget();
      const { subject, tookSeconds } = await start(project.directory, quick);
      fresh['fresh start: to the first 200, s'] = tookSeconds;
      fresh['fresh start: CPU, s'] = cpuMs(subject) / 1000;
      await end(subject);
    } else if (round === 1) {
      await end((await start(project.directory, quick)).subject);
    }
    const { directory } = project;
    rounds.push({ ...fresh, ...(await memoryAndStreams(directory)), ...(await calls(directory)) });
    loads.push(load());
  }
  const runs: Runs = { 'npm start': rounds };
  report(toMeasurement({ name: 'local', title: 'The local runtime' }, runs, loads));
} finally {
  project.remove();
}
process.exit();
