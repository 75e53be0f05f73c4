import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { synthesizeIfChanged } from '../../../local/start/synthesize.ts';

/** A project whose synth writes down what its settings are, and how often it ran. */
const fakeCdk = `
  const { mkdirSync, readFileSync, writeFileSync, existsSync } = require('node:fs');
  const output = process.argv[process.argv.indexOf('--output') + 1];
  mkdirSync(output, { recursive: true });
  const settings = readFileSync(process.env.DAYPASS_SETTINGS ?? 'daypass.yml', 'utf8');
  writeFileSync(output + '/Daypass.template.json', settings);
  writeFileSync(output + '/manifest.json', '{}');
  const runs = existsSync('runs') ? Number(readFileSync('runs', 'utf8')) : 0;
  writeFileSync('runs', String(runs + 1));
  writeFileSync('validation', process.env.CDK_VALIDATION ?? 'on');
  if (settings.includes('mistake')) process.exit(1);
`;

let root: string;
let environment: NodeJS.ProcessEnv;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'daypass-synthesize-'));
  // The CDK command line looks there for a user's own settings.
  environment = { PATH: process.env.PATH, HOME: join(root, 'home') };
  write('node_modules/aws-cdk/bin/cdk', fakeCdk);
  write('daypass.yml', 'the usual');
  write('lib/stack.ts', '1');
});
afterEach(() => rmSync(root, { recursive: true }));

const synthesize = (underRules = false) => synthesizeIfChanged(root, () => {}, { environment, underRules });
const runs = () => Number(readFileSync(join(root, 'runs'), 'utf8'));
const synthesized = () => readFileSync(join(root, 'cdk.out/Daypass.template.json'), 'utf8');

test('nothing is synthesized twice while nothing changes', async () => {
  await synthesize();
  expect(await synthesize()).toBe(join(root, 'cdk.out'));
  expect(runs()).toBe(1);
});

test('what was synthesized without the rules is synthesized again for who asks for them, and serves both then', async () => {
  const validation = () => readFileSync(join(root, 'validation'), 'utf8');
  await synthesize();
  expect(validation()).toBe('false');
  await synthesize(true);
  expect(validation()).toBe('on');
  await synthesize();
  await synthesize(true);
  expect(runs()).toBe(2);
});

test.each([
  'daypass.yml',
  'site/pages/terms.md',
  'lib/stack.ts',
  'lib/new/file.ts',
  'core/plans.ts',
  'lambda/handlers/accounts/login.ts',
  'web/main.tsx',
  'web/.env',
  'bin/daypass.ts',
  'docs/errors.md',
  'docs/guide/limits.md',
  'cdk.json',
  'cdk.context.json',
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
  'home/.cdk.json',
])('a change of %s causes a synth', async (path) => {
  await synthesize();
  write(path, 'changed');
  await synthesize();
  expect(runs()).toBe(2);
});

test('so does a removed file', async () => {
  write('lib/extra.ts', '');
  await synthesize();
  rmSync(join(root, 'lib/extra.ts'));
  await synthesize();
  expect(runs()).toBe(2);
});

test.each(['other.yml', 'absolute'])(
  'a settings file that DAYPASS_SETTINGS names is read again when its text changes: %s',
  async (name) => {
    environment.DAYPASS_SETTINGS = name === 'absolute' ? join(root, 'elsewhere/some.yml') : name;
    const path = name === 'absolute' ? 'elsewhere/some.yml' : name;
    write(path, 'ten a day');
    await synthesize();
    write(path, 'fifteen a day');
    await synthesize();
    expect(synthesized()).toBe('fifteen a day');
    await synthesize();
    expect(runs()).toBe(2);
    // And what is beside it.
    write(join(path, '../site/logo.svg'), '<svg/>');
    await synthesize();
    expect(runs()).toBe(3);
  },
);

test.each(['DAYPASS_SETTINGS', 'CDK_CONTEXT_JSON', 'VITE_TITLE'])(
  'another value of %s causes a synth',
  async (name) => {
    write('same.yml', 'the usual');
    await synthesize();
    environment[name] = 'same.yml';
    await synthesize();
    expect(runs()).toBe(2);
  },
);

test('the output of another command in the same folder is not served as ours', async () => {
  await synthesize();
  write('cdk.out/Daypass.template.json', 'the dev stage, or other settings');
  await synthesize();
  expect(synthesized()).toBe('the usual');
});

test('a synth that failed half-way is repeated, even if the mistake is undone', async () => {
  await synthesize();
  write('daypass.yml', 'a mistake');
  await expect(synthesize()).rejects.toThrow('Synthesizing the stack failed');
  write('daypass.yml', 'the usual');
  await synthesize();
  expect(synthesized()).toBe('the usual');
});
