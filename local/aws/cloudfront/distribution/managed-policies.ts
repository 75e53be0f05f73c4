import type { ForwardingPolicy, Selection } from './policies.ts';

const none: Selection = { behavior: 'none', names: [] };
const all: Selection = { behavior: 'all', names: [] };
const only = (...names: string[]): Selection => ({ behavior: 'whitelist', names });

const policy = (
  headers: Selection,
  cookies: Selection,
  queryStrings: Selection,
  encodings: ForwardingPolicy['encodings'] = [],
): ForwardingPolicy => ({ headers, cookies, queryStrings, encodings });

/** AWS's managed cache policies: docs.aws.amazon.com → CloudFront → "Use managed cache policies". */
export const managedCachePolicies: ReadonlyMap<string, ForwardingPolicy> = new Map([
  // CachingDisabled
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', policy(none, none, none)],
  // CachingOptimized
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', policy(none, none, none, ['br', 'gzip'])],
  // CachingOptimizedForUncompressedObjects
  ['b2884449-e4de-46a7-ac36-70bc7f1ddd6d', policy(none, none, none)],
]);

/** AWS's managed origin request policies: same guide, "Use managed origin request policies". */
export const managedOriginRequestPolicies: ReadonlyMap<string, ForwardingPolicy> = new Map([
  // AllViewer
  ['216adef6-5c7f-47e4-b989-5492eafa07d3', policy({ behavior: 'allViewer', names: [] }, all, all)],
  // AllViewerExceptHostHeader
  ['b689b0a8-53d0-40ab-baf2-68738e2966ac', policy({ behavior: 'allExcept', names: ['host'] }, all, all)],
  // CORS-CustomOrigin
  ['59781a5b-3903-41f3-afcb-af62929ccde1', policy(only('origin'), none, none)],
  // CORS-S3Origin
  [
    '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
    policy(only('origin', 'access-control-request-headers', 'access-control-request-method'), none, none),
  ],
  // HostHeaderOnly
  ['bf0718e1-ba1e-49d1-88b1-f726733018ae', policy(only('host'), none, none)],
  // UserAgentRefererHeaders
  ['acba4595-bd28-49b8-b9fe-13317c0390fa', policy(only('user-agent', 'referer'), none, none)],
]);
