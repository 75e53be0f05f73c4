import { useQuery } from '@tanstack/react-query';
import { keyRoutes } from '../../../core/contract/api-keys.ts';
import { useApi } from '../../shell/console-context.ts';

/** Enough to choose from; older keys are known by their calls. */
const mostKeys = 100;

/** Names of the user's newest keys, by id. */
export function useKeyNames() {
  const api = useApi();
  return useQuery({
    queryKey: ['activity', 'key-names'],
    queryFn: async ({ signal }) => {
      const { data } = await api.call(keyRoutes.listApiKeys, { query: { limit: mostKeys }, signal });
      return data.map(({ id, name }) => [id, name] as const);
    },
  }).data;
}
