/** Headers that pages of any origin may read, on every answer of the API, whoever gives it. */
export const exposedHeaders: readonly string[] = [
  'x-request-id',
  'request-id',
  'retry-after',
  'x-should-retry',
  'x-daypass-model',
  ...['requests', 'tokens'].flatMap((unit) =>
    ['limit', 'remaining', 'reset'].map((what) => `x-ratelimit-${what}-${unit}`),
  ),
];

/** How long browsers are to reach this host and those below it by HTTPS only: two years. */
export const httpsOnlySeconds = 63_072_000;
