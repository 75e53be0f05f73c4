import { createFileFilter } from '../../../../local/template/providers/file-filter.ts';
import { replaceMarkers } from '../../../../local/template/providers/source-markers.ts';

const marker = '<<marker:0xbaba:0>>';
const replace = (content: string, value: unknown, config: { jsonEscape?: boolean; encoding?: string } = {}) =>
  replaceMarkers(
    Buffer.from(content),
    { [marker]: value },
    {
      jsonEscape: config.jsonEscape ?? false,
      markerEncodings: config.encoding === undefined ? {} : { [marker]: config.encoding },
    },
  ).toString();

describe('markers in deployed files', () => {
  test('are replaced everywhere, without escaping', () => {
    expect(replace(`a ${marker} b ${marker} ü`, '"$&" ü')).toBe('a "$&" ü b "$&" ü ü');
  });

  test('are escaped inside JSON text', () => {
    expect(replace(`{"a":"x${marker}y"}`, 'say "hi"\n', { jsonEscape: true })).toBe(
      '{"a":"xsay \\"hi\\"\\ny"}',
    );
  });

  test.each([
    ['JSON_VALUE', { a: 1 }, '{"a":1}'],
    ['YAML_STRING', 'plain', 'plain'],
    ['YAML_STRING', 'yes', '"yes"'],
    ['YAML_STRING', 'a: b', '"a: b"'],
  ])('encoding %s of %j', (encoding, value, expected) => {
    expect(replace(marker, value, { encoding })).toBe(expected);
  });

  test('a file that is not text keeps its bytes', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x80]);
    const config = { jsonEscape: false, markerEncodings: {} };
    expect(replaceMarkers(bytes, { [marker]: 'x' }, config)).toEqual(bytes);
  });

  test('a value without a text form, or an unknown encoding, is refused', () => {
    expect(() => replace(marker, { a: 1 })).toThrow(/needs text/);
    expect(() => replace(marker, 'x', { encoding: 'NEW' })).toThrow(/encoding NEW is not supported/);
  });
});

describe('sync filters', () => {
  test.each([
    [['*.map'], [], 'assets/app.js.map', false],
    [['*.map'], [], 'app.js', true],
    [['*'], ['index.html'], 'index.html', true],
    [['*'], ['index.html'], 'other.html', false],
    [['[!a]?.txt'], [], 'bx.txt', false],
    [['[!a]?.txt'], [], 'ax.txt', true],
    [['a.txt'], [], 'aXtxt', true],
  ])('exclude %j, include %j: %s is included: %s', (exclude, include, path, takesPart) => {
    expect(createFileFilter(exclude, include)(path)).toBe(takesPart);
  });
});
