import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname);

/** Seconds of the slowest suites on two quiet cores. What is missing or out of date only makes a run a little longer. */
const seconds = {
  'browser/every-state.test.ts': 150,
  'browser/every-screen.test.ts': 70,
  'faults/matrix.test.ts': 70,
  'faults/retained-memory.test.ts': 120,
};

/** Jest's sequencer: long suites first, so that no worker is left with one at the end. */
export default class LongestFirst {
  sort(tests) {
    const lengths = new Map(tests.map((test) => [test, lengthOf(test.path)]));
    return [...tests].sort((one, other) => (lengths.get(other) ?? 0) - (lengths.get(one) ?? 0));
  }

  /** Durations differ too much between machines to be kept. */
  cacheResults() {}
}

/** Of the others the largest files of the slowest folders come first. */
function lengthOf(path) {
  const file = relative(root, path);
  const perKilobyte = file.startsWith('browser/') ? 3 : file.startsWith('e2e/') ? 2 : 0.1;
  return seconds[file] ?? (statSync(path).size / 1024) * perKilobyte;
}
