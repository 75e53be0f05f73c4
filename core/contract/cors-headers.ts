/** Headers that pages of any origin may send. SDKs add some of their own, and `*` does not cover `authorization`. */
export const allowedHeaders: readonly string[] = [
  '*',
  'authorization',
  'x-api-key',
  'content-type',
  'idempotency-key',
];

/** Headers that pages of any origin may read, in answers of the functions and of API Gateway. */
export const exposedHeaders: readonly string[] = [
  'x-request-id',
  'request-id',
  'retry-after',
  'x-should-retry',
  'x-daypass-model',
  'x-daypass-ignored',
  'x-daypass-spend-warning',
  ...['requests', 'tokens', 'dollars'].flatMap((unit) =>
    ['limit', 'remaining', 'reset'].map((what) => `x-ratelimit-${what}-${unit}`),
  ),
];
