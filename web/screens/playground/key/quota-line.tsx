import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { countWords } from '../../../parts/figure-words.ts';
import { useAllowance } from './use-allowance.ts';

/** What is left of the day, beside the composer. */
export function QuotaLine({ heldKey }: { heldKey: HeldKey }) {
  const { day } = useAllowance(heldKey);
  if (day === undefined) return null;
  return `${countWords(day.remaining)} of ${countWords(day.limit)} requests left today`;
}
