import { useQuery } from '@tanstack/react-query';
import { keyRoutes } from '../../core/contract/api-keys.ts';
import { useApi } from './console-context.ts';

export function usePlans() {
  const api = useApi();
  return useQuery({
    queryKey: ['plans'],
    queryFn: ({ signal }) => api.call(keyRoutes.listPlans, { signal }),
    staleTime: 5 * 60_000,
  });
}
