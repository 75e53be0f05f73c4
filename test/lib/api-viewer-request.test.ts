import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { runInNewContext } from 'node:vm';
import { newKeyValue } from '../../core/keys/key-value.ts';
import { addressGroup } from '../../core/metering/client-address.ts';
import { rateLimitHeaders } from '../../core/metering/headers.ts';
import { windowAt } from '../../core/metering/windows.ts';

interface EdgeRequest {
  headers: Record<string, { value: string; multiValue?: { value: string }[] }>;
}

interface EdgeEvent {
  viewer: { ip: string };
  request: EdgeRequest;
}

const source = readFileSync(
  new URL('../../lib/constructs/edge/api-viewer-request.js', import.meta.url),
  'utf8',
);
const handler: (event: EdgeEvent) => EdgeRequest = runInNewContext(`${source}; handler`);
const viewer = { ip: '2001:db8::7' };

/** The headers that go on to API Gateway. CloudFront hands header names to functions in lower case. */
function passOn(headers: Record<string, string>): Record<string, string> {
  const wrapped = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const passed = handler({ viewer, request: { headers: wrapped } }).headers;
  const {
    'x-daypass-viewer-address': address,
    'x-daypass-viewer-network': network,
    'x-daypass-day-ends-in': seconds,
    'x-daypass-day-reset': reset,
    ...others
  } = passed;
  expect(address).toEqual({ value: viewer.ip });
  expect(network).toEqual({ value: '2001:db8:0:0::' });
  expect(reset).toEqual({ value: `${seconds?.value}s` });
  return Object.fromEntries(Object.entries(others).map(([name, { value }]) => [name, value]));
}

const key = newKeyValue();

test('the viewer’s address takes the place of whatever the viewer sent as it, once or many times', () => {
  const forged = { value: '192.0.2.1', multiValue: [{ value: '192.0.2.1' }, { value: '192.0.2.2' }] };
  const sent = { 'x-daypass-viewer-address': forged, 'x-daypass-viewer-network': forged };
  const { headers } = handler({ viewer, request: { headers: sent } });
  expect(headers).toMatchObject({
    'x-daypass-viewer-address': { value: viewer.ip },
    'x-daypass-viewer-network': { value: '2001:db8:0:0::' },
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
  const handlerThen: typeof handler = runInNewContext(`${source}; handler`, { Date: { now: () => now } });
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
  expect(passOn({ host: 'h', authorization })).toEqual({ host: 'h', 'x-api-key': key });
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
  const other = newKeyValue();
  expect(passOn({ authorization: `Bearer ${key}`, 'x-api-key': other })).toEqual({ 'x-api-key': other });
});

test('a request without Authorization passes as it is', () => {
  expect(passOn({ host: 'h' })).toEqual({ host: 'h' });
  expect(passOn({ 'x-api-key': key })).toEqual({ 'x-api-key': key });
});

test.each([
  ['an empty header', ''],
  ['no token', 'Bearer '],
  ['another scheme', `Basic ${key}`],
  ['no scheme', key],
  ['no space', `Bearer${key}`],
  ['a tab in between', `Bearer\t${key}`],
  ['one character less', `Bearer ${key.slice(0, -1)}`],
  ['one character more', `Bearer ${key}a`],
  ['another prefix', `Bearer xyz${key.slice(3)}`],
  ['a character that keys never have', `Bearer ${key.slice(0, -1)}-`],
  ['two keys', `Bearer ${key} ${key}`],
])('what has not the form of a key is left alone: %s', (_, authorization) => {
  expect(passOn({ authorization })).toEqual({ authorization });
});

test('a prefix in other letters is no key', () => {
  const authorization = `Bearer DPK${key.slice(3)}`;
  expect(passOn({ authorization })).toEqual({ authorization });
});
