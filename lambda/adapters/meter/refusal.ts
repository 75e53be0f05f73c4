import type { ChargeRequest, ChargeResult } from '../../../core/metering/ports.ts';
import { type Attempt, toCharge } from './charge-update.ts';
import type { MeterItem } from './item.ts';
import { dayStandings, standingIn } from './standing.ts';

/** Why the gate refused the call, from the item as it stands. */
export function explainRefusal(attempt: Attempt, item: MeterItem): ChargeResult {
  const { request, windows } = attempt;
  // An earlier attempt charged the call, and its reply was lost.
  if (item.charged?.has(attempt.chargeId)) return { outcome: 'charged', charge: toCharge(attempt, item) };
  if (!mayCall(item, request)) return { outcome: 'unknown_key' };
  const { userId, keyId } = item;
  // A new attempt can succeed only after the full window that ends last.
  const full = windows
    .filter((window) => standingIn(item, window).remaining <= 0)
    .sort((one, other) => one.endsAt - other.endsAt)
    .at(-1);
  if (full === undefined) throw new Error('The gate refused a call for an unknown reason');
  const { unit, kind } = full;
  const standing = standingIn(item, full);
  return { outcome: 'exceeded', userId, keyId, ...dayStandings(item, windows), unit, window: kind, standing };
}

/** Whether the key and this secret of it are valid, whatever is left of its windows. */
export function mayCall(
  { status, values, expiresAt }: MeterItem,
  { apiKeyId, now }: Pick<ChargeRequest, 'apiKeyId' | 'now'>,
): boolean {
  const valueEndsAt = values[apiKeyId] ?? 0;
  return status === 'active' && Math.min(valueEndsAt, expiresAt ?? valueEndsAt) > now;
}
