import type { ChargeRequest, ChargeResult } from '../../../core/metering/ports.ts';
import { type Attempt, dayStandings, type MeterItem, standingIn, toCharge } from './item.ts';

/** Why the metering write was refused, by the item as it is. */
export function explainRefusal(attempt: Attempt, item: MeterItem): ChargeResult {
  const { request, windows } = attempt;
  // The reply to our own earlier write was lost on the way: it is charged already.
  if (item.charged?.has(attempt.chargeId)) return { outcome: 'charged', charge: toCharge(attempt, item) };
  if (!mayCall(item, request)) return { outcome: 'unknown_key' };
  const { userId, keyId } = item;
  // Of those that are full, the window that ends last tells when a new attempt can succeed.
  const full = windows
    .filter((window) => standingIn(item, window).remaining <= 0)
    .sort((one, other) => one.endsAt - other.endsAt)
    .at(-1);
  if (full === undefined) throw new Error('the metering write was refused for no reason we know');
  const { unit, kind } = full;
  const standing = standingIn(item, full);
  return { outcome: 'exceeded', userId, keyId, ...dayStandings(item, windows), unit, window: kind, standing };
}

/** Whether the key and the value in hand still work, whatever is left of the key's windows. */
export function mayCall(
  { status, values, expiresAt }: MeterItem,
  { apiKeyId, now }: Pick<ChargeRequest, 'apiKeyId' | 'now'>,
): boolean {
  const valueEndsAt = values[apiKeyId] ?? 0;
  return status === 'active' && Math.min(valueEndsAt, expiresAt ?? valueEndsAt) > now;
}
