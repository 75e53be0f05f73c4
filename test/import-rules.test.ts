import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The rooms and who may enter which; docs/architecture.md gives the reasons. */
const root = resolve(import.meta.dirname, '..');
const rooms = ['bin', 'lib', 'core', 'lambda', 'local', 'web', 'test', 'bench'] as const;

interface Import {
  file: string;
  /** A path from the root, or a package's name. */
  target: string;
  typeOnly: boolean;
}

const files = rooms.flatMap(sourceFiles);
const imports = files.flatMap(importsOf);

type Rule = (target: string, typeOnly: boolean) => boolean;
const inRoom =
  (...prefixes: string[]): Rule =>
  (target) =>
    prefixes.some((prefix) => target.startsWith(prefix));

/** What a file may import of the project's own; the first entry that fits its path decides. */
const mayImport: [prefix: string, rule: Rule][] = [
  ['bin/', inRoom('lib/')],
  ['core/', inRoom('core/')],
  ['lambda/adapters/', inRoom('core/', 'lambda/adapters/')],
  [
    'lambda/handlers/',
    inRoom(
      'core/',
      'lambda/adapters/',
      'lambda/http/',
      'lambda/env.ts',
      'lambda/catalog.ts',
      'lambda/book-ports.ts',
      'lambda/chat-ports.ts',
      'lambda/providers.ts',
    ),
  ],
  ['lambda/book-ports.ts', inRoom('core/', 'lambda/')],
  ['lambda/chat-ports.ts', inRoom('core/', 'lambda/')],
  ['lambda/providers.ts', inRoom('core/', 'lambda/')],
  ['lambda/', inRoom('core/', 'lambda/http/')],
  [
    'lib/',
    (target, typeOnly) =>
      /^(lib\/|core\/(contract\/|errors\.ts|plans\.ts))/.test(target) ||
      (typeOnly && /^(core\/|lambda\/env\.ts)/.test(target)),
  ],
  ['local/', inRoom('local/')],
  ['web/parts/', inRoom('web/parts/', 'web/describe-error.ts')],
  [
    'web/',
    inRoom('web/', 'core/contract/', 'core/errors.ts', 'core/keys/key-limits.ts', 'core/metering/windows.ts'),
  ],
  ['test/', () => true],
  ['bench/', (target) => !target.startsWith('test/')],
];

test('every room imports only what it may', () => {
  const forbidden = imports.filter(({ file, target, typeOnly }) => {
    if (!rooms.some((room) => target.startsWith(`${room}/`))) return false;
    const rule = mayImport.find(([prefix]) => file.startsWith(prefix))?.[1];
    return rule === undefined || !rule(target, typeOnly);
  });
  expect(forbidden.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

test('no screen of the console imports another’s files, and only the list of addresses imports screens', () => {
  const screenOf = (file: string) => /^web\/screens\/[^/]+\//.exec(file)?.[0];
  const wrong = imports.filter(({ file, target }) => {
    const screen = screenOf(target);
    return (
      screen !== undefined &&
      file.startsWith('web/') &&
      file !== 'web/routes.tsx' &&
      screen !== screenOf(file)
    );
  });
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

test('core uses no package but zod, node:crypto and node:zlib', () => {
  const packages = imports.filter(
    ({ file, target }) => file.startsWith('core/') && !target.startsWith('core/'),
  );
  const allowed = ['zod', 'node:crypto', 'node:zlib'];
  expect(packages.filter(({ target }) => !allowed.includes(target))).toEqual([]);
});

test('what a provider calls things stays in its folders of core and adapters', () => {
  const providerOf = (path: string) => /^(?:core\/providers|lambda\/adapters)\/([^/]+)\//.exec(path)?.[1];
  const users = imports.filter(
    ({ file, target }) =>
      target.startsWith('core/providers/') &&
      !/^(test|bench)\/|^lambda\/providers\.ts$/.test(file) &&
      providerOf(file) !== providerOf(target),
  );
  expect(users.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  const words = /Converse|InvokeModel|contentBlock[A-Z]|inferenceConfig|toolSpec|toolUse\b|messageStop/;
  const speakers = files.filter(
    (file) =>
      /^(core|lambda|web)\//.test(file) &&
      file !== 'lambda/providers.ts' &&
      providerOf(file) !== 'bedrock' &&
      words.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(speakers).toEqual([]);
});

test('AWS SDKs are used by adapters only', () => {
  const users = imports.filter(
    ({ file, target }) => file.startsWith('lambda/') && /^@(aws-sdk|smithy)\//.test(target),
  );
  expect(users.map(({ file }) => file).filter((file) => !file.startsWith('lambda/adapters/'))).toEqual([]);
});

test('nothing but tests imports tests, and nothing imports benchmarks', () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      (target.startsWith('test/') && !file.startsWith('test/')) ||
      (target.startsWith('bench/') && !/^(bench|test\/bench)\//.test(file)),
  );
  expect(wrong).toEqual([]);
});

test('no module reaches itself through its imports', () => {
  const graph = new Map(files.map((file) => [file, targetsOf(file)]));
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [[...path.slice(path.indexOf(file)), file].join(' → ')];
    if (done.has(file)) return [];
    const cycles = (graph.get(file) ?? []).flatMap((target) => visit(target, [...path, file]));
    done.add(file);
    return cycles;
  };
  expect(files.flatMap((file) => visit(file, []))).toEqual([]);
});

test('no barrel: a file that only passes on what others export', () => {
  const barrels = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
    const statements = text
      .split(';')
      .map((part) => part.trim())
      .filter(Boolean);
    return statements.length > 0 && statements.every((part) => /^export\s[^=]*\sfrom\s/s.test(part));
  });
  expect(barrels).toEqual([]);
});

function targetsOf(file: string): string[] {
  return imports.filter((entry) => entry.file === file && !entry.typeOnly).map(({ target }) => target);
}

function sourceFiles(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((name) => `${room}/${name}`)
    .filter((name) => /\.(ts|tsx)$/.test(name) && !name.endsWith('.d.ts'))
    .filter((name) => !/(^|\/)(node_modules|dist)\//.test(name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map(([, typeOnly, fromText, dynamic]) => {
    const specifier = fromText ?? dynamic ?? '';
    const local = specifier.startsWith('.');
    const target = local ? relative(root, resolve(root, dirname(file), specifier)) : specifier;
    return { file, target, typeOnly: typeOnly !== undefined };
  });
}
