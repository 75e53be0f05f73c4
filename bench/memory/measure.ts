import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Contender, daypass } from '../chat/subjects/contenders.ts';
import { agent, call, many } from '../measure/calls.ts';
import { load, percentile, type Runs, report, toMeasurement } from '../measure/figures.ts';
import { cpuMs, end, memoryMiB, startScript } from '../measure/process.ts';
import { type ShareOfCore, shareOfCore } from './share-of-core.ts';

/**
 * `npm run bench:memory`: how the chat function fares at each size that Lambda offers. What it imports is loaded at full
 * speed, as Lambda does while a function starts; from the first call on it has the share of a core that comes with its memory.
 */

const sizes = [128, 192, 256, 512, 1_024];
const rounds = 3;

/** The shares of memory that Lambda's own start of Node gives to its heap. */
const heapOf = (memoryMiB: number) => [
  `--max-semi-space-size=${Math.floor(memoryMiB * 0.05)}`,
  `--max-old-space-size=${Math.floor(memoryMiB * 0.9)}`,
];

async function measure(
  contender: Contender,
  aws: number,
  { size, share }: { size: number; share: ShareOfCore },
) {
  const subject = await contender.start(aws, heapOf(size));
  try {
    writeFileSync(share.joinFile, String(subject.child.pid));
    const target = { port: subject.port, path: contender.path };
    const stream = (tokens: number, padding = 0) =>
      call(
        target,
        {
          model: contender.model,
          stream: true,
          max_tokens: 4000,
          messages: [{ role: 'user', content: `say ${tokens} ${'x'.repeat(padding)}` }],
        },
        (text) => text.includes(' word'),
      );
    const first = await stream(50);
    const { now } = memoryMiB(subject);
    const next = await many(9, 1, () => stream(50));
    const warm = (await many(60, 1, () => stream(50))).slice(20);
    const before = cpuMs(subject);
    await many(20, 1, () => stream(50));
    const cpu = (cpuMs(subject) - before) / 20;
    await stream(2_000);
    await many(20, 1, () => stream(1, 1_000_000));
    const firsts = (calls: typeof warm) => calls.map(({ firstMs }) => firstMs).sort((a, b) => a - b);
    return {
      'first token, first call, ms': first.firstMs,
      'first token, calls 2–10, p50, ms': percentile(firsts(next), 0.5),
      'first token, later, p50, ms': percentile(firsts(warm), 0.5),
      'first token, later, p95, ms': percentile(firsts(warm), 0.95),
      'CPU a stream of 50 tokens, ms': cpu,
      'memory after the first call, MiB': now,
      'most memory, with 20 bodies of 1 MB, MiB': memoryMiB(subject).peak,
    };
  } finally {
    await end(subject);
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'bench-memory-'));
const shares = sizes.map((size) => ({ size, share: shareOfCore(size) }));
const aws = await startScript(join(import.meta.dirname, '../chat/stub-aws.ts'));
try {
  const contender = await daypass('Daypass', resolve(import.meta.dirname, '../..'), scratch);
  const runs: Runs = {};
  const loads = [load()];
  for (let round = 1; round <= rounds; round += 1) {
    for (const { size, share } of shares) {
      console.error(`round ${round} of ${rounds}: ${size} MiB`);
      const name = `${size} MiB`;
      runs[name] = [...(runs[name] ?? []), await measure(contender, aws.port, { size, share })];
    }
    loads.push(load());
  }
  const title = 'A chat, by the function’s memory';
  report(toMeasurement({ name: 'memory', title }, runs, loads));
} finally {
  await end(aws);
  agent.destroy();
  for (const { share } of shares) share.remove();
  rmSync(scratch, { recursive: true });
}
