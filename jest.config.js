import { fileURLToPath } from 'node:url';

// Every worker, and every platform that a test starts, loads the same hundreds of files: Node keeps what it compiled.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

const common = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  // Node runs the tests as it runs the product: it takes the types away itself, and a worker loads a module once,
  // not once for each suite, which for the CDK alone would be half a minute. The price: no module mocks, and suites
  // share what they leave in a module or in `process`.
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  transform: {},
  setupFilesAfterEnv: ['<rootDir>/test/test-environment.ts'],
  globalTeardown: '<rootDir>/test/end-shared.ts',
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.daypass'],
};

/** Folders whose tests read the synthesized stack. Whichever others use `cdk.out` must be named here. */
const template = ['lambda/handlers', 'lib'];
/** Folders whose tests run it, on free ports. */
const platform = ['bin', 'browser', 'e2e'];
const faults = ['faults'];

const testsIn = (folders) => folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`);
const synthesized = { globalSetup: '<rootDir>/test/synthesize-once.ts' };

/** Jest runs a project's set-up only when one of its tests is to run: a synth takes a while. */
export default {
  projects: [
    {
      ...common,
      displayName: 'rooms',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [...template, ...platform, ...faults].map((folder) => `/test/${folder}/`),
    },
    { ...common, ...synthesized, displayName: 'template', testMatch: testsIn(template) },
    { ...common, ...synthesized, displayName: 'platform', testMatch: testsIn(platform) },
    { ...common, displayName: 'faults', testMatch: testsIn(faults) },
  ],
  testSequencer: '<rootDir>/test/longest-first.js',
  // More than cores: tests that run the platform spend much of their time waiting for it, by design as well as by need.
  maxWorkers: 3,
  // A setting of the whole run, which jest does not read from a project.
  testTimeout: 60_000,
};
