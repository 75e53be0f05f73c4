import fc from 'fast-check';
import { type Actors, play, startActors, steps } from './lifecycle-model.ts';
import { seedsFromEnvironment } from './random.ts';
import { type RunningBench, startBench } from './start-bench.ts';

let bench: RunningBench;
let actors: Actors;
beforeAll(async () => {
  bench = await startBench();
  actors = startActors(bench);
});
afterAll(() => bench.close());

test.each(seedsFromEnvironment(1))(
  'keys behave as the model says, whatever breaks and whatever happens at once (seed %i)',
  async (seed) => {
    const property = fc.asyncProperty(steps, (script) => play(bench, actors, script));
    // Shrinking would run for minutes; the seed and the failing script are printed.
    await fc.assert(property, { seed, numRuns: 25, endOnFailure: true });
  },
  120_000,
);
