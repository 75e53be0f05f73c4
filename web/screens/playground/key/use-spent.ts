import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { usageRoutes } from '../../../../core/contract/usage.ts';
import type { Api } from '../../../api.ts';
import type { Standing } from '../../../key-in-hand/use-standing.ts';
import { useApi } from '../../../shell/console-context.ts';
import type { Spent } from '../answer/answer-cost.ts';

type Key = Pick<Standing, 'id' | 'resetsAt'>;

/** The key's usage today; null if there is none, as for another user's key. */
function spentQuery(api: Api, { id, resetsAt }: Key) {
  const day = new Date(Date.parse(resetsAt) - 1).toISOString().slice(0, 10);
  return queryOptions({
    queryKey: ['playground-spent', id, day],
    async queryFn({ signal }): Promise<Spent | null> {
      const { data } = await api.call(usageRoutes.getUsage, { query: { keyId: id, limit: 1 }, signal });
      return data.find(({ date }) => date === day) ?? null;
    },
  });
}

export function useSpent(key: Key) {
  return useQuery(spentQuery(useApi(), key));
}

/** Asks again, and updates `useSpent` too. */
export const readSpent = (queries: QueryClient, api: Api, key: Key): Promise<Spent | null> =>
  queries.fetchQuery({ ...spentQuery(api, key), staleTime: 0 });
