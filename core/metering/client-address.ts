import { createHash, timingSafeEqual } from 'node:crypto';

/** CloudFront sets these on every call and overwrites what the caller sent: lib/constructs/edge/edge.ts. */
const viewerHeader = 'x-daypass-viewer-address';
const networkHeader = 'x-daypass-viewer-network';
const hostHeader = 'x-daypass-viewer-host';
const proofHeader = 'x-daypass-edge-proof';
/** The same proof for API Gateway's resource policy: lib/constructs/http-api.ts. */
const policyHeader = 'referer';
/** Meant for API Gateway's refusals: lib/constructs/gateway-refusals.ts. */
const dayEndHeaders = ['x-daypass-day-ends-in', 'x-daypass-day-reset'] as const;

/** Names in lower case. */
type Headers = Readonly<Record<string, string | undefined>>;

/**
 * The address a call came from: the one that CloudFront reports if the call proves that it came through our distribution,
 * otherwise the one that API Gateway saw. No caller can choose it.
 * @param edgeProof the token that CloudFront sends, or two of them between commas while one replaces the other; without one no
 * claim is believed
 */
export function clientAddress(sourceIp: string, headers: Headers, edgeProof: string | undefined): string {
  if (!isSame(headers[proofHeader], edgeProof)) return sourceIp;
  // Falling back to CloudFront's own addresses would give a separate count on each to a caller who suppresses the header.
  return headers[viewerHeader] || 'unknown';
}

/**
 * The host under which CloudFront was called, which also serves the console. CloudFront takes no call under another.
 * @returns undefined for a call that doesn't prove that it came through our distribution
 */
export function edgeHost(headers: Headers, edgeProof: string | undefined): string | undefined {
  return isSame(headers[proofHeader], edgeProof) ? headers[hostHeader] : undefined;
}

/** Headers without the edge's own, which other code could pass on or log. */
export function withoutEdgeHeaders({
  [viewerHeader]: _viewer,
  [networkHeader]: _network,
  [hostHeader]: _host,
  [proofHeader]: _proof,
  [policyHeader]: _policyProof,
  [dayEndHeaders[0]]: _seconds,
  [dayEndHeaders[1]]: _duration,
  ...headers
}: Headers): Headers {
  return headers;
}

/** Digests are of equal length, so the time reveals nothing about either text. */
function isSame(given: string | undefined, expected: string | undefined): boolean {
  if (!given || !expected) return false;
  return expected.split(',').some((one) => one !== '' && timingSafeEqual(digest(given), digest(one)));
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * What counts as one client: an IPv4 address, or the first half of an IPv6 address, since a client usually has all 2^64
 * addresses of its network.
 */
export function addressGroup(address: string | undefined): string {
  if (address === undefined) return '';
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
