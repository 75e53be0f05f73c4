import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname);

/** Seconds of the slowest suites on two quiet cores. What is missing or out of date only makes a run a little longer. */
const seconds = {
  'browser/every-state.test.ts': 160,
  'browser/every-screen.test.ts': 85,
  'e2e/authorization.test.ts': 60,
  'e2e/other-settings.test.ts': 55,
  'faults/expire.test.ts': 50,
  'faults/dependencies.test.ts': 45,
  'browser/sign-up-policy.test.ts': 45,
  'browser/federation.test.ts': 40,
  'faults/matrix.test.ts': 40,
  'e2e/key-lifecycle.test.ts': 35,
  'lambda/adapters/meter/fence.test.ts': 35,
  'browser/reference.test.ts': 30,
  'faults/lifecycle-model.test.ts': 30,
  'browser/account.test.ts': 30,
  'browser/keys.test.ts': 25,
  'browser/usage.test.ts': 25,
  'browser/main-job.test.ts': 25,
  'e2e/plan-change.test.ts': 25,
  'browser/playground-attachments.test.ts': 25,
  'browser/dialogs-by-keyboard.test.ts': 25,
  'e2e/accounts.test.ts': 20,
  'faults/retained-memory.test.ts': 20,
  'e2e/broken-answers.test.ts': 20,
  'browser/playground-failures.test.ts': 20,
  'bin/doctor.test.ts': 20,
  'browser/keys-refused.test.ts': 20,
  'e2e/authenticator.test.ts': 20,
  'browser/settings.test.ts': 20,
  'e2e/canaries.test.ts': 20,
  'browser/playground-text.test.ts': 20,
  'bin/bad-input.test.ts': 20,
  'faults/races.test.ts': 20,
  'browser/forgotten-password.test.ts': 20,
  'bin/import-deployment.test.ts': 20,
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
