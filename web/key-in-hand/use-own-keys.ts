import { useQuery } from '@tanstack/react-query';
import { keyRoutes } from '../../core/contract/api-keys.ts';
import type { AnswerOf } from '../api.ts';
import { useApi } from '../shell/console-context.ts';

export type OwnKey = AnswerOf<typeof keyRoutes.getApiKey>;

/** The user's own keys that can be chatted with: a user holds a few at a time, and ended ones don't count. */
export function useOwnKeys() {
  const api = useApi();
  return useQuery({
    queryKey: ['keys', 'own'],
    async queryFn({ signal }) {
      const { data } = await api.call(keyRoutes.listApiKeys, { query: { limit: 100 }, signal });
      return data.filter(({ status }) => status === 'active' || status === 'activating');
    },
  });
}
