import { readFileSync } from 'node:fs';
import { type ErrorCode, errorCodes, errorDocs, errorEntryId } from '../../../core/errors.ts';
import { matchingErrors } from '../../../web/screens/reference/errors/matching-errors.ts';
import { matching, sectionsOf } from '../../../web/screens/reference/list/sections.ts';
import type { Operation } from '../../../web/screens/reference/operations.ts';
import { shownHeaders } from '../../../web/screens/reference/try/answer-text.ts';
import { callCode } from '../../../web/screens/reference/try/call-code.ts';
import { curlCommand } from '../../../web/screens/reference/try/curl-command.ts';
import { faultsOf, prepareCall } from '../../../web/screens/reference/try/prepare-call.ts';
import { sendCall } from '../../../web/screens/reference/try/send-call.ts';
import { streamedText } from '../../../web/screens/reference/try/streamed-text.ts';
import { firstValues } from '../../../web/screens/reference/try/use-call-fields.ts';
import { errorEntries } from '../../../web/shell/error-entries.ts';
import { navigation } from '../../../web/shell/navigation/navigation.ts';

const rotate: Operation = {
  id: 'rotateApiKey',
  method: 'POST',
  path: '/v1/api-keys/{id}/rotate',
  summary: 'Give a key a new secret',
  tag: 'Keys and plans',
  access: 'login',
  parameters: [
    { name: 'id', in: 'path', required: true },
    { name: 'id', in: 'query' },
    { name: 'x-mode', in: 'header', required: true, schema: { const: 'now' } },
  ],
  body: { required: true, schema: { type: 'object' }, example: {} },
  answers: [],
  refusals: [],
  streams: false,
  isInternal: false,
};
const values = { ...firstValues(rotate.parameters), 'path id': 'a/b?c', 'query id': 'x&y' };

test('a value can’t break out of its place in the path or the query', () => {
  expect(prepareCall(rotate, { values, body: '{}' })).toEqual({
    method: 'POST',
    target: '/v1/api-keys/a%2Fb%3Fc/rotate?id=x%26y',
    headers: { 'x-mode': 'now', 'content-type': 'application/json' },
    body: '{}',
  });
});

test('missing values and invalid JSON are reported beside their fields', () => {
  const faults = faultsOf(rotate, { values: {}, body: '{"a":' });
  expect(Object.keys(faults)).toEqual(['path id', 'header x-mode', 'body']);
  expect(faults.body).toMatch(/not valid JSON/);
  expect(faultsOf(rotate, { values, body: '' }).body).toMatch(/A body is required/);
  expect(faultsOf(rotate, { values, body: '{}' })).toEqual({});
});

test('the command holds no secret, and nothing can break out of its quotes', () => {
  const call = prepareCall(rotate, { values, body: `{"name":"it's $(id)"}` });
  expect(curlCommand(call, 'key', 'https://api.example', true)).toBe(
    [
      "curl -N -X POST 'https://api.example/v1/api-keys/a%2Fb%3Fc/rotate?id=x%26y'",
      '-H "x-api-key: $DAYPASS_API_KEY"',
      "-H 'x-mode: now'",
      "-H 'content-type: application/json'",
      `-d '{"name":"it'\\''s $(id)"}'`,
    ].join(' \\\n  '),
  );
});

test('the call is written in each language, with what JSON says in that language’s words', () => {
  const chat: Operation = {
    ...rotate,
    id: 'createChatCompletion',
    access: 'key',
    parameters: [],
    path: '/v1/chat',
  };
  const body = '{"stream":true,"seed":null,"messages":[{"role":"user","content":"it\'s"}]}';
  const codes = callCode(chat, prepareCall(chat, { values: {}, body }), 'https://api.example');
  expect(codes.map(({ label }) => label)).toEqual(['curl', 'Python', 'Node', 'OpenAI SDK']);
  const [, python, node, sdk] = codes.map(({ blocks }) => blocks.map(({ code }) => code).join('\n'));
  expect(python).toContain('"stream": True');
  expect(python).toContain('"seed": None');
  expect(python).toContain('"x-api-key": os.environ["DAYPASS_API_KEY"]');
  expect(node).toContain(`messages: [{ role: 'user', content: "it's" }]`);
  expect(sdk).toContain('base_url="https://api.example/v1"');
  expect(sdk).toContain('for event in client.chat.completions.create(');
});

test('code of a body that is no JSON yet is the command alone', () => {
  const call = prepareCall(rotate, { values, body: '{"a":' });
  expect(callCode(rotate, call, 'https://api.example').map(({ label }) => label)).toEqual(['curl']);
});

test.each([
  [
    'Chat Completions',
    '{"choices":[{"delta":{"content":"Hel"}}]}',
    '{"choices":[{"delta":{"content":"lo"}}]}',
  ],
  [
    'Responses',
    '{"type":"response.output_text.delta","delta":"Hel"}',
    '{"type":"response.output_text.delta","delta":"lo"}',
  ],
  [
    'Messages',
    '{"type":"content_block_delta","delta":{"text":"Hel"}}',
    '{"type":"content_block_delta","delta":{"text":"lo"}}',
  ],
])('the text of a stream of %s is put together', (_, first, second) => {
  expect(streamedText(`data: ${first}\n\n: still there\n\ndata: ${second}\n\ndata: [DONE]\n\n`)).toBe(
    'Hello',
  );
  expect(streamedText('data: {"usage":{}}\n\n')).toBeUndefined();
});

test('errors are found by code, by status and by what is said of them', () => {
  const explained = new Map([['quota_exceeded', 'The requests of a day are used up.']]);
  expect(matchingErrors(['429'], explained)).toContain('quota_exceeded');
  expect(matchingErrors(['quota_exceeded'], explained)).toEqual(['quota_exceeded']);
  expect(matchingErrors(['requests', 'used'], explained)).toEqual(['quota_exceeded']);
  expect(matchingErrors([], undefined)).toHaveLength(Object.keys(errorCodes).length);
});

test('a call is found by a field of its body', () => {
  const schema = { properties: { graceSeconds: {} } };
  const operation = { ...rotate, body: { required: true, schema, example: {} } };
  expect(matching([operation], 'grace', undefined)).toEqual([operation]);
  expect(matching([operation], 'grace nothing', undefined)).toEqual([]);
});

test('every error code is explained, without links that lead nowhere', () => {
  const words = errorEntries(readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8'));
  expect(Object.keys(errorCodes).filter((code) => !words.get(code))).toEqual([]);
  expect([...words.values()].filter((text) => /\]\(|^\d{3}\.|\(why\)/.test(text))).toEqual([]);
});

test('the link of every error leads to its entry on the page of the reference', () => {
  const pages = navigation.flatMap(({ items }) => items.map(({ to }) => to));
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    const [page, entry] = errorDocs(code).split('#');
    expect(pages).toContain(page);
    expect(entry).toBe(errorEntryId(code));
  }
});

test('a search needs every word, in any order, and empty sections are left out', () => {
  const tag = 'Models and embeddings';
  const models = {
    ...rotate,
    tag,
    id: 'listModels',
    path: '/v1/models',
    method: 'GET',
    summary: 'The models',
  };
  expect(matching([rotate, models], 'KEY post', undefined)).toEqual([rotate]);
  expect(matching([rotate, models], '', 'public')).toEqual([]);
  expect(sectionsOf([rotate, models]).map(({ title }) => title)).toEqual([
    'Models and embeddings',
    'Keys and plans',
  ]);
  expect(sectionsOf([{ ...rotate, tag: 'Other things' }]).map(({ title }) => title)).toEqual([
    'Other things',
  ]);
});

test('an expired login token is renewed once, and a second refusal is the answer', async () => {
  const sent: (string | null)[] = [];
  const send = async (_target: unknown, init?: RequestInit) => {
    sent.push(new Headers(init?.headers).get('authorization'));
    return Response.json({ error: { code: 'unauthorized' } }, { status: 401 });
  };
  const session = { token: async () => 'old', tokenAfter: async (refused: string) => `not ${refused}` };
  const call = prepareCall(rotate, { values, body: '{}' });
  const signal = new AbortController().signal;
  const answer = await sendCall({ send, session }, call, { access: 'login', key: undefined }, signal);
  expect(sent).toEqual(['Bearer old', 'Bearer not old']);
  expect(await answer.json()).toEqual({ error: { code: 'unauthorized' } });
});

test('a key goes to key routes only, and a token to routes of users and admins only', async () => {
  const sent: Record<string, string>[] = [];
  const send = async (_target: unknown, init?: RequestInit) => {
    sent.push(Object.fromEntries(new Headers(init?.headers)));
    return new Response();
  };
  const session = { token: async () => 'token', tokenAfter: async () => 'token' };
  const call = { method: 'GET', target: '/v1/me', headers: {}, body: undefined };
  for (const access of ['public', 'session', 'login', 'admin', 'key'] as const)
    await sendCall({ send, session }, call, { access, key: 'value' }, new AbortController().signal);
  const token = { authorization: 'Bearer token' };
  expect(sent).toEqual([{}, {}, token, token, { 'x-api-key': 'value' }]);
});

test('only the headers that callers act on are shown', () => {
  const headers = new Headers({ 'x-request-id': 'r', 'x-ratelimit-limit-requests': '10', date: 'now' });
  expect(shownHeaders(headers)).toEqual([
    ['x-ratelimit-limit-requests', '10'],
    ['x-request-id', 'r'],
  ]);
});
