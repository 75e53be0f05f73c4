const common = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.daypass'],
};

/** Folders whose tests read the synthesized stack, or run it. Whichever others use `cdk.out` must be named here. */
const ofTheStack = ['bin', 'browser', 'e2e', 'lambda/handlers', 'lib'];

/** Two projects, since jest runs a project's set-up only when one of its tests is to run, and a synth takes a while. */
export default {
  projects: [
    {
      ...common,
      displayName: 'stack',
      testMatch: ofTheStack.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
      globalSetup: '<rootDir>/test/synthesize-once.ts',
    },
    {
      ...common,
      displayName: 'rooms',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ofTheStack.map((folder) => `<rootDir>/test/${folder}/`),
    },
  ],
  maxWorkers: 2,
  // A setting of the whole run, which jest does not read from a project.
  testTimeout: 60_000,
};
