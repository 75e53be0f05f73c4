import * as z from 'zod';

/**
 * The part of a distribution's configuration the edge acts on. What has no meaning on one machine (aliases,
 * certificate, logging, price class, geography, TLS versions) is accepted unread; what would change answers
 * and isn't done here is refused by name.
 */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** A feature that is fine when it is empty and refused when it is used. */
const unsupported = (what: string) =>
  z
    .unknown()
    .refine((value) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0), {
      error: `${what} is not supported by the local edge`,
    })
    .optional();

const functionAssociation = z.looseObject({
  EventType: z.enum(['viewer-request', 'viewer-response']),
  FunctionARN: z.string(),
});

const behavior = z.looseObject({
  TargetOriginId: z.string(),
  CachePolicyId: z.string().optional(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  Compress: flag.default(false),
  FunctionAssociations: z.array(functionAssociation).default([]),
  ForwardedValues: unsupported('ForwardedValues (use cache and origin request policies)'),
  LambdaFunctionAssociations: unsupported('Lambda@Edge'),
  TrustedSigners: unsupported('TrustedSigners'),
  TrustedKeyGroups: unsupported('TrustedKeyGroups'),
  FieldLevelEncryptionId: unsupported('FieldLevelEncryptionId'),
});

const origin = z.looseObject({
  Id: z.string(),
  DomainName: z.string(),
  OriginPath: z.string().default(''),
  OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
  S3OriginConfig: z.looseObject({}).optional(),
  CustomOriginConfig: z
    .looseObject({
      OriginReadTimeout: z.coerce.number().default(30),
      OriginKeepaliveTimeout: z.coerce.number().default(5),
    })
    .optional(),
  VpcOriginConfig: unsupported('VpcOriginConfig'),
});

const errorResponse = z
  .looseObject({
    ErrorCode: z.coerce.number(),
    ResponseCode: z.coerce.number().optional(),
    ResponsePagePath: z.string().optional(),
  })
  .refine(
    ({ ResponseCode, ResponsePagePath }) => (ResponseCode === undefined) === (ResponsePagePath === undefined),
    {
      error: 'ResponseCode and ResponsePagePath go together',
    },
  );

const configuration = z.looseObject({
  Enabled: flag,
  DefaultRootObject: z.string().default(''),
  Origins: z.array(origin),
  DefaultCacheBehavior: behavior,
  CacheBehaviors: z.array(behavior.extend({ PathPattern: z.string() })).default([]),
  CustomErrorResponses: z.array(errorResponse).default([]),
  OriginGroups: z
    .unknown()
    .refine((groups) => groups === undefined || (groups as { Quantity?: number }).Quantity === 0, {
      error: 'OriginGroups is not supported by the local edge',
    })
    .optional(),
});

export type DistributionConfiguration = z.infer<typeof configuration>;
export type Behavior = z.infer<typeof behavior>;
export type OriginConfiguration = z.infer<typeof origin>;

export interface Distribution {
  readonly id: string;
  readonly domainName: string;
  readonly configuration: DistributionConfiguration;
}

/** @param properties of `AWS::CloudFront::Distribution`, resolved */
export function parseDistribution(
  id: string,
  domainName: string,
  properties: Readonly<Record<string, unknown>>,
): Distribution {
  const parsed = z.looseObject({ DistributionConfig: configuration }).safeParse(properties);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return { id, domainName, configuration: parsed.data.DistributionConfig };
}
