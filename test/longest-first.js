import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname);

/** Seconds of the slowest suites on two quiet cores. What is missing or out of date only makes a run a little longer. */
const seconds = {
  'browser/every-state.test.ts': 200,
  'browser/every-screen.test.ts': 130,
  'faults/matrix.test.ts': 90,
  'e2e/authorization.test.ts': 70,
  'faults/retained-memory.test.ts': 60,
  'e2e/broken-answers.test.ts': 35,
  'e2e/key-lifecycle.test.ts': 55,
  'browser/reference.test.ts': 55,
  'browser/usage.test.ts': 50,
  'browser/account.test.ts': 50,
  'browser/playground-attachments.test.ts': 50,
  'e2e/start-up.test.ts': 50,
  'e2e/accounts.test.ts': 50,
  'e2e/dev-watch.test.ts': 45,
  'e2e/fence.test.ts': 45,
  'faults/dependencies.test.ts': 45,
  'faults/expire.test.ts': 40,
  'browser/playground-failures.test.ts': 40,
  'e2e/prices.test.ts': 40,
  'e2e/limits.test.ts': 40,
  'e2e/other-settings.test.ts': 40,
  'e2e/upstreams.test.ts': 35,
  'faults/races.test.ts': 30,
  'faults/lifecycle-model.test.ts': 20,
  'local/aws/apigateway/control-plane/aws-cli.test.ts': 20,
  'lambda/adapters/meter/fence.test.ts': 15,
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
