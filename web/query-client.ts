import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

const mostRetries = 2;

/** Failures are retried, refusals are not. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // Being offline is an error that is explained, not endless loading. Reconnecting retries.
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (count, error) =>
          count < mostRetries &&
          error instanceof ApiError &&
          (error.kind === 'network' || error.kind === 'server'),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
