import { isIP } from 'node:net';
import { runInNewContext } from 'node:vm';
import { routes } from '../../core/contract/routes.ts';
import { newKeySecret } from '../../core/keys/key-secret.ts';
import { addressGroup } from '../../core/metering/client-address.ts';
import { rateLimitHeaders } from '../../core/metering/headers.ts';
import { windowAt } from '../../core/metering/windows.ts';
import { viewerRequestCode } from '../../lib/constructs/edge/viewer-request-function.ts';

type EdgeHeaders = Record<string, { value: string; multiValue?: { value: string }[] }>;

interface EdgeEvent {
  viewer: { ip: string };
  request: { uri?: string; method?: string; headers: EdgeHeaders };
}

interface EdgeResult {
  headers: EdgeHeaders;
  statusCode?: number;
  body?: string;
}

const source = viewerRequestCode(
  'api-viewer-request',
  Map.groupBy(Object.values(routes), ({ path }) => path)
    .entries()
    .map(([path, all]) => [path, all.map(({ method }) => method.toUpperCase())] as const)
    .reduce((methods, [path, all]) => methods.set(path, all), new Map<string, string[]>()),
);

function handlerOf(globals: object = {}): (event: EdgeEvent) => EdgeResult {
  const run = runInNewContext(`${source}; handler`, globals);
  return ({ request, ...event }) =>
    run({
      context: { requestId: 'edge-id' },
      ...event,
      request: {
        uri: '/v1/chat/completions',
        method: 'POST',
        ...request,
        headers: { host, ...request.headers },
      },
    });
}

const handler = handlerOf();
const viewer = { ip: '2001:db8::7' };
const host = { value: 'd1.cloudfront.net' };

/** The headers that go on to API Gateway. CloudFront hands header names to functions in lower case. */
function passOn(headers: Record<string, string>): Record<string, string> {
  const wrapped = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const passed = handler({ viewer, request: { headers: wrapped } }).headers;
  const {
    'x-daypass-viewer-address': address,
    'x-daypass-viewer-network': network,
    'x-daypass-viewer-host': calledAs,
    host: sentHost,
    'x-daypass-day-ends-in': seconds,
    'x-daypass-day-reset': reset,
    ...others
  } = passed;
  expect(address).toEqual({ value: viewer.ip });
  expect(network).toEqual({ value: '2001:db8:0:0::' });
  expect([calledAs, sentHost]).toEqual([host, host]);
  expect(reset).toEqual({ value: `${seconds?.value}s` });
  return Object.fromEntries(Object.entries(others).map(([name, { value }]) => [name, value]));
}

const key = newKeySecret();

test('the viewer’s address takes the place of whatever the viewer sent as it, once or many times', () => {
  const forged = { value: '192.0.2.1', multiValue: [{ value: '192.0.2.1' }, { value: '192.0.2.2' }] };
  const names = ['address', 'network', 'host'];
  const sent = Object.fromEntries(names.map((name) => [`x-daypass-viewer-${name}`, forged]));
  const { headers } = handler({ viewer, request: { headers: sent } });
  expect(headers).toMatchObject({
    'x-daypass-viewer-address': { value: viewer.ip },
    'x-daypass-viewer-network': { value: '2001:db8:0:0::' },
    'x-daypass-viewer-host': host,
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:db8:1:2::6', '2001:db8:1:2::'],
  ['2001:db8::6', '2001:db8:0:0::'],
  ['1::2:3:4:5:6:7', '1:0:2:3::'],
  ['::1', '0:0:0:0::'],
  ['2001:db8:1:2::', '2001:db8:1:2::'],
])('the web ACL counts %s as %s, an address that it can read', (ip, network) => {
  const { headers } = handler({ viewer: { ip }, request: { headers: {} } });
  expect(headers['x-daypass-viewer-network']).toEqual({ value: network });
  expect(isIP(network)).toBeGreaterThan(0);
});

test('a network of the web ACL is one client of the limits behind it', () => {
  for (const ip of ['192.0.2.7', '2001:db8:1:2:3:4:5:6', '2001:db8::6', '1::2:3:4:5:6:7', '::1']) {
    const { headers } = handler({ viewer: { ip }, request: { headers: {} } });
    expect(addressGroup(headers['x-daypass-viewer-network']?.value)).toBe(addressGroup(ip));
  }
});

test.each([
  ['2026-11-27T00:00:00.000Z', 86_400],
  ['2026-11-27T11:49:41.001Z', 43_819],
  ['2026-11-27T23:59:59.001Z', 1],
  ['2026-11-27T23:59:59.999Z', 1],
])('at %s the day ends in %i seconds, in the form of the gate’s own headers', (time, seconds) => {
  const now = Date.parse(time);
  const handlerThen = handlerOf({ Date: { now: () => now } });
  const forged = { value: '1', multiValue: [{ value: '1' }, { value: '2' }] };
  const sent = { 'x-daypass-day-ends-in': forged, 'x-daypass-day-reset': forged };
  expect(handlerThen({ viewer, request: { headers: sent } }).headers).toMatchObject({
    'x-daypass-day-ends-in': { value: String(seconds) },
    'x-daypass-day-reset': { value: `${seconds}s` },
  });
  const standing = { limit: 10, remaining: 0, resetsAt: windowAt('day', now).endsAt };
  expect(rateLimitHeaders('requests', standing, now)['x-ratelimit-reset-requests']).toBe(`${seconds}s`);
});

test.each([
  ['as clients send it', `Bearer ${key}`],
  ['in lower case', `bearer ${key}`],
  ['in upper case', `BEARER ${key}`],
  ['with more than one space', `Bearer   ${key}`],
  ['with space around it', `  Bearer ${key}  `],
])('a key sent as a bearer token moves to x-api-key: %s', (_, authorization) => {
  expect(passOn({ accept: 'h', authorization })).toEqual({ accept: 'h', 'x-api-key': key });
});

test('a login token stays where it is', () => {
  const headers = { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl' };
  expect(passOn(headers)).toEqual(headers);
});

test('a login token and a key side by side both stay', () => {
  const headers = { authorization: 'Bearer a.b.c', 'x-api-key': key };
  expect(passOn(headers)).toEqual(headers);
});

test('an x-api-key that is there already wins, and the bearer key goes no further', () => {
  const other = newKeySecret();
  expect(passOn({ authorization: `Bearer ${key}`, 'x-api-key': other })).toEqual({ 'x-api-key': other });
});

test('a request without Authorization passes as it is', () => {
  expect(passOn({ accept: 'h' })).toEqual({ accept: 'h' });
  expect(passOn({ 'x-api-key': key })).toEqual({ 'x-api-key': key });
});

test('a key sent as api-key moves to x-api-key, and one that is there already wins', () => {
  const other = newKeySecret();
  expect(passOn({ 'api-key': ` ${key} ` })).toEqual({ 'x-api-key': key });
  expect(passOn({ 'api-key': key, 'x-api-key': other })).toEqual({ 'x-api-key': other });
  expect(passOn({ 'api-key': key, authorization: `Bearer ${other}` })).toEqual({ 'x-api-key': other });
  expect(passOn({ 'api-key': 'another-service' })).toEqual({ 'api-key': 'another-service' });
});

test.each([
  ['no scheme', key],
  ['another scheme', `Basic ${key}`],
  ['a scheme of another name', `Token ${key}`],
  ['quotes', `Bearer "${key}"`],
  ['a tab in between', `Bearer\t${key}`],
  ['Bearer twice', `Bearer Bearer ${key}`],
  ['two keys', `Bearer ${key} ${key}`],
])('a key in an Authorization header of another form is told by name: %s', (_, authorization) => {
  const {
    statusCode,
    headers,
    body = '',
  } = handler({
    viewer,
    request: { headers: { authorization: { value: authorization } } },
  });
  expect(statusCode).toBe(401);
  expect(JSON.parse(body)).toEqual({
    type: 'error',
    error: {
      message: expect.stringContaining('`Authorization: Bearer KEY`'),
      type: 'authentication_error',
      code: 'invalid_api_key',
      param: null,
      docs: '/docs#error-invalid_api_key',
    },
    request_id: 'edge-id',
  });
  expect(body).not.toContain(key);
  expect(headers).toMatchObject({
    'access-control-allow-origin': { value: '*' },
    'x-request-id': { value: 'edge-id' },
  });
});

test.each(['/v1/me', '/v1/api-keys', '/v1/usage'])(
  'on %s, which takes no key, it is left to the route',
  (uri) => {
    const headers = { authorization: { value: key } };
    expect(handler({ viewer, request: { method: 'GET', uri, headers } })).toMatchObject({ headers });
  },
);

test('with a key as x-api-key whatever Authorization holds passes', () => {
  const headers = { authorization: `Basic ${key}`, 'x-api-key': key };
  expect(passOn(headers)).toEqual(headers);
});

test.each([
  '/v1/v1/messages',
  '/v1/V1/messages',
  '/v1/v1',
  '/v1//chat/completions',
  '//v1/chat/completions',
  '/./v1/models',
])('%s is a wrong base URL, and the right one is told', (uri) => {
  const { statusCode, body = '' } = handler({
    viewer,
    request: { uri, headers: { host: { value: 'd1.cloudfront.net' } } },
  });
  expect(statusCode).toBe(404);
  expect(JSON.parse(body).error).toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('https://d1.cloudfront.net/v1 for OpenAI clients'),
  });
});

test.each(['/v1/models/v1', '/v1/v1beta', '/v1/'])('%s goes on to API Gateway', (uri) => {
  expect(handler({ viewer, request: { method: 'GET', uri, headers: {} } })).toMatchObject({ uri });
});

test.each([
  ['PUT', '/v1/api-keys', 'POST, GET'],
  ['HEAD', '/v1/models', 'GET'],
  ['GET', '/v1/chat/completions', 'POST'],
  ['POST', '/v1/api-keys/key_1', 'GET, PATCH, DELETE'],
  ['GET', '/v1/api-keys/key_1/rotate', 'POST'],
])('%s is refused at %s by name, with what it takes instead', (method, uri, allowed) => {
  const refused = handler({ viewer, request: { method, uri, headers: {} } });
  expect(refused.statusCode).toBe(405);
  expect(new Set(refused.headers.allow?.value.split(', '))).toEqual(
    new Set([...allowed.split(', '), 'OPTIONS']),
  );
  expect(JSON.parse(refused.body ?? '').error).toMatchObject({
    code: 'method_not_allowed',
    type: 'invalid_request_error',
    message: expect.stringContaining(`but not ${method}`),
  });
});

test.each(Object.values(routes))(
  '$method $path goes on to API Gateway, and so does its preflight',
  (route) => {
    const uri = route.path.replaceAll(/\{.*?\}/g, 'x_1');
    for (const method of [route.method.toUpperCase(), 'OPTIONS']) {
      expect(handler({ viewer, request: { method, uri, headers: {} } })).toMatchObject({ uri });
    }
  },
);

test.each(['/v1/api-keys/', '/v1/api-keys/a/b', '/v1/nothing', '/v1/toString'])(
  'any method at %s, which is no route, is left to API Gateway',
  (uri) => {
    expect(handler({ viewer, request: { method: 'PUT', uri, headers: {} } })).toMatchObject({ uri });
  },
);

test('the whole function keeps 1 kB of the 10 kB that CloudFront takes', () => {
  expect(Buffer.byteLength(source)).toBeLessThan(9 * 1024);
});

test.each([
  ['an empty header', ''],
  ['no token', 'Bearer '],
  ['no space', `Bearer${key}`],
  ['one character less', `Bearer ${key.slice(0, -1)}`],
  ['one character more', `Bearer ${key}a`],
  ['another prefix', `Bearer xyz${key.slice(3)}`],
  ['a character that keys never have', `Bearer ${key.slice(0, -1)}-`],
  ['a login token that contains one by chance', `Bearer eyJh.${key}.c2ln`],
])('what has not the form of a key is left alone: %s', (_, authorization) => {
  expect(passOn({ authorization })).toEqual({ authorization });
});

test('a prefix in other letters is no key', () => {
  const authorization = `Bearer DPK${key.slice(3)}`;
  expect(passOn({ authorization })).toEqual({ authorization });
});
