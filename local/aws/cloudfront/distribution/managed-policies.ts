/** Which headers, cookies or query strings go to the origin. */
export interface Selection {
  readonly behavior: 'none' | 'all' | 'allExcept';
  readonly names: readonly string[];
}

export interface ForwardingPolicy {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queryStrings: Selection;
  /** Set by cache policies: the encodings that the edge may compress to. */
  readonly encodings: readonly ('br' | 'gzip')[];
}

const none: Selection = { behavior: 'none', names: [] };
const all: Selection = { behavior: 'all', names: [] };

const nothing: ForwardingPolicy = { headers: none, cookies: none, queryStrings: none, encodings: [] };

/** AWS's managed cache policies that our template uses: CloudFront guide, "Use managed cache policies". */
export const managedCachePolicies: ReadonlyMap<string, ForwardingPolicy> = new Map([
  // CachingDisabled
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', nothing],
  // CachingOptimized
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', { ...nothing, encodings: ['br', 'gzip'] }],
]);

/** The same of origin request policies: CloudFront guide, "Use managed origin request policies". */
export const managedOriginRequestPolicies: ReadonlyMap<string, ForwardingPolicy> = new Map([
  // AllViewerExceptHostHeader
  [
    'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    { headers: { behavior: 'allExcept', names: ['host'] }, cookies: all, queryStrings: all, encodings: [] },
  ],
]);
