import fc from 'fast-check';
import { play, startActors, steps } from './lifecycle-model.ts';
import { startBench } from './start-bench.ts';

for (let seed = 1, stop = Date.now() + 200_000; Date.now() < stop; seed += 1) {
  const bench = await startBench();
  const actors = startActors(bench);
  const result = await fc.check(
    fc.asyncProperty(steps, (s) => play(bench, actors, s)),
    { seed, numRuns: 20, endOnFailure: true },
  );
  console.log(
    seed,
    result.failed ? String(result.errorInstance) + JSON.stringify(result.counterexample) : 'ok',
  );
  await bench.close();
}
