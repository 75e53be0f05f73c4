import type { ErrorCode } from '../errors.ts';

const again = 'Try again, and quote the request id if it goes on.';

/** What API Gateway itself says, on any route, before or in place of a function. */
export const gatewayMessages = {
  invalid_api_key:
    'This API key is missing or not valid. Send it as `x-api-key: KEY`, or through CloudFront as `Authorization: Bearer KEY`; create one in the console or with POST /v1/api-keys. One that was created, rotated or moved to another plan less than a minute ago may not be known everywhere yet: try again.',
  rate_limit_exceeded: 'Too many calls at once. Slow down and try again.',
  gateway_timeout: `The answer took too long. ${again}`,
  service_unavailable: `This call could not be taken right now. ${again}`,
} as const satisfies Partial<Record<ErrorCode, string>>;
