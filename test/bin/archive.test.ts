import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemFromJson, itemToJson } from '../../bin/archive/item-json.ts';
import { createOpener, createSealer, readPassphrase } from '../../bin/archive/passphrase.ts';
import { openArchive } from '../../bin/archive/read-archive.ts';
import { archiveVersion, writeArchive } from '../../bin/archive/write-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'daypass-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contents = [{ user: { email: 'ada@example.com' } }, { item: { pk: { S: 'ä\u2028"' } } }, { item: {} }];

function write(file: string): string {
  const archive = writeArchive(file, {
    daypass: 'export',
    version: archiveVersion,
    at: '2026-11-22T10:00:00.000Z',
    stack: 'Daypass',
    tableName: 'Table',
    userPoolId: 'us-east-1_abc',
    secrets: null,
  });
  for (const content of contents) archive.put(content);
  archive.finish();
  return file;
}

test('what was written is read, and the file is its owner’s alone', async () => {
  const file = write(join(folder, 'whole.jsonl'));
  const { manifest, lines } = await openArchive(file);
  expect(manifest).toMatchObject({ stack: 'Daypass', tableName: 'Table' });
  expect(await Array.fromAsync(lines())).toEqual(contents);
  expect(statSync(file).mode & 0o777).toBe(0o600);
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
  const lines = readFileSync(write(join(folder, 'good.jsonl')), 'utf8')
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
