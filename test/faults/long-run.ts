import fc from 'fast-check';
import { play, startActors, steps } from './lifecycle-model.ts';
import { runMatrix } from './matrix.ts';
import { type RaceResult, raceAcrossMidnight, raceForTheDay, raceWithLostReplies } from './race-checks.ts';
import { type Race, startRace } from './race-runner.ts';
import { type RunningBench, startBench } from './start-bench.ts';

/**
 * The long form of this folder's tests: the whole matrix, then races and lifecycles seed by seed until the time
 * is up. `node test/faults/long-run.ts [minutes, default 8] [first seed, default 1]`
 */
const minutes = Number(process.argv[2] ?? 8);
const firstSeed = Number(process.argv[3] ?? 1);
const endsAt = Date.now() + minutes * 60_000;
const callsOfDayRace = 1000;
const scriptsASeed = 20;
const wrong: string[] = [];

console.log('| test | seeds or cells | calls | outcome |\n|---|---|---|---|');
await runWholeMatrix();
await runSeeds();
for (const text of wrong) console.log(`WRONG ${text}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function runWholeMatrix(): Promise<void> {
  const bench = await startBench();
  const { results, broken, actions } = await runMatrix(bench, () => true);
  for (const { operation, calls, cells, answers } of results) {
    const answered = Object.entries(answers).map(([answer, count]) => `${count} answered ${answer}`);
    row(`matrix: ${operation}`, `${cells} cells`, `${calls} AWS calls`, answered.join(', '));
  }
  row('matrix: one pass of the reconciler', '', `${actions} repairs`, `${broken.length} cells broken`);
  wrong.push(...broken);
  await bench.close();
}

async function runSeeds(): Promise<void> {
  const bench = await startBench();
  const race = startRace(bench);
  const kinds: [name: string, run: (seed: number) => Promise<RaceResult>, share: number][] = [
    ['1,000 calls on a 10-per-day key', (seed) => raceForTheDay(bench, race, seed, callsOfDayRace), 0.3],
    ['across midnight, clocks ±2 s', (seed) => raceAcrossMidnight(bench, race, seed), 0.25],
    ['a fifth of DynamoDB’s replies lost', (seed) => raceWithLostReplies(bench, race, seed), 0.25],
  ];
  const startedAt = Date.now();
  let until = startedAt;
  for (const [name, run, share] of kinds) {
    until += (endsAt - startedAt) * share;
    await runRaces(name, run, until);
  }
  await close(bench, race);
  await runLifecycles();
}

async function runRaces(
  name: string,
  run: (seed: number) => Promise<RaceResult>,
  until: number,
): Promise<void> {
  const sum = { calls: 0, served: 0, refused: 0, ambiguous: 0 };
  let seeds = 0;
  let failed = 0;
  for (; seeds < 100 && Date.now() < until; seeds += 1) {
    const result = await run(firstSeed + seeds);
    for (const field of ['calls', 'served', 'refused', 'ambiguous'] as const) sum[field] += result[field];
    failed += result.wrong.length > 0 ? 1 : 0;
    wrong.push(...result.wrong.map((text) => `${name}, seed ${firstSeed + seeds}: ${text}`));
  }
  const outcome = `${sum.served} served, ${sum.refused} refused, ${sum.ambiguous} answered 503; ${failed} seeds wrong`;
  row(name, `${seeds} seeds`, String(sum.calls), outcome);
}

async function runLifecycles(): Promise<void> {
  let bench = await startBench();
  let actors = startActors(bench);
  let seeds = 0;
  let played = 0;
  let failed = 0;
  for (; seeds < 100 && Date.now() < endsAt; seeds += 1) {
    const seed = firstSeed + seeds;
    const property = fc.asyncProperty(steps, async (script) => {
      played += script.length;
      await play(bench, actors, script);
    });
    const result = await fc.check(property, { seed, numRuns: scriptsASeed, endOnFailure: true });
    if (!result.failed) continue;
    failed += 1;
    const script = JSON.stringify(result.counterexample);
    wrong.push(`lifecycle, seed ${seed}: ${String(result.errorInstance)} after ${script}`);
    // What is left behind would be found by the next seeds again.
    await bench.close();
    bench = await startBench();
    actors = startActors(bench);
  }
  const scripts = `${seeds} seeds × ${scriptsASeed} scripts`;
  row('lifecycles against the model', scripts, `${played} steps`, `${failed} seeds wrong`);
  await bench.close();
}

async function close(bench: RunningBench, race: Race): Promise<void> {
  race.close();
  await bench.close();
}

function row(...cells: string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
