import { answer, integration, type StartedGateway, startGateway } from './start-gateway.ts';

let started: StartedGateway;

beforeAll(async () => {
  started = await startGateway({ restApi: { BinaryMediaTypes: ['image/png'] } });
  started.method('GET', '/f', { Integration: integration('f') });
});
afterAll(() => started.close());

const call = (result: unknown, init?: RequestInit) => {
  started.functions.f = () => answer(result);
  return fetch(`${started.url}/f`, init);
};

test('status, headers, repeated headers and body reach the caller', async () => {
  const response = await call({
    statusCode: 201,
    headers: { 'Content-Type': 'text/plain', 'X-Number': 5, 'X-Twice': 'single', 'X-Null': null },
    multiValueHeaders: { 'x-twice': ['one', 'two'], 'Set-Cookie': ['a=1; Path=/', 'b=2'] },
    body: 'grüße',
  });
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(response.headers.get('x-number')).toBe('5');
  expect(response.headers.get('x-twice')).toBe('one, two');
  expect(response.headers.has('x-null')).toBe(false);
  expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
  expect(await response.text()).toBe('grüße');
});

test('without a content type of its own an answer is application/json', async () => {
  expect((await call({ statusCode: '200' })).headers.get('content-type')).toBe('application/json');
});

test('headers that API Gateway reserves are renamed', async () => {
  const response = await call({
    statusCode: 200,
    headers: {
      'WWW-Authenticate': 'Bearer',
      'Content-Length': '3',
      Date: 'x',
      'Transfer-Encoding': 'chunked',
    },
    body: '{}',
  });
  expect(response.headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer');
  expect(response.headers.get('x-amzn-remapped-content-length')).toBe('3');
  expect(response.headers.get('content-length')).toBe('2');
  expect(response.headers.has('www-authenticate')).toBe(false);
  expect(await response.text()).toBe('{}');
});

test('base64 is decoded only for a caller who accepts a binary media type', async () => {
  const image = {
    statusCode: 200,
    headers: { 'content-type': 'image/png' },
    body: 'iVBORw==',
    isBase64Encoded: true,
  };
  const accepted = await call(image, { headers: { accept: 'image/png, */*' } });
  expect(Buffer.from(await accepted.arrayBuffer())).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  expect(await (await call(image, { headers: { accept: 'text/html' } })).text()).toBe('iVBORw==');
});

test.each([
  ['a text', 'hello'],
  ['null', null],
  ['no status', { body: 'x' }],
  ['a status that is not a number', { statusCode: 'OK' }],
  ['a status out of range', { statusCode: 99 }],
  ['an informational status', { statusCode: 100 }],
  ['a body that is not a text', { statusCode: 200, body: { a: 1 } }],
  ['a header that is not a text', { statusCode: 200, headers: { a: ['b'] } }],
  ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nset-cookie: c' } }],
  ['a header name with a space', { statusCode: 200, headers: { 'a b': 'c' } }],
  ['single values where lists belong', { statusCode: 200, multiValueHeaders: { a: 'b' } }],
])('%s is a malformed proxy response: 502', async (_case, result) => {
  const response = await call(result);
  expect(response.status).toBe(502);
  expect(response.headers.get('x-amzn-errortype')).toBe('InternalServerErrorException');
  expect(await response.json()).toEqual({ message: 'Internal server error' });
});

test('a function error is 502 and shows nothing of the error', async () => {
  started.functions.f = () => ({
    payload: '{"errorMessage":"secret","errorType":"Error"}',
    functionError: 'Unhandled',
  });
  const response = await fetch(`${started.url}/f`);
  expect(response.status).toBe(502);
  expect(await response.text()).not.toContain('secret');
});

test('an answer after the timeout is discarded', async () => {
  started.method('GET', '/late', { Integration: integration('late', false, { TimeoutInMillis: 50 }) });
  let finish = () => {};
  started.functions.late = () =>
    new Promise((resolve) => {
      finish = () => resolve(answer({ statusCode: 200 }));
    });
  const response = await fetch(`${started.url}/late`);
  expect(response.status).toBe(504);
  finish();
  started.functions.late = () => answer({ statusCode: 200 });
  expect((await fetch(`${started.url}/late`)).status).toBe(200);
});
