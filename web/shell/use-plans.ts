import { useQuery } from '@tanstack/react-query';
import { planRoutes } from '../../core/contract/plans.ts';
import { useApi } from './console-context.ts';

export function usePlans() {
  const api = useApi();
  return useQuery({
    queryKey: ['plans'],
    queryFn: ({ signal }) => api.call(planRoutes.listPlans, { signal }),
    staleTime: 5 * 60_000,
  });
}
