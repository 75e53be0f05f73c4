import * as z from 'zod';
import { isUnsupportedCloudFrontHeader } from '../cloudfront-headers.ts';

const names = z.array(z.string()).default([]);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** Which headers, cookies or query strings go to the origin. */
export interface Selection {
  readonly behavior: string;
  readonly names: readonly string[];
}

export interface ForwardingPolicy {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queryStrings: Selection;
  /** Set by cache policies: the encodings the edge may compress to. */
  readonly encodings: readonly ('br' | 'gzip')[];
}

const forwardingFields = {
  HeadersConfig: z.object({ HeaderBehavior: z.string(), Headers: names }),
  CookiesConfig: z.object({ CookieBehavior: z.string(), Cookies: names }),
  QueryStringsConfig: z.object({ QueryStringBehavior: z.string(), QueryStrings: names }),
};

const cachePolicy = z.looseObject({
  CachePolicyConfig: z.looseObject({
    ParametersInCacheKeyAndForwardedToOrigin: z.looseObject({
      ...forwardingFields,
      EnableAcceptEncodingGzip: flag.default(false),
      EnableAcceptEncodingBrotli: flag.default(false),
    }),
  }),
});

const originRequestPolicy = z.looseObject({ OriginRequestPolicyConfig: z.looseObject(forwardingFields) });

/** @param properties of `AWS::CloudFront::CachePolicy`. Nothing is cached here; its key still goes to the origin. */
export function parseCachePolicy(properties: Readonly<Record<string, unknown>>): ForwardingPolicy {
  const parameters = read(cachePolicy, properties).CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin;
  return {
    ...selections(parameters),
    encodings: [
      ...(parameters.EnableAcceptEncodingBrotli ? (['br'] as const) : []),
      ...(parameters.EnableAcceptEncodingGzip ? (['gzip'] as const) : []),
    ],
  };
}

/** @param properties of `AWS::CloudFront::OriginRequestPolicy` */
export function parseOriginRequestPolicy(properties: Readonly<Record<string, unknown>>): ForwardingPolicy {
  return { ...selections(read(originRequestPolicy, properties).OriginRequestPolicyConfig), encodings: [] };
}

type Fields = { [Name in keyof typeof forwardingFields]: z.infer<(typeof forwardingFields)[Name]> };

function selections({ HeadersConfig, CookiesConfig, QueryStringsConfig }: Fields) {
  const headers = HeadersConfig.Headers.map((name) => name.toLowerCase());
  const unknown =
    HeadersConfig.HeaderBehavior === 'allExcept' ? undefined : headers.find(isUnsupportedCloudFrontHeader);
  if (unknown !== undefined) throw new Error(`header ${unknown} is not supported by the local edge.`);
  return {
    headers: { behavior: HeadersConfig.HeaderBehavior, names: headers },
    cookies: { behavior: CookiesConfig.CookieBehavior, names: CookiesConfig.Cookies },
    queryStrings: {
      behavior: QueryStringsConfig.QueryStringBehavior,
      names: QueryStringsConfig.QueryStrings,
    },
  };
}

function read<T>(schema: z.ZodType<T>, properties: unknown): T {
  const parsed = schema.safeParse(properties);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}
