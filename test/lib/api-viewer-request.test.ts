import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { newKeyValue } from '../../core/keys/key-value.ts';

interface EdgeRequest {
  headers: Record<string, { value: string; multiValue?: { value: string }[] }>;
}

interface EdgeEvent {
  viewer: { ip: string };
  request: EdgeRequest;
}

const source = readFileSync(new URL('../../lib/constructs/api-viewer-request.js', import.meta.url), 'utf8');
const handler: (event: EdgeEvent) => EdgeRequest = runInNewContext(`${source}; handler`);
const viewer = { ip: '2001:db8::7' };

/** The headers that go on to API Gateway. CloudFront hands header names to functions in lower case. */
function passOn(headers: Record<string, string>): Record<string, string> {
  const wrapped = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const passed = handler({ viewer, request: { headers: wrapped } }).headers;
  const { 'x-daypass-viewer-address': address, ...others } = passed;
  expect(address).toEqual({ value: viewer.ip });
  return Object.fromEntries(Object.entries(others).map(([name, { value }]) => [name, value]));
}

const key = newKeyValue();

test('the viewer’s address takes the place of whatever the viewer sent as it, once or many times', () => {
  const forged = { value: '192.0.2.1', multiValue: [{ value: '192.0.2.1' }, { value: '192.0.2.2' }] };
  const { headers } = handler({ viewer, request: { headers: { 'x-daypass-viewer-address': forged } } });
  expect(headers).toEqual({ 'x-daypass-viewer-address': { value: viewer.ip } });
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
