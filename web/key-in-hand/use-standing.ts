import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { keyRoutes } from '../../core/contract/api-keys.ts';
import type { AnswerOf, Api } from '../api.ts';
import { ApiError } from '../api-error.ts';
import { useApi } from '../shell/console-context.ts';
import type { HeldKey } from './key-in-hand.ts';
import type { OwnKey } from './use-own-keys.ts';

export interface Standing extends AnswerOf<typeof keyRoutes.getCurrentKey> {
  /** Those that the key may call; null: all of them; undefined: those of its plan. */
  models?: OwnKey['models'];
}

const pauseMs = 3000;

/** What is left of the key's limits. Asking is free: it isn't metered. */
function standingQuery(api: Api, { id, keyId, secret = '' }: HeldKey) {
  return queryOptions({
    queryKey: ['playground-key', id],
    queryFn: async ({ signal }): Promise<Standing> =>
      keyId === undefined
        ? api.call(keyRoutes.getCurrentKey, { key: secret, signal })
        : standingOf(await api.call(keyRoutes.getApiKey, { path: { id: keyId }, signal })),
    retry: (count, error) => error instanceof ApiError && count < 2 && error.kind !== 'refusal',
    retryDelay: pauseMs,
  });
}

/** An own key, as `GET /v1/api-key` reports it. */
function standingOf(key: OwnKey): Standing {
  const { id, name, plan, status, used, remaining, expiresAt, windows, models, limits } = key;
  const tokens = windows.find(({ unit, window }) => unit === 'tokens' && window === 'day');
  const today = new Date();
  const resetsAt = new Date(
    Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + 1),
  ).toISOString();
  return {
    ...{ id, name, plan, status, used, remaining, expiresAt, windows, models },
    limit: limits.requestsPerDay ?? null,
    tokens: tokens === undefined ? null : pick(tokens),
    resetsAt: windows.find(({ window }) => window === 'day')?.resetsAt ?? resetsAt,
  };
}

const pick = ({ limit, used, remaining }: NonNullable<Standing['tokens']>) => ({ limit, used, remaining });

export function useStanding(key: HeldKey) {
  return useQuery(standingQuery(useApi(), key));
}

/** As `useStanding` has it, as soon as it has come. */
export const readStanding = (queries: QueryClient, api: Api, key: HeldKey): Promise<Standing> =>
  queries.ensureQueryData(standingQuery(api, key));

/** And what the list of own keys says is left. */
export async function refreshStanding(queries: QueryClient, { id, keyId }: HeldKey): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['playground-key', id] }),
    keyId !== undefined && queries.invalidateQueries({ queryKey: ['keys'] }),
  ]);
}

export const rememberStanding = (queries: QueryClient, { id }: HeldKey, standing: Standing): void => {
  queries.setQueryData(['playground-key', id], standing);
};
