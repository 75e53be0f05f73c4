import type { ChargeRequest, ChargeResult } from '../../../core/metering/ports.ts';
import { type Attempt, type MeterItem, standingIn, toCharge, tokenStanding } from './item.ts';

/** Why the metering write was refused, by the item as it is. */
export function explainRefusal(attempt: Attempt, item: MeterItem): ChargeResult {
  const { request, windows, day } = attempt;
  // The reply to our own earlier write was lost on the way: it is charged already.
  if (item.charged?.has(attempt.chargeId)) return { outcome: 'charged', charge: toCharge(attempt, item) };
  if (!mayCall(item, request)) return { outcome: 'unknown_key' };
  const { userId, keyId } = item;
  const tokens = tokenStanding(item, day);
  const told = { outcome: 'exceeded', userId, keyId, day: standingIn(item, day), tokens } as const;
  if (tokens !== undefined && tokens.remaining <= 0) {
    return { ...told, unit: 'tokens', window: 'day', standing: tokens };
  }
  // The longest full window tells when a new attempt can succeed.
  const full = windows.findLast((window) => standingIn(item, window).remaining === 0);
  if (full === undefined) throw new Error('the metering write was refused for no reason we know');
  return { ...told, unit: 'requests', window: full.kind, standing: standingIn(item, full) };
}

/** Whether the key and the value in hand still work, whatever is left of the key's windows. */
export function mayCall(
  { status, values, expiresAt }: MeterItem,
  { apiKeyId, now }: Pick<ChargeRequest, 'apiKeyId' | 'now'>,
): boolean {
  const valueEndsAt = values[apiKeyId] ?? 0;
  return status === 'active' && Math.min(valueEndsAt, expiresAt ?? valueEndsAt) > now;
}
