import { randomBytes } from 'node:crypto';
import { cloudFrontHeaders } from './cloudfront-headers.ts';
import type { ForwardingPolicy, Selection } from './distribution/policies.ts';
import { append, type HeaderMap, joined, withoutHopByHop } from './header-map.ts';
import type { EdgeRequest } from './messages.ts';

/** Sent whatever the policies say, because they frame the body or name a part of the object. */
const alwaysForwarded = new Set([
  'content-length',
  'content-type',
  'content-encoding',
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
]);

/** Of the viewer's word on these the origin must hear nothing: CloudFront removes them or writes them itself. */
const neverForwarded = /^(x-amz-cf-.*|x-edge-.*|cloudfront-.*|x-real-ip|x-forwarded-proto|expect|host)$/;

/**
 * The request as the origin sees it: what any of the policies lets through, then CloudFront's own headers.
 * @param policies of the behaviour: its cache policy's key and its origin request policy add up
 */
export function forwardedRequest(request: EdgeRequest, policies: readonly ForwardingPolicy[]): EdgeRequest {
  const selectedBy = (choose: (policy: ForwardingPolicy) => Selection, name: string) =>
    policies.some((policy) => selects(choose(policy), name));

  const headers: HeaderMap = new Map();
  for (const [name, values] of withoutHopByHop(request.headers)) {
    if (neverForwarded.test(name) || name === 'cookie') continue;
    if (alwaysForwarded.has(name) || selectedBy((policy) => policy.headers, name))
      headers.set(name, [...values]);
  }
  const cookies = (joined(request.headers, 'cookie') ?? '')
    .split(/; */)
    .filter((cookie) => cookie !== '' && selectedBy((policy) => policy.cookies, nameOf(cookie)));
  if (cookies.length > 0) headers.set('cookie', [cookies.join('; ')]);
  addOwnHeaders(headers, request);
  for (const [name, value] of cloudFrontHeaders(request))
    if (policies.some((policy) => policy.headers.names.includes(name))) headers.set(name, [value]);
  if (selectedBy((policy) => policy.headers, 'host')) headers.set('host', request.headers.get('host') ?? []);

  return { ...request, headers, query: forwardedQuery(request.query, policies) };
}

function forwardedQuery(query: string, policies: readonly ForwardingPolicy[]): string {
  if (policies.some(({ queryStrings }) => queryStrings.behavior === 'all')) return query;
  return query
    .split('&')
    .filter((pair) => policies.some(({ queryStrings }) => pair !== '' && selects(queryStrings, nameOf(pair))))
    .join('&');
}

/** @returns an id as CloudFront makes one for each request */
export function requestId(): string {
  return `${randomBytes(40).toString('base64url')}==`;
}

function addOwnHeaders(headers: HeaderMap, request: EdgeRequest): void {
  if (!headers.has('user-agent')) headers.set('user-agent', ['Amazon CloudFront']);
  const chain = joined(request.headers, 'x-forwarded-for');
  headers.set('x-forwarded-for', [
    chain === undefined ? request.viewerAddress : `${chain}, ${request.viewerAddress}`,
  ]);
  append(headers, 'via', viaOf(request.id));
  headers.set('x-amz-cf-id', [request.id]);
}

export const viaOf = (id: string) =>
  `1.1 ${id
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 32)
    .toLowerCase()}.cloudfront.net (CloudFront)`;

function selects({ behavior, names }: Selection, name: string): boolean {
  switch (behavior) {
    case 'all':
    case 'allViewer':
    case 'allViewerAndWhitelistCloudFront':
      return true;
    case 'whitelist':
      return names.includes(name);
    case 'allExcept':
      return !names.includes(name);
    default:
      return false;
  }
}

const nameOf = (pair: string) => pair.split('=', 1)[0] ?? pair;
