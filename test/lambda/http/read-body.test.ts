import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DaypassError } from '../../../core/errors.ts';
import { readJsonBody, smallBody } from '../../../lambda/http/read-body.ts';
import { proxyEvent } from './proxy-event.ts';

const json = { 'content-type': 'application/json' };
const read = (body: string | null, limits: Partial<typeof smallBody> = {}, headers = json) =>
  readJsonBody(proxyEvent({ body, headers }), { ...smallBody, ...limits });

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DaypassError) return error.code;
    throw error;
  }
  return 'read';
}

test('a body is parsed unchanged', () => {
  expect(read('{"a":[1,"é",null]}')).toEqual({ a: [1, 'é', null] });
});

test.each([null, '', '  \r\n'])('an empty body is undefined, whatever its type: %j', (body) => {
  expect(read(body, {}, { 'content-type': 'text/plain' })).toBeUndefined();
});

describe('size', () => {
  test('is counted in bytes, not characters', () => {
    const body = JSON.stringify('é'.repeat(10));
    expect(body).toHaveLength(12);
    expect(codeOf(() => read(body, { maxBytes: 22 }))).toBe('read');
    expect(codeOf(() => read(body, { maxBytes: 21 }))).toBe('payload_too_large');
  });

  test('is that of the decoded text if the body is base64', () => {
    const text = JSON.stringify({ text: '😀'.repeat(20) });
    const event = proxyEvent({
      body: Buffer.from(text).toString('base64'),
      isBase64Encoded: true,
      headers: json,
    });
    const bytes = Buffer.byteLength(text);
    expect(readJsonBody(event, { ...smallBody, maxBytes: bytes })).toEqual(JSON.parse(text));
    expect(codeOf(() => readJsonBody(event, { ...smallBody, maxBytes: bytes - 1 }))).toBe(
      'payload_too_large',
    );
  });

  test('is checked before anything else', () => {
    const headers = { 'content-type': 'text/plain' };
    expect(codeOf(() => read('['.repeat(100), { maxBytes: 10 }, headers))).toBe('payload_too_large');
  });
});

describe('depth', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  test('is allowed up to the limit and not beyond', () => {
    expect(codeOf(() => read(nested(8)))).toBe('read');
    expect(codeOf(() => read(nested(9)))).toBe('invalid_json');
    expect(codeOf(() => read('{"a":{"b":{}}}', { maxDepth: 3 }))).toBe('read');
    expect(codeOf(() => read('{"a":{"b":{}}}', { maxDepth: 2 }))).toBe('invalid_json');
  });

  test('of 20,000 levels is refused, whether closed or not', () => {
    expect(codeOf(() => read(nested(20_000)))).toBe('invalid_json');
    expect(codeOf(() => read('{"a":'.repeat(10_000)))).toBe('invalid_json');
    expect(codeOf(() => read('['.repeat(20_000)))).toBe('invalid_json');
  });

  test('does not count brackets inside strings', () => {
    const text = '[[[[[[[[[[{{{{{{{{{{';
    expect(read(JSON.stringify({ text }))).toEqual({ text });
  });

  test('is that of the parsed value, whatever its strings hold', () => {
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    const text = fc.oneof(fc.string(), fc.constantFrom('\\', '"', '\\"', '[{', '\\\\', '"]'));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), text, (value, key) => {
        const body = { [key]: [value, key] };
        const maxDepth = depth(body);
        expect(codeOf(() => read(JSON.stringify(body), { maxDepth }))).toBe('read');
        expect(codeOf(() => read(JSON.stringify(body), { maxDepth: maxDepth - 1 }))).toBe('invalid_json');
      }),
    );
  });

  test('is not fooled by escaped quotes and backslashes', () => {
    const values = ['"[[[[[[[[[[', '\\', '\\"[[[[[[[[[[', '[[[[[[[[[[\\'];
    expect(read(JSON.stringify(values))).toEqual(values);
    expect(codeOf(() => read(`["\\\\",${nested(8)}]`))).toBe('invalid_json');
  });

  test('counts the deepest place, not all brackets', () => {
    expect(read(`[${Array(50).fill('[]').join()}]`, { maxDepth: 2 })).toHaveLength(50);
  });
});

describe('type', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/vnd.api+json',
    'application/json ;charset=utf-8',
  ])('%s is taken', (type) => {
    expect(read('{}', {}, { 'content-type': type })).toEqual({});
  });

  test('none is refused: a page of another site can send a body without one', () => {
    const event = proxyEvent({ body: '{}', headers: {} });
    expect(codeOf(() => readJsonBody(event, smallBody))).toBe('unsupported_media_type');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'text/json',
    '',
  ])('%j is refused', (type) => {
    expect(codeOf(() => read('{}', {}, { 'content-type': type }))).toBe('unsupported_media_type');
  });
});

describe('a compressed body', () => {
  const messageOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return (error as Error).message;
    }
    return 'read';
  };
  // As API Gateway passes it on: text, with what is no UTF-8 replaced.
  const gzipped = gzipSync('{"a":1}').toString('utf8');

  test.each(['gzip', 'GZIP', ' deflate', 'br', 'zstd', 'gzip, br'])('is refused by name: %s', (encoding) => {
    const headers = { ...json, 'content-encoding': encoding };
    expect(codeOf(() => read(gzipped, {}, headers))).toBe('unsupported_media_type');
    expect(messageOf(() => read(gzipped, {}, headers))).toContain('compressed');
  });

  test('is seen by its first byte where no header says so', () => {
    expect(messageOf(() => read(gzipped))).toContain('compressed');
  });

  test('is none with `content-encoding: identity`', () => {
    expect(read('{}', {}, { ...json, 'content-encoding': 'identity' } as typeof json)).toEqual({});
  });
});

test.each(['{', '{"a":1,}', 'undefined', "{'a':1}", '"\n"', '{} {}', '\u0000'])('%j is not JSON', (body) => {
  expect(codeOf(() => read(body))).toBe('invalid_json');
});

test('the refusal of a body doesn’t quote it', () => {
  const secret = 'canary-5f1c';
  expect(() => read(`{"password":"${secret}`)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(secret) }),
  );
});
