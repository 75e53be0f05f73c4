import { randomBytes } from 'node:crypto';
import type { ForwardingPolicy, Selection } from './distribution/managed-policies.ts';
import type { EdgeRequest } from './edge-request.ts';
import { append, type HeaderMap, joined, withoutHopByHop } from './header-map.ts';

/** Sent whatever the policies say, because they describe the body or select a part of the object. */
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

/** Never taken from the viewer: CloudFront removes them or writes them itself. */
const neverForwarded = /^(x-amz-cf-.*|x-edge-.*|cloudfront-.*|x-real-ip|x-forwarded-proto|expect|host)$/;

/**
 * The request as the origin sees it: what any of the policies selects, then CloudFront's own headers.
 * @param policies the behaviour's cache policy and origin request policy, which add up
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

  return { ...request, headers, query: forwardedQuery(request.query, policies) };
}

function forwardedQuery(query: string, policies: readonly ForwardingPolicy[]): string {
  if (policies.some(({ queryStrings }) => queryStrings.behavior === 'all')) return query;
  return query
    .split('&')
    .filter((pair) => policies.some(({ queryStrings }) => pair !== '' && selects(queryStrings, nameOf(pair))))
    .join('&');
}

/** @returns an id in the form of CloudFront's request ids */
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

const selects = ({ behavior, names }: Selection, name: string): boolean =>
  behavior === 'all' || (behavior === 'allExcept' && !names.includes(name));

const nameOf = (pair: string) => pair.split('=', 1)[0] ?? pair;
