import type { AddedHeader, CorsConfiguration, ResponseHeadersPolicy } from './response-headers-policy.ts';

const everyOrigin: CorsConfiguration = {
  AccessControlAllowCredentials: false,
  AccessControlAllowHeaders: { Items: ['*'] },
  AccessControlAllowMethods: { Items: ['GET'] },
  AccessControlAllowOrigins: { Items: ['*'] },
  OriginOverride: false,
};

const withPreflight: CorsConfiguration = {
  ...everyOrigin,
  AccessControlAllowMethods: { Items: ['ALL'] },
  AccessControlExposeHeaders: { Items: ['*'] },
};

const security: readonly AddedHeader[] = [
  { name: 'referrer-policy', value: 'strict-origin-when-cross-origin', override: false },
  { name: 'strict-transport-security', value: 'max-age=31536000', override: false },
  { name: 'x-content-type-options', value: 'nosniff', override: true },
  { name: 'x-frame-options', value: 'SAMEORIGIN', override: false },
  { name: 'x-xss-protection', value: '1; mode=block', override: false },
];

const policy = (
  cors: CorsConfiguration | undefined,
  added: readonly AddedHeader[] = [],
): ResponseHeadersPolicy => ({
  cors,
  added,
  removed: [],
});

/** AWS's managed response headers policies: CloudFront guide, "Use managed response headers policies". */
export const managedResponseHeadersPolicies: ReadonlyMap<string, ResponseHeadersPolicy> = new Map([
  // SimpleCORS
  ['60669652-455b-4ae9-85a4-c4c02393f86c', policy(everyOrigin)],
  // CORS-With-Preflight
  ['5cc3b908-e619-4b99-88e5-2cf7f45965bd', policy(withPreflight)],
  // SecurityHeadersPolicy
  ['67f7725c-6f97-4210-82d7-5512b31e9d03', policy(undefined, security)],
  // CORS-and-SecurityHeadersPolicy
  ['e61eb60c-9c35-4d20-a928-2b84e02af89c', policy(everyOrigin, security)],
  // CORS-with-preflight-and-SecurityHeadersPolicy
  ['eaab4381-ed33-4a86-88ca-d9558dc6cd63', policy(withPreflight, security)],
]);
