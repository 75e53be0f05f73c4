import * as z from 'zod';

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const items = z.object({ Items: z.array(z.string()) });
const override = { Override: flag };

const securityHeaders = z.object({
  ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string(), ...override }).optional(),
  ContentTypeOptions: z.object(override).optional(),
  FrameOptions: z.object({ FrameOption: z.string(), ...override }).optional(),
  ReferrerPolicy: z.object({ ReferrerPolicy: z.string(), ...override }).optional(),
  StrictTransportSecurity: z
    .object({
      AccessControlMaxAgeSec: z.coerce.number(),
      IncludeSubdomains: flag.default(false),
      Preload: flag.default(false),
      ...override,
    })
    .optional(),
  XSSProtection: z
    .object({
      Protection: flag,
      ModeBlock: flag.default(false),
      ReportUri: z.string().optional(),
      ...override,
    })
    .optional(),
});

const cors = z.object({
  AccessControlAllowCredentials: flag,
  AccessControlAllowHeaders: items,
  AccessControlAllowMethods: items,
  AccessControlAllowOrigins: items,
  AccessControlExposeHeaders: items.optional(),
  AccessControlMaxAgeSec: z.coerce.number().optional(),
  OriginOverride: flag,
});

const configuration = z.looseObject({
  CorsConfig: cors.optional(),
  CustomHeadersConfig: z
    .object({ Items: z.array(z.object({ Header: z.string(), Value: z.string(), Override: flag })) })
    .optional(),
  RemoveHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string() })) }).optional(),
  SecurityHeadersConfig: securityHeaders.optional(),
});

export type CorsConfiguration = z.infer<typeof cors>;

/** One header a policy adds. */
export interface AddedHeader {
  readonly name: string;
  readonly value: string;
  /** Whether it replaces what the origin sent under the same name. */
  readonly override: boolean;
}

export interface ResponseHeadersPolicy {
  readonly removed: readonly string[];
  readonly added: readonly AddedHeader[];
  readonly cors: CorsConfiguration | undefined;
}

/** @param properties of `AWS::CloudFront::ResponseHeadersPolicy`; its Server-Timing sampling has no meaning here */
export function parseResponseHeadersPolicy(
  properties: Readonly<Record<string, unknown>>,
): ResponseHeadersPolicy {
  const parsed = z.looseObject({ ResponseHeadersPolicyConfig: configuration }).safeParse(properties);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { CorsConfig, CustomHeadersConfig, RemoveHeadersConfig, SecurityHeadersConfig } =
    parsed.data.ResponseHeadersPolicyConfig;
  const custom = (CustomHeadersConfig?.Items ?? []).map(({ Header, Value, Override }) => ({
    name: Header.toLowerCase(),
    value: Value,
    override: Override,
  }));
  return {
    removed: (RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header.toLowerCase()),
    added: [...security(SecurityHeadersConfig ?? {}), ...custom],
    cors: CorsConfig,
  };
}

function security(config: z.infer<typeof securityHeaders>): AddedHeader[] {
  const { ContentSecurityPolicy: csp, ContentTypeOptions, FrameOptions, ReferrerPolicy } = config;
  const { StrictTransportSecurity: hsts, XSSProtection: xss } = config;
  const added: AddedHeader[] = [];
  const add = (name: string, value: string, { Override }: { Override: boolean }) =>
    added.push({ name, value, override: Override });

  if (csp) add('content-security-policy', csp.ContentSecurityPolicy, csp);
  if (ContentTypeOptions) add('x-content-type-options', 'nosniff', ContentTypeOptions);
  if (FrameOptions) add('x-frame-options', FrameOptions.FrameOption, FrameOptions);
  if (ReferrerPolicy) add('referrer-policy', ReferrerPolicy.ReferrerPolicy, ReferrerPolicy);
  if (hsts)
    add(
      'strict-transport-security',
      [
        `max-age=${hsts.AccessControlMaxAgeSec}`,
        ...(hsts.IncludeSubdomains ? ['includeSubDomains'] : []),
        ...(hsts.Preload ? ['preload'] : []),
      ].join('; '),
      hsts,
    );
  if (xss)
    add(
      'x-xss-protection',
      [
        xss.Protection ? '1' : '0',
        ...(xss.ModeBlock ? ['mode=block'] : []),
        ...(xss.ReportUri === undefined ? [] : [`report=${xss.ReportUri}`]),
      ].join('; '),
      xss,
    );
  return added;
}
