import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { useStanding } from '../../../key-in-hand/use-standing.ts';
import { useClock } from '../answer/use-clock.ts';
import { useConversations } from '../use-playground.ts';
import { type Allowance, allowanceNow } from './allowance.ts';

/** What is left of the key's limits, updated every second. */
export function useAllowance(heldKey: HeldKey): Allowance {
  const { data, dataUpdatedAt } = useStanding(heldKey);
  const { left } = useConversations();
  const now = useClock(true);
  return allowanceNow(
    data && { facts: data, at: dataUpdatedAt },
    left?.keyId === heldKey.id ? { facts: left.limits, at: left.at } : undefined,
    now,
  );
}
