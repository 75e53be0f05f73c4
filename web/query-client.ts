import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

const mostRetries = 2;

/** What failed by the way is asked for again; what was refused is not. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // Offline is an error with words, not a screen that loads for ever; the reconnection asks again.
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
