import { randomBytes } from 'node:crypto';
import {
  addressGroup,
  clientAddress,
  edgeHost,
  withoutEdgeHeaders,
} from '../../../core/metering/client-address.ts';

const proof = randomBytes(24).toString('hex');
const cloudFront = '203.0.113.9';
const viewer = '192.0.2.1';
const fromEdge = {
  'x-daypass-viewer-address': viewer,
  'x-daypass-viewer-host': 'llm.example.com',
  'x-daypass-edge-proof': proof,
  referer: proof,
};

test('a call that proves it came through CloudFront counts for the viewer’s address', () => {
  expect(clientAddress(cloudFront, fromEdge, proof)).toBe(viewer);
});

test.each([
  ['no proof', undefined],
  ['an empty proof', ''],
  ['another proof', randomBytes(24).toString('hex')],
  ['the proof and more', `${proof}0`],
  ['the proof twice', `${proof}, ${proof}`],
  ['a part of the proof', proof.slice(0, -1)],
  ['the proof in upper case', proof.toUpperCase()],
])('with %s a call counts for the address that API Gateway saw, whatever it claims', (_, sent) => {
  const headers = { ...fromEdge, 'x-daypass-edge-proof': sent };
  expect(clientAddress(cloudFront, headers, proof)).toBe(cloudFront);
});

test.each([undefined, ''])('without a configured proof no claim is believed: %j', (expected) => {
  expect(clientAddress(cloudFront, fromEdge, expected)).toBe(cloudFront);
  expect(clientAddress(cloudFront, { ...fromEdge, 'x-daypass-edge-proof': '' }, expected)).toBe(cloudFront);
});

test.each([undefined, ''])(
  'calls that CloudFront sends without a viewer’s address are one client: %j',
  (lost) => {
    const headers = { ...fromEdge, 'x-daypass-viewer-address': lost };
    const seen = [cloudFront, '203.0.113.10'].map((address) => clientAddress(address, headers, proof));
    expect(new Set(seen)).toEqual(new Set(['unknown']));
  },
);

test('while one proof replaces another, both are believed, and nothing else', () => {
  const next = randomBytes(24).toString('hex');
  for (const sent of [proof, next])
    expect(clientAddress(cloudFront, { ...fromEdge, 'x-daypass-edge-proof': sent }, `${proof},${next}`)).toBe(
      viewer,
    );
  for (const sent of [`${proof},${next}`, '', ','])
    expect(clientAddress(cloudFront, { ...fromEdge, 'x-daypass-edge-proof': sent }, `${proof},${next}`)).toBe(
      cloudFront,
    );
});

test('X-Forwarded-For and similar headers change nothing', () => {
  const headers = { 'x-forwarded-for': viewer, forwarded: `for=${viewer}`, 'x-real-ip': viewer };
  expect(clientAddress(cloudFront, headers, proof)).toBe(cloudFront);
});

test('the host is CloudFront’s with its proof, and nobody’s without', () => {
  expect(edgeHost(fromEdge, proof)).toBe('llm.example.com');
  expect(edgeHost({ ...fromEdge, 'x-daypass-edge-proof': undefined }, proof)).toBeUndefined();
  expect(edgeHost(fromEdge, undefined)).toBeUndefined();
});

test('CloudFront’s proof is removed, and all other headers are passed on', () => {
  expect(withoutEdgeHeaders({ ...fromEdge, origin: 'https://example.com' })).toEqual({
    origin: 'https://example.com',
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, ''],
])('%s counts as %s', (address, group) => {
  expect(addressGroup(address)).toBe(group);
});

test('addresses of one IPv6 network are one client, those of two networks are two', () => {
  expect(addressGroup('2001:db8:1:2::1')).toBe(addressGroup('2001:db8:1:2:ffff::9'));
  expect(addressGroup('2001:db8:1:2::1')).not.toBe(addressGroup('2001:db8:1:3::1'));
});
