import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { agent, call, many, type Target } from '../measure/calls.ts';
import { load, percentile, type Runs, report, toMeasurement } from '../measure/figures.ts';
import { cpuOf, end, memoryMiB, type Subject, startScript } from '../measure/process.ts';
import { type Contender, daypass, floor, sdk } from './subjects/contenders.ts';
import { litellm, portkey } from './subjects/peers.ts';

const help = `What a metered chat costs, beside what people would use instead, in front of the same stubs of AWS.

  npm run bench:chat -- [options]

  --peers LIST     of portkey, litellm, sdk, floor (default: all; none for none). Portkey is installed by npm and
                   LiteLLM by Python's pip, into .daypass/peers
  --beside FOLDER  another checkout of Daypass, with its packages installed
  --rounds N       of all contenders in turn (default 3)
  --help
`;

type Call = (tokens: number, stream: boolean, everyMs?: number) => ReturnType<typeof call>;

async function measure(contender: Contender, aws: number, calls: number): Promise<Record<string, number>> {
  const subject = await contender.start(aws);
  try {
    return await measureStarted(contender, subject, aws, calls);
  } finally {
    await end(subject);
  }
}

/** Between the tokens of streams that are at work together. */
const everyMs = 20;

/** @param calls how many of the short ones */
async function measureStarted(contender: Contender, subject: Subject, aws: number, calls: number) {
  const headers = contender.headers?.(aws) ?? {};
  const chat = callsOf({ port: subject.port, path: contender.path, headers }, contender.model);
  await chat(50, true);
  const atFirst = memoryMiB(subject).now;
  await many(calls / 4, 16, () => chat(5, false));

  const whole = await cpuOf(subject, () => many(calls, 64, () => chat(5, false)));
  const alone = (await many(calls / 4, 1, () => chat(5, false))).map(({ totalMs }) => totalMs).sort(least);
  let firsts: number[] = [];
  const stream = await cpuOf(subject, async () => {
    firsts = (await many(calls / 4, 1, () => chat(50, true))).map(({ firstMs }) => firstMs).sort(least);
  });
  const long = Math.max(2, calls / 100);
  const short = await cpuOf(subject, () => many(long, 1, () => chat(1, true)));
  const chunks = await cpuOf(subject, () => many(long, 1, () => chat(2_001, true)));
  const single = await cpuOf(subject, () => many(2, 2, () => chat(1_001, true, 1)));
  const fifty: number[] = [];
  for (let batch = 0; batch < 3; batch += 1) {
    fifty.push(
      ...(await many(50, 50, () => chat(50, true, everyMs))).map(({ firstMs }) => firstMs - everyMs),
    );
  }
  fifty.sort(least);

  const direct = directCalls(aws);
  const floors = (await many(calls / 4, 1, () => direct(5))).sort((a, b) => a.totalMs - b.totalMs);
  const totals = floors.map(({ totalMs }) => totalMs);
  const directFirsts = floors.map(({ firstMs }) => firstMs).sort(least);
  return {
    ...(contender.bundle && { 'bundle, kB': contender.bundle.bytes / 1000 }),
    'calls/s a core, 64 at once': (calls * 1000) / whole,
    'CPU a call, 64 at once, ms': whole / calls,
    'CPU a stream of 50 tokens, alone, ms': stream / (calls / 4),
    'added to a call, p50, ms': percentile(alone, 0.5) - percentile(totals, 0.5),
    'added to a call, p99, ms': percentile(alone, 0.99) - percentile(totals, 0.99),
    'added to the first token, p50, ms': percentile(firsts, 0.5) - percentile(directFirsts, 0.5),
    'CPU a chunk, 5 a read, µs': ((chunks - short) * 1000) / (long * 2_000),
    'CPU a chunk, one a read, µs': (single * 1000) / 2_002,
    '50 streams: first token, p50, ms': percentile(fifty, 0.5),
    '50 streams: first token, p99, ms': percentile(fifty, 0.99),
    'memory after the first call, MiB': atFirst,
    'most memory, MiB': memoryMiB(subject).peak,
  };
}

const least = (a: number, b: number) => a - b;

function callsOf(target: Target, model: string): Call {
  return async (tokens, stream, everyMs) => {
    const content = everyMs === undefined ? `say ${tokens}` : `say ${tokens} every ${everyMs}`;
    const messages = [{ role: 'user', content }];
    const answer = await call(target, { model, stream, max_tokens: 4000, messages }, isFirst);
    if (!/"finish_reason":\s?"stop"/.test(answer.text)) {
      throw new Error(`Answer ${answer.status} without an end: ${answer.text.slice(-300)}`);
    }
    return answer;
  };
}

const isFirst = (text: string) => text.includes(' word');

/** Straight to the stub, without a gateway. */
function directCalls(aws: number) {
  const target = { port: aws, path: '/model/direct/converse-stream' };
  return (tokens: number) => call(target, { messages: [{ content: [{ text: `say ${tokens}` }] }] }, isFirst);
}

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: 'floor,sdk,portkey,litellm' },
    beside: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit();
}

const peers: Record<string, () => Contender> = { floor: () => floor, sdk: () => sdk, portkey, litellm };
const scratch = mkdtempSync(join(tmpdir(), 'bench-chat-'));
const aws = await startScript(join(import.meta.dirname, 'stub-aws.ts'));
try {
  const root = resolve(import.meta.dirname, '../..');
  const contenders = [await daypass('Daypass, metered', root, scratch)];
  if (values.beside) contenders.push(await daypass(values.beside, resolve(values.beside), scratch));
  const notes: string[] = [];
  for (const name of values.peers.split(',').filter((peer) => peer !== 'none')) {
    const contender = peers[name]?.();
    if (contender === undefined)
      throw new Error(`--peers: ${name} is none of ${Object.keys(peers).join(', ')}`);
    try {
      contender.install?.();
      contenders.push(contender);
    } catch (error) {
      notes.push(
        `${contender.name} is left out, since it couldn't be installed: ${(error as Error).message}`,
      );
    }
  }
  const runs: Runs = {};
  const loads = [load()];
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const contender of contenders) {
      console.error(`round ${round} of ${values.rounds}: ${contender.name}`);
      const figures = await measure(contender, aws.port, contender.slow ? 200 : 2_000);
      runs[contender.name] = [...(runs[contender.name] ?? []), figures];
    }
    loads.push(load());
  }
  report(toMeasurement({ name: 'chat', title: 'A chat' }, runs, loads, notes));
} finally {
  await end(aws);
  agent.destroy();
  rmSync(scratch, { recursive: true });
}
