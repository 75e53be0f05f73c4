import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MoveUp } from 'lucide-react';
import { keyRoutes } from '../../core/contract/api-keys.ts';
import type { LimitField } from '../../core/metering/windows.ts';
import { describeError } from '../describe-error.ts';
import { t } from '../language/t.ts';
import { Button } from '../parts/buttons/button.tsx';
import { toasts } from '../parts/overlays/toasts/toasts.ts';
import { useApi } from '../shell/console-context.ts';
import { useMe } from '../shell/session/use-me.ts';
import { usePlans } from '../shell/use-plans.ts';
import { isLive, type Key } from './key.ts';
import { nextPlan } from './next-plan.ts';
import { useLiveKeys } from './use-live-keys.ts';

interface MoveKeyProps {
  of: Pick<Key, 'id' | 'name' | 'plan' | 'limits' | 'status'>;
  /** The limit that is nearly used up. */
  field: LimitField;
}

/** Moves a key to the next plan that raises a limit, in place; nothing where no such plan has room. */
export function MoveKey({ of: key, field }: MoveKeyProps) {
  const api = useApi();
  const queries = useQueryClient();
  const plans = usePlans().data?.data;
  const live = useLiveKeys().data;
  const me = useMe().data;
  // Sending it twice changes nothing.
  const move = useMutation({
    mutationFn: (plan: string) => api.call(keyRoutes.updateApiKey, { path: { id: key.id }, body: { plan } }),
    onSuccess(moved) {
      queries.setQueryData(['keys', 'one', key.id], moved);
      void queries.invalidateQueries({ queryKey: ['keys'] });
      toasts.add({
        type: 'success',
        title: t('{name} is now on {plan}', { name: moved.name, plan: moved.plan }),
      });
    },
    onError: (error) =>
      toasts.add({
        type: 'error',
        title: t('{name} was not moved', { name: key.name }),
        description: describeError(error).message,
      }),
  });
  if (plans === undefined || live === undefined || me === undefined || !isLive(key)) return null;
  const plan = nextPlan({ key, keys: live, plans, allowed: me.plans, field })?.name;
  if (plan === undefined) return null;
  return (
    <Button
      size="small"
      icon={<MoveUp aria-hidden />}
      busy={move.isPending}
      onClick={() => move.mutate(plan)}
    >
      {t('Move this key to {plan}', { plan })}
    </Button>
  );
}
