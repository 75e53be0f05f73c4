import { type Allowance, allowanceNow } from './allowance.ts';
import type { HeldKey } from './key-in-hand.ts';
import { useClock } from './use-clock.ts';
import { useConversation } from './use-playground.ts';
import { useStanding } from './use-standing.ts';

/** What the key may still do, counted down. */
export function useAllowance(heldKey: HeldKey): Allowance {
  const { data, dataUpdatedAt } = useStanding(heldKey);
  const { left } = useConversation();
  const now = useClock(true);
  return allowanceNow(
    data && { facts: data, at: dataUpdatedAt },
    left?.keyId === heldKey.id ? { facts: left.limits, at: left.at } : undefined,
    now,
  );
}
