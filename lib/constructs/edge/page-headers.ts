import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { httpsOnlySeconds } from '../../../core/contract/https-only.ts';

/** Headers of the console's pages: the content security policy and what else browsers enforce. */
export function pageHeaders(scope: Construct): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'SiteHeaders', {
    responseHeadersPolicyName: nameInAccount(scope, 'site'),
    comment: 'Daypass console',
    customHeadersBehavior: {
      customHeaders: [
        {
          header: 'permissions-policy',
          value: ['camera', 'geolocation', 'microphone', 'payment', 'usb']
            .map((name) => `${name}=()`)
            .join(', '),
          override: true,
        },
        { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
        { header: 'cross-origin-resource-policy', value: 'same-origin', override: true },
      ],
    },
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        override: true,
        contentSecurityPolicy: [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          "font-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'",
        ].join('; '),
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.seconds(httpsOnlySeconds),
        includeSubdomains: true,
        override: true,
      },
    },
  });
}

/** CloudFront's names must be unique in an account, in all Regions together. CDK's own don't contain the Region. */
export function nameInAccount(scope: Construct, what: string): string {
  return `${Stack.of(scope).stackName}-${Aws.REGION}-${what}`;
}
