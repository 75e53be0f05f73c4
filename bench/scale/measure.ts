import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { daypass } from '../chat/subjects/contenders.ts';
import { agent, call, many } from '../measure/calls.ts';
import { load, type Runs, report, toMeasurement } from '../measure/figures.ts';
import { cpuMs, cpuOf, end, memoryMiB, type Subject, startScript } from '../measure/process.ts';

/**
 * `npm run bench:scale`: whether a chat costs the same however many keys there are and however much of a quota is used, and
 * how it grows with the body and the answer. What needs no clock is asserted in tests: calls and write units of a chat
 * (test/lambda/adapters/meter/write-units.test.ts) and what stays in memory (test/faults/retained-memory.test.ts).
 */

const rounds = 3;
const kilobytes = [1, 10, 100, 1_000];
const keyCounts = [10, 1_000, 20_000];
const longAnswer = 100_000;

async function measure(subject: Subject, path: string): Promise<Record<string, number>> {
  const chat = (tokens: number, stream: boolean, { key = 'key1', bytes = 0 } = {}) => {
    const content = `say ${tokens}${' lorem ipsum'.repeat(bytes / 12)}`;
    const body = { model: 'nova-lite', stream, max_tokens: 4000, messages: [{ role: 'user', content }] };
    const headers = { 'x-bench-key': key };
    return call({ port: subject.port, path, headers }, body, (text) => text.includes(' word'));
  };
  const cpuOfCalls = async (calls: number, one: (at: number) => ReturnType<typeof chat>, atOnce = 16) => {
    let at = 0;
    return (await cpuOf(subject, () => many(calls, atOnce, () => one(at++)))) / calls;
  };
  await cpuOfCalls(400, () => chat(5, false));

  const figures: Record<string, number> = {};
  for (const count of keyCounts) {
    figures[`${count} keys in turn, CPU ms a call`] = await cpuOfCalls(600, (at) =>
      chat(5, false, { key: `key${(at * 7919) % count}` }),
    );
  }
  figures['99 % of the day used, CPU ms a call'] = await cpuOfCalls(600, () =>
    chat(5, false, { key: 'nearly1' }),
  );
  for (const kB of kilobytes) {
    const calls = kB > 100 ? 20 : 100;
    figures[`body of ${kB} kB, CPU ms a call`] = await cpuOfCalls(
      calls,
      () => chat(5, false, { bytes: kB * 1000 }),
      1,
    );
  }
  const most = kilobytes.at(-1) ?? 1;
  const [short = 0, long = 0] = [kilobytes[0], most].map((kB) => figures[`body of ${kB} kB, CPU ms a call`]);
  figures['CPU µs a kB of body'] = ((long - short) * 1000) / (most - 1);

  await chat(2_000, true);
  const before = memoryMiB(subject).now;
  const began = cpuMs(subject);
  await chat(longAnswer, true);
  figures[`CPU µs a chunk, answer of ${longAnswer} chunks`] = ((cpuMs(subject) - began) * 1000) / longAnswer;
  figures['memory that it added, MiB'] = memoryMiB(subject).now - before;
  return figures;
}

const scratch = mkdtempSync(join(tmpdir(), 'bench-scale-'));
const aws = await startScript(join(import.meta.dirname, '../chat/stub-aws.ts'));
try {
  const contender = await daypass('Daypass', resolve(import.meta.dirname, '../..'), scratch);
  const runs: Runs = {};
  const loads = [load()];
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`round ${round} of ${rounds}`);
    const subject = await contender.start(aws.port);
    try {
      runs.Daypass = [...(runs.Daypass ?? []), await measure(subject, contender.path)];
    } finally {
      await end(subject);
    }
    loads.push(load());
  }
  const title = 'A chat, by the size of everything';
  report(toMeasurement({ name: 'scale', title }, runs, loads));
} finally {
  await end(aws);
  agent.destroy();
  rmSync(scratch, { recursive: true });
}
