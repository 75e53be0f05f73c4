import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('docs/local-runtime.md names every step of a script and every field it may have', () => {
  const [, scripts = ''] = read('docs/local-runtime.md').split('### Scripts');
  const text = scripts.slice(0, scripts.indexOf('\n## '));
  const source = read('local/aws/bedrock/pretend/scripts/steps.ts');
  const fields = [
    ...source.matchAll(/(?:strictObject\(\{|^ {2}|, )\s*(\w+)(?::|\?)? ?(?=z\.|pieces|index|count)/gm),
  ];
  const names = [...new Set(fields.map(([, name]) => name))].filter((name) => !/Tokens$/.test(name ?? ''));
  expect(names).toEqual(
    expect.arrayContaining(['text', 'flaw', 'cut', 'interleave', 'pieceBytes', 'inputPieces']),
  );
  expect(names.filter((name) => !new RegExp(`["\`]${name}["\`]`).test(text))).toEqual([]);
});

test('docs/local-runtime.md lists the operations of Bedrock’s stand-in', () => {
  const row = /^\| Bedrock runtime \| (.+?) \(\[/m.exec(read('docs/local-runtime.md'))?.[1] ?? '';
  const listed = [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const told = /it has (.+?)\.`/.exec(read('local/aws/bedrock/bedrock.ts'))?.[1] ?? '';
  expect(told.split(/, | and /)).toEqual(listed);
});
