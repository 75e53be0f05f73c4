import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keyRoutes } from '../../../../core/contract/api-keys.ts';
import type { LimitField } from '../../../../core/metering/windows.ts';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { refreshStanding, useStanding } from '../../../key-in-hand/use-standing.ts';
import { nextPlan } from '../../../keys/next-plan.ts';
import { useApi } from '../../../shell/console-context.ts';
import { useMe } from '../../../shell/session/use-me.ts';
import { usePlans } from '../../../shell/use-plans.ts';
import { usePlayground } from '../use-playground.ts';

/** The plan that a key whose limit is full can be moved to; undefined while that isn't known, and for others' keys. */
export function useNextPlan(heldKey: HeldKey, field: LimitField | undefined): string | undefined {
  const api = useApi();
  const plans = usePlans();
  const me = useMe();
  const { data: standing } = useStanding(heldKey);
  const keys = useQuery({
    queryKey: ['keys', 'playground'],
    queryFn: ({ signal }) => api.call(keyRoutes.listApiKeys, { query: { limit: 100 }, signal }),
    enabled: field !== undefined,
  });
  const key = keys.data?.data.find(({ id }) => id === standing?.id);
  if (key === undefined || field === undefined || me.data === undefined) return undefined;
  return nextPlan({
    key,
    keys: keys.data?.data ?? [],
    plans: plans.data?.data ?? [],
    allowed: me.data.plans,
    field,
  })?.name;
}

/** Moves the key that is held to another plan, after which the next question can be sent. */
export function useMovePlan(heldKey: HeldKey, onMoved: (plan: string) => void) {
  const api = useApi();
  const queries = useQueryClient();
  const { conversations } = usePlayground();
  const { data: standing } = useStanding(heldKey);
  return useMutation({
    mutationFn: (plan: string) =>
      api.call(keyRoutes.updateApiKey, { path: { id: standing?.id ?? '' }, body: { plan } }),
    async onSuccess(_, plan) {
      await refreshStanding(queries, heldKey);
      conversations.forgetLimits();
      void queries.invalidateQueries({ queryKey: ['keys'] });
      onMoved(plan);
    },
  });
}
