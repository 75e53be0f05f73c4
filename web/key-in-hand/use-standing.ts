import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { keyRoutes } from '../../core/contract/api-keys.ts';
import type { AnswerOf, Api } from '../api.ts';
import { ApiError } from '../api-error.ts';
import { useApi } from '../shell/console-context.ts';
import type { HeldKey } from './key-in-hand.ts';

export type Standing = AnswerOf<typeof keyRoutes.getCurrentKey>;

const activationRetries = 30;
const activationPauseMs = 3000;

/** What is left of the key's limits. Asking is free: it isn't metered. */
function standingQuery(api: Api, { id, secret, isNew }: HeldKey) {
  return queryOptions({
    queryKey: ['playground-key', id],
    queryFn: ({ signal }) => api.call(keyRoutes.getCurrentKey, { key: secret, signal }),
    // A new key is refused until API Gateway has spread it.
    retry: (count, error) =>
      error instanceof ApiError &&
      (error.code === 'invalid_api_key'
        ? isNew && count < activationRetries
        : count < 2 && error.kind !== 'refusal'),
    retryDelay: activationPauseMs,
  });
}

export function useStanding(key: HeldKey) {
  return useQuery(standingQuery(useApi(), key));
}

export const refreshStanding = (queries: QueryClient, { id }: HeldKey): Promise<void> =>
  queries.invalidateQueries({ queryKey: ['playground-key', id] });

export const rememberStanding = (queries: QueryClient, { id }: HeldKey, standing: Standing): void => {
  queries.setQueryData(['playground-key', id], standing);
};
