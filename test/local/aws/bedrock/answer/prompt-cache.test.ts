import { createPromptCache } from '../../../../../local/aws/bedrock/answer/prompt-cache.ts';
import type { JsonObject } from '../../../../../local/aws/bedrock/json-fields.ts';
import { parseConverseRequest } from '../../../../../local/aws/bedrock/request/parse-converse-request.ts';

const point = (ttl?: string) => ({ cachePoint: { type: 'default', ...(ttl === undefined ? {} : { ttl }) } });
const long = (word: string) => ({ text: `${word} `.repeat(1100).trim() });
const user = (...content: object[]) => ({ role: 'user', content });
const assistant = (text: string) => ({ role: 'assistant', content: [{ text }] });

function someCache() {
  let nowMs = 0;
  const cache = createPromptCache(() => nowMs);
  return {
    pass: (minutes: number) => {
      nowMs += minutes * 60_000;
    },
    lookUp: (body: JsonObject) =>
      cache.lookUp(parseConverseRequest('us.anthropic.claude-sonnet-4-5-20250929-v1:0', body)),
  };
}

test('a prompt is written to the cache once and read from then on', () => {
  const { lookUp } = someCache();
  const body = { system: [long('a'), point()], messages: [user({ text: 'Hi' })] };
  expect(lookUp(body)).toEqual({ read: 0, write: 1100, details: [{ ttl: '5m', inputTokens: 1100 }] });
  expect(lookUp({ ...body, messages: [user({ text: 'Other' })] })).toEqual({
    read: 1100,
    write: 0,
    details: [],
  });
});

test('another prompt, or another beginning of it, is not in the cache', () => {
  const { lookUp } = someCache();
  lookUp({ system: [long('a'), point()] });
  expect(lookUp({ system: [long('b'), point()] })).toMatchObject({ read: 0, write: 1100 });
  expect(lookUp({ system: [{ text: 'First.' }, long('a'), point()] })).toMatchObject({
    read: 0,
    write: 1102,
  });
});

test('a conversation that grows reads what it has and writes what is new', () => {
  const { lookUp } = someCache();
  const turns = [user(long('a'), point())];
  expect(lookUp({ messages: turns })).toMatchObject({ read: 0, write: 1100 });
  const grown = [user(long('a')), assistant('Yes'), user(long('b'), point())];
  expect(lookUp({ messages: grown })).toMatchObject({ read: 1100, write: 1101 });
});

test('a prompt too short for the model is not cached', () => {
  const { lookUp } = someCache();
  const body = { system: [{ text: 'Short' }, point()] };
  expect([lookUp(body), lookUp(body)]).toEqual(Array(2).fill({ read: 0, write: 0, details: [] }));
});

test('an entry not read in time expires, and reading renews it', () => {
  const { lookUp, pass } = someCache();
  const body = { system: [long('a'), point('1h'), long('b'), point()] };
  expect(lookUp(body)).toEqual({
    read: 0,
    write: 2200,
    details: [
      { ttl: '1h', inputTokens: 1100 },
      { ttl: '5m', inputTokens: 1100 },
    ],
  });
  pass(4);
  expect(lookUp(body).read).toBe(2200);
  pass(4);
  expect(lookUp(body).read).toBe(2200);
  pass(6);
  expect(lookUp(body)).toMatchObject({ read: 1100, write: 1100 });
  pass(61);
  expect(lookUp(body).read).toBe(0);
});
