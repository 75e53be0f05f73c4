import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hosted, hostWith } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted.close());

const answer = 'async () => ({ argumentsOfHandler: true })';

test.each([
  ['CommonJS index.js', { 'index.js': `exports.handler = ${answer}` }, 'index.handler'],
  ['index.cjs', { 'index.cjs': `exports.handler = ${answer}` }, 'index.handler'],
  ['index.mjs', { 'index.mjs': `export const handler = ${answer}` }, 'index.handler'],
  [
    'index.js in a package of type module',
    { 'index.js': `export const handler = ${answer}`, 'package.json': '{"type":"module"}' },
    'index.handler',
  ],
  ['a nested export', { 'index.js': `exports.api = { get: ${answer} }` }, 'index.api.get'],
  ['another file', { 'other.js': `exports.run = ${answer}` }, 'other.run'],
  [
    'files that require each other',
    { 'index.js': 'exports.handler = require("./part.js")', 'part.js': `module.exports = ${answer}` },
    'index.handler',
  ],
])('%s is loaded', async (_what, files, handler) => {
  hosted = hostWith(files as Record<string, string>, { handler });
  expect(await hosted.result()).toEqual({ argumentsOfHandler: true });
});

test('a CommonJS asset inside a project of type module stays CommonJS', async () => {
  hosted = hostWith({});
  const { mkdirSync, writeFileSync } = await import('node:fs');
  const { codeDirectory } = hosted.definition;
  writeFileSync(`${codeDirectory}/package.json`, '{"type":"module"}');
  mkdirSync(`${codeDirectory}/asset`);
  writeFileSync(`${codeDirectory}/asset/index.js`, `exports.handler = ${answer}`);
  hosted.host.defineFunction({ ...hosted.definition, codeDirectory: `${codeDirectory}/asset` });
  expect(await hosted.result()).toEqual({ argumentsOfHandler: true });
});

test('how a bundle is loaded leaves no warning in the log of a function that imports', async () => {
  const said: string[] = [];
  const note = (_tag: string, message: string) => void said.push(message);
  const compileCache = mkdtempSync(join(tmpdir(), 'daypass-compiled-'));
  try {
    hosted = hostWith(
      'exports.handler = async () => typeof (await import("node:path")).join',
      {},
      { compileCache, log: { info: note, warn: note, detail: () => {} } },
    );
    expect(await hosted.result()).toBe('function');
    expect(said).toEqual([]);
  } finally {
    rmSync(compileCache, { recursive: true });
  }
});

test('modules with a top-level await are waited for', async () => {
  hosted = hostWith({
    'index.mjs': `const ready = await new Promise((resolve) => setTimeout(resolve, 5, 'ready'));
      export const handler = async () => ready`,
  });
  expect(await hosted.result()).toBe('ready');
});

const noCallbacks = 'exports.handler = (event, context, callback) => callback(null, 1)';

test.each([
  ['Runtime.ImportModuleError', { 'other.js': '' }, 'index.handler'],
  ['Runtime.ImportModuleError', { 'index.js': 'require("not-installed")' }, 'index.handler'],
  ['Runtime.ImportModuleError', { 'index.mjs': 'import "not-installed"' }, 'index.handler'],
  ['Runtime.HandlerNotFound', { 'index.js': '' }, 'index.handler'],
  ['Runtime.HandlerNotFound', { 'index.js': 'exports.handler = 1' }, 'index.handler'],
  ['Runtime.UserCodeSyntaxError', { 'index.js': 'exports.handler = async () => {' }, 'index.handler'],
  ['Runtime.UserCodeSyntaxError', { 'index.mjs': 'export const handler = async () => {' }, 'index.handler'],
  ['Runtime.MalformedHandlerName', { 'index.js': '' }, 'index'],
  ['Runtime.MalformedHandlerName', { 'index.js': '' }, '../index.handler'],
  ['Runtime.CallbackHandlerDeprecated', { 'index.js': noCallbacks }, 'index.handler'],
  ['RangeError', { 'index.js': 'throw new RangeError("at import")' }, 'index.handler'],
])('%s answers the call when %j is loaded as %s', async (errorType, files, handler) => {
  hosted = hostWith(files as Record<string, string>, { handler });
  const { payload, functionError } = await hosted.invoke();
  expect(functionError).toBe('Unhandled');
  expect(JSON.parse(payload)).toMatchObject({ errorType });
});

test('after a failed start the next call starts anew', async () => {
  hosted = hostWith('throw new Error("not yet")');
  expect(await hosted.result()).toMatchObject({ errorMessage: 'not yet' });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${hosted.definition.codeDirectory}/index.js`, 'exports.handler = async () => 1');
  expect(await hosted.result()).toBe(1);
});

test('an init phase over its time runs again within the timeout of the call', async () => {
  hosted = hostWith('for (;;);', { timeoutSeconds: 0.2 }, { initTimeoutSeconds: 0.1 });
  expect(await hosted.result()).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(
      /^RequestId: [0-9a-f-]{36} Error: Task timed out after 0\.20 seconds$/,
    ),
  });
});
