import { useQuery } from '@tanstack/react-query';
import { keyRoutes } from '../../core/contract/api-keys.ts';
import type { Api } from '../api.ts';
import { useApi } from '../shell/console-context.ts';
import { isLive, type Key } from './key.ts';

/** Every key that holds a place on its plan, from all pages. */
export function useLiveKeys({ isWanted = true } = {}) {
  const api = useApi();
  return useQuery({
    queryKey: ['keys', 'live'],
    enabled: isWanted,
    queryFn: async ({ signal }) => (await everyKey(api, signal)).filter(isLive),
  });
}

async function everyKey(api: Api, signal: AbortSignal): Promise<Key[]> {
  const keys: Key[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.call(keyRoutes.listApiKeys, { query: { limit: 100, cursor }, signal });
    keys.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return keys;
}
