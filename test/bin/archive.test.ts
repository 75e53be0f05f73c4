import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemFromJson, itemToJson } from '../../bin/archive/item-json.ts';
import { createOpener, createSealer, readPassphrase } from '../../bin/archive/passphrase.ts';
import { openArchive } from '../../bin/archive/read-archive.ts';
import { archiveVersion, type Content, writeArchive } from '../../bin/archive/write-archive.ts';
import { Mistake } from '../../bin/command.ts';
import { runCommand } from './run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'daypass-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contents = [{ user: { email: 'ada@example.com' } }, { item: { pk: { S: 'ä\u2028"' } } }, { item: {} }];

const manifest = {
  daypass: 'export',
  version: archiveVersion,
  at: '2026-11-22T10:00:00.000Z',
  stack: 'Daypass',
  tableName: 'Table',
  userPoolId: 'us-east-1_abc',
  secrets: null,
} as const;

async function putContents(put: (content: Content) => void): Promise<void> {
  for (const content of contents) put(content);
}

async function write(file: string, replaces = false): Promise<string> {
  await writeArchive(file, manifest, { replaces }, putContents);
  return file;
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

test('what was written is read, and the file is its owner’s alone', async () => {
  const file = await write(join(folder, 'whole.jsonl'));
  const { manifest, lines } = await openArchive(file);
  expect(manifest).toMatchObject({ stack: 'Daypass', tableName: 'Table' });
  expect(await Array.fromAsync(lines())).toEqual(contents);
  expect(modeOf(file)).toBe(0o600);
});

test('a file that is there is replaced only if that is wanted, whatever comes to be there meanwhile', async () => {
  const file = join(folder, 'there.jsonl');
  writeFileSync(file, 'precious');
  await expect(write(file)).rejects.toThrow(
    new Mistake(`${file} is there already. Name another file, or replace it with --force.`),
  );
  rmSync(file);
  const written = writeArchive(file, manifest, { replaces: false }, async () =>
    writeFileSync(file, 'precious'),
  );
  await expect(written).rejects.toThrow(Mistake);
  expect(readFileSync(file, 'utf8')).toBe('precious');
  expect(existsSync(`${file}.unfinished`)).toBe(false);
  await expect(openArchive(await write(file, true))).resolves.toMatchObject({ manifest });
});

test('the file is its owner’s alone, also if one with other rights was there, or was left unfinished', async () => {
  const file = join(folder, 'open.jsonl');
  for (const name of [file, `${file}.unfinished`]) {
    writeFileSync(name, '');
    chmodSync(name, 0o644);
  }
  const written = writeArchive(file, manifest, { replaces: true }, async () => {
    expect(modeOf(`${file}.unfinished`)).toBe(0o600);
  });
  await written;
  expect(modeOf(file)).toBe(0o600);
});

test('of an export that fails nothing stays, and the file of before is as it was', async () => {
  const file = await write(join(folder, 'failing.jsonl'));
  const before = readFileSync(file, 'utf8');
  const failing = writeArchive(file, manifest, { replaces: true }, async (put) => {
    put({ user: {} });
    throw new Error('AWS failed');
  });
  await expect(failing).rejects.toThrow('AWS failed');
  expect(existsSync(`${file}.unfinished`)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test.each(['SIGINT', 'SIGTERM', 'exit'])('of an export that %s ends nothing stays', async (how) => {
  const file = join(folder, `${how}.jsonl`);
  const { href } = new URL('../../bin/archive/write-archive.ts', import.meta.url);
  const program = `
    import { writeArchive } from ${JSON.stringify(href)};
    await writeArchive(${JSON.stringify(file)}, {}, { replaces: false }, () => {
      console.log('begun');
      process.stdin.on('data', () => process.exit(3));
      return new Promise(() => {});
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  await once(child.stdout, 'data');
  expect(existsSync(`${file}.unfinished`)).toBe(true);
  if (how === 'exit') child.stdin.write('end');
  else child.kill(how as NodeJS.Signals);
  expect(await once(child, 'close')).toEqual(how === 'exit' ? [3, null] : [null, how]);
  expect(existsSync(`${file}.unfinished`)).toBe(false);
  expect(existsSync(file)).toBe(false);
});

test('npm run export names the file that is there, before it does anything, with exit code 2', async () => {
  const file = await write(join(folder, 'old.jsonl'));
  const ran = await runCommand('bin/export/export.ts', [file, '--local', '--port', '1']);
  expect(ran).toEqual({ code: 2, output: '', errors: expect.stringContaining(`${file} is there already`) });
});

const refusals: [string, (lines: string[]) => string[], RegExp][] = [
  ['an empty file', () => [], /is empty/],
  ['a file of another system', () => ['{"email":"ada@example.com"}'], /is not an export of Daypass/],
  ['a file that is not JSON', () => ['email', 'ada@example.com'], /is not an export of Daypass/],
  [
    'one of a newer version',
    ([line = '', ...rest]) => [line.replace(`"version":${archiveVersion}`, '"version":99'), ...rest],
    /version 99, and this Daypass reads versions up to/,
  ],
  ['one that was cut off', (lines) => lines.slice(0, -1), /is not whole: it stops after line 4/],
  ['one that lacks a line', (lines) => lines.toSpliced(2, 1), /line 4, closes an export of 4 lines/],
  [
    'one with swapped lines',
    ([a = '', b = '', c = '', ...d]) => [a, c, b, ...d],
    /line 5, has another checksum/,
  ],
  [
    'one with a changed line',
    (lines) => lines.with(1, (lines[1] ?? '').replace('ada', 'eve')),
    /line 2, is damaged/,
  ],
  ['one with a broken line', (lines) => lines.with(2, (lines[2] ?? '').slice(0, -9)), /line 3, is damaged/],
  ['one with something added', (lines) => [...lines, lines[1] ?? ''], /line 6, comes after the end/],
];

test.each(refusals)('is refused by file and line: %s', async (name, change, words) => {
  const file = join(folder, `${name}.jsonl`);
  const lines = readFileSync(await write(join(folder, 'good.jsonl'), true), 'utf8')
    .trimEnd()
    .split('\n');
  writeFileSync(
    file,
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
  await expect(openArchive(file)).rejects.toThrow(words);
  await expect(openArchive(file)).rejects.toThrow(file);
});

test('a file that is not there is refused by name', async () => {
  await expect(openArchive('/nonexistent')).rejects.toThrow(/^\/nonexistent can't be read/);
});

test('items keep every kind of value', () => {
  const item = {
    pk: { S: 'a' },
    counts: { M: { '2': { N: '12345678901234567890' }, '10': { NULL: true as const } } },
    ids: { SS: ['b', 'a'] },
    bytes: { B: new Uint8Array([0, 255]) },
    list: { L: [{ BS: [new Uint8Array([1])] }, { BOOL: false }] },
  };
  expect(itemFromJson(JSON.parse(JSON.stringify(itemToJson(item))))).toEqual(item);
});

test('a secret opens with its passphrase, for its purpose, unchanged; anything else is refused', () => {
  const { by, seal } = createSealer('correct horse battery staple');
  const sealed = seal('api-key a', 'dpkSecret');
  const open = createOpener('correct horse battery staple', by);
  expect(open('api-key a', sealed)).toBe('dpkSecret');
  expect(() => open('api-key b', sealed)).toThrow();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[14] = (bytes[14] ?? 0) ^ 1;
  expect(() => open('api-key a', bytes.toString('base64'))).toThrow();
  expect(() => createOpener('correct horse battery stable', by)).toThrow(/not the passphrase/);
});

test('a short passphrase is refused', () => {
  const file = join(folder, 'passphrase');
  writeFileSync(file, 'too short\n');
  expect(() => readPassphrase(file)).toThrow(/at least 16 characters/);
});
