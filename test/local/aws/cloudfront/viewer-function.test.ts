import { compileViewerFunction } from '../../../../local/aws/cloudfront/functions/viewer-function.ts';
import { apiBehavior, echoOrigin, edgeStarter, rawRequest, siteBehavior } from './start-edge.ts';

const edges = edgeStarter();
afterEach(() => edges.stopAll());

const withFunction = (code: string, EventType = 'viewer-request') => ({
  origin: echoOrigin,
  files: { 'index.html': 'home', 'other.html': 'other' },
  functions: { fn: code },
  config: {
    DefaultRootObject: 'index.html',
    CacheBehaviors: [{ ...apiBehavior, FunctionAssociations: [{ EventType, FunctionARN: 'fn' }] }],
    DefaultCacheBehavior: { ...siteBehavior, FunctionAssociations: [{ EventType, FunctionARN: 'fn' }] },
  },
});

const moveBearer = `
  const key = /^Bearer (dpk[A-Za-z0-9]{38})$/;
  function handler(event) {
    const headers = event.request.headers;
    const match = headers.authorization && key.exec(headers.authorization.value);
    if (match && !headers['x-api-key']) {
      headers['x-api-key'] = { value: match[1] };
      delete headers.authorization;
    }
    return event.request;
  }`;

interface Echo {
  url: string;
  headers: Record<string, string | undefined>;
}

test('a function sees the runtime’s clock, which stands still while it runs', () => {
  const clock = { time: Date.UTC(2030, 4, 6, 7), now: () => clock.time };
  const { run } = compileViewerFunction(
    'time',
    `function handler() {
      var shown = new Date();
      return {
        now: [Date.now(), shown.getTime(), shown.toISOString(), Date.UTC(2030, 0), new Date(5).getTime(), typeof Date()],
        same: shown instanceof Date && shown.constructor === Date,
      };
    }`,
    () => {},
    clock,
  );
  const at = (iso: string) => [clock.time, clock.time, iso, Date.UTC(2030, 0), 5, 'string'];
  expect(run({})).toEqual({ now: at('2030-05-06T07:00:00.000Z'), same: true });
  clock.time += 3_600_000;
  expect(run({})).toEqual({ now: at('2030-05-06T08:00:00.000Z'), same: true });
});

describe('viewer-request functions', () => {
  test('a Bearer that has the form of a key moves to x-api-key; a login token stays', async () => {
    const { port } = await edges.start(withFunction(moveBearer));
    const ask = async (authorization: string) =>
      (JSON.parse((await rawRequest(port, '/v1/a', { headers: { authorization } })).text) as Echo).headers;
    const key = `dpk${'a1'.repeat(19)}`;
    expect(await ask(`Bearer ${key}`)).toMatchObject({ 'x-api-key': key });
    expect((await ask(`Bearer ${key}`)).authorization).toBeUndefined();
    expect((await ask('Bearer eyJ.a.b')).authorization).toBe('Bearer eyJ.a.b');
    expect((await ask('Bearer eyJ.a.b'))['x-api-key']).toBeUndefined();
  });

  test('a query that a function leaves alone is passed on unchanged, whatever its names', async () => {
    const { port } = await edges.start(withFunction(moveBearer));
    const { text } = await rawRequest(port, '/v1/a?__proto__=1&constructor=2&limit=%33');
    expect((JSON.parse(text) as Echo).url).toMatch(/\?__proto__=1&constructor=2&limit=%33$/);
  });

  test('the event has the documented shape', async () => {
    const { port } = await edges.start(
      withFunction(`const handler = (event) => ({ statusCode: 200, body: JSON.stringify(event) });`),
    );
    const { text } = await rawRequest(port, '/v1/a%20b?id=42&none&many=1&many=2%2C3', {
      headers: { host: 'localhost', cookie: 'a=1; b=x=y', 'x-two': ['p', 'q'] },
    });
    expect(JSON.parse(text)).toEqual({
      version: '1.0',
      context: {
        distributionDomainName: 'd1234.cloudfront.net',
        distributionId: 'EDISTRIBUTION',
        eventType: 'viewer-request',
        requestId: expect.any(String),
      },
      viewer: { ip: '127.0.0.1' },
      request: {
        method: 'GET',
        uri: '/v1/a%20b',
        querystring: {
          id: { value: '42' },
          none: { value: '' },
          many: { value: '1', multiValue: [{ value: '1' }, { value: '2%2C3' }] },
        },
        headers: {
          host: { value: 'localhost' },
          'x-two': { value: 'p', multiValue: [{ value: 'p' }, { value: 'q' }] },
        },
        cookies: { a: { value: '1' }, b: { value: 'x=y' } },
      },
    });
  });

  test('headers that it sets replace the viewer’s, and each viewer has its own address', async () => {
    const { port } = await edges.start(
      withFunction(`function handler(event) {
        event.request.headers['x-viewer'] = { value: event.viewer.ip };
        return event.request;
      }`),
    );
    const seenFrom = async (localAddress: string) => {
      const headers = { 'x-viewer': ['10.9.8.7', '10.9.8.6'], 'X-Viewer': '10.9.8.5' };
      const { text } = await rawRequest(port, '/v1/a', { headers, localAddress });
      return (JSON.parse(text) as Echo).headers['x-viewer'];
    };
    expect(await seenFrom('127.0.0.1')).toBe('127.0.0.1');
    expect(await seenFrom('127.0.0.2')).toBe('127.0.0.2');
  });

  test('may change path, query and cookies', async () => {
    const { port } = await edges.start(
      withFunction(`function handler({ request }) {
        request.uri = '/v1/new';
        request.querystring.b = { value: '2' };
        request.cookies = { c: { value: '3' } };
        return request;
      }`),
    );
    const answer = await rawRequest(port, '/v1/old?a=1', { headers: { cookie: 'gone=1' } });
    const seen = JSON.parse(answer.text) as Echo;
    expect(seen.url).toBe('/prod/v1/new?a=1&b=2');
    expect(seen.headers.cookie).toBe('c=3');
  });

  test('parts that it leaves alone are passed on byte for byte', async () => {
    const { port } = await edges.start(
      withFunction('async function handler(event) { return event.request; }'),
    );
    const seen = JSON.parse((await rawRequest(port, '/v1/a?b&a=1&b=%20&&c')).text) as Echo;
    expect(seen.url).toBe('/prod/v1/a?b&a=1&b=%20&&c');
  });

  test('a rewritten path picks the file, not another behaviour', async () => {
    const { port } = await edges.start(
      withFunction(`function handler({ request }) { request.uri = '/other.html'; return request; }`),
    );
    expect((await rawRequest(port, '/x')).text).toBe('other');
  });

  test('may answer itself, with headers and cookies', async () => {
    const { url } = await edges.start(
      withFunction(`function handler() {
        return {
          statusCode: 302,
          headers: { location: { value: '/elsewhere' } },
          cookies: { seen: { value: '1', attributes: 'Path=/; Secure' } },
          body: { encoding: 'base64', data: 'aGk=' },
        };
      }`),
    );
    const answer = await fetch(`${url}/v1/a`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/elsewhere');
    expect(answer.headers.getSetCookie()).toEqual(['seen=1; Path=/; Secure']);
    expect(answer.headers.get('x-cache')).toBe('FunctionGeneratedResponse from cloudfront');
    expect(await answer.text()).toBe('hi');
  });

  test.each([
    ['throws', 'function handler() { throw new Error("secret"); }', 'secret'],
    ['rejects', 'async function handler() { throw new Error("secret"); }', 'secret'],
    ['never ends', 'function handler() { for (;;) {} }', 'timed out'],
    ['never ends in a promise', 'async function handler() { for (;;) await null; }', 'timed out'],
    ['waits for what never comes', 'function handler() { return new Promise(() => {}); }', 'never finished'],
    ['returns nothing', 'function handler() {}', 'neither a request nor a response'],
    ['evaluates text', 'function handler() { return eval("1"); }', 'Code generation'],
    ['needs a timer', 'function handler() { setTimeout(() => {}, 1); }', 'setTimeout is not defined'],
  ])('one that %s gets 503, and only the operator sees the reason', async (_what, code, reason) => {
    const { url, warnings } = await edges.start(withFunction(code));
    const answer = await fetch(`${url}/v1/a`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('x-cache')).toBe('FunctionExecutionError from cloudfront');
    expect(answer.headers.get('content-type')).toBe('text/html');
    const text = await answer.text();
    expect(text).not.toContain('secret');
    expect(warnings.join()).toContain(reason);
  });

  test.each([
    ['a hidden header', "request.headers['x-edge-a'] = { value: '1' };"],
    ['a read-only header', "request.headers.host = { value: 'evil' };"],
    ['an upper-case header', "request.headers['X-Up'] = { value: '1' };"],
    ['the method', "request.method = 'DELETE';"],
    ['a path without a slash', "request.uri = 'x';"],
  ])('one that sets %s gets 502', async (_what, statement) => {
    const { url } = await edges.start(
      withFunction(`function handler({ request }) { ${statement} return request; }`),
    );
    expect((await fetch(`${url}/v1/a`)).status).toBe(502);
  });

  test('keeps no state between requests', async () => {
    const { port } = await edges.start(
      withFunction('let n = 0; function handler() { n += 1; return { statusCode: 200, body: String(n) }; }'),
    );
    for (const _ of [1, 2, 3]) expect((await rawRequest(port, '/v1/a')).text).toBe('1');
  });

  test('has crypto and querystring, by import or require', () => {
    const digest = (head: string) =>
      compileViewerFunction(
        'fn',
        `${head}\nfunction handler() { return { h: crypto.createHash('sha256').update('a').digest('hex') }; }`,
      ).run({});
    expect(digest("import crypto from 'crypto';")).toEqual(digest("const crypto = require('crypto');"));
  });

  test('code that can never run stops the start by name', () => {
    expect(() => compileViewerFunction('broken', 'function {')).toThrow(/function broken: Unexpected token/);
    expect(() => compileViewerFunction('large', '/'.repeat(10_241))).toThrow(
      /large has more than 10240 bytes/,
    );
    expect(() => compileViewerFunction('store', "import cf from 'cloudfront';")).toThrow(/key value stores/);
  });
});

describe('viewer-response functions', () => {
  const addHeader = `function handler({ response }) {
    response.headers['x-from'] = { value: String(response.statusCode) };
    return response;
  }`;

  test('change headers of answers below 400 and are not run for others', async () => {
    const { url } = await edges.start(withFunction(addHeader, 'viewer-response'));
    const found = await fetch(`${url}/index.html`);
    expect(found.headers.get('x-from')).toBe('200');
    expect(await found.text()).toBe('home');
    expect((await fetch(`${url}/none`)).headers.get('x-from')).toBeNull();
  });
});
