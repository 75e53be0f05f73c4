import type { ReasoningEffort, ReasoningWish } from '../chat.ts';

export function toReasoningWish(
  effort: ReasoningEffort | 'none' | null | undefined,
): ReasoningWish | undefined {
  if (effort === null || effort === undefined) return undefined;
  return effort === 'none' ? { type: 'off' } : { type: 'effort', effort };
}
