import { randomUUID } from 'node:crypto';
import type { Place } from '../../../core/keys/ports.ts';
import type { Charge, ChargeRequest, ChargeResult } from '../../../core/metering/ports.ts';
import { dayOf, type LimitWindow, limitsAt } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';
import type { Write } from '../transact.ts';
import { endedName, fenceName, leftoversOf } from './counter-names.ts';
import { usageOn } from './day-usage.ts';
import type { MeterItem } from './meter-item.ts';
import { dayStandings, fenceStanding, standingIn } from './standing.ts';

/** A call to be charged. */
export interface Attempt {
  request: ChargeRequest;
  meterId: string;
  chargeId: string;
  /** Every limit in its window at the time of the call. */
  windows: readonly LimitWindow[];
}

/**
 * Sent with every attempt of one charge, so that it counts once. API Gateway's request id won't do: callers can choose it,
 * and all calls with the same id would count as one.
 */
export function newChargeId(now: number): string {
  // Node makes UUIDs a hundred at a time, which takes a tenth of the time of asking for random bytes.
  const random = Buffer.from(randomUUID().slice(-12), 'hex').toString('base64url');
  return `${Math.floor(now / 1000).toString(36)}:${random}`;
}

export function attemptAt(request: ChargeRequest, chargeId: string, meterId: string): Attempt {
  return {
    request,
    meterId,
    chargeId,
    windows: limitsAt(request.now),
  };
}

/**
 * Counts the call in every window, once per charge id, if the key is valid and all windows have room. Unlimited windows are
 * counted too, since the limits are on the item, which is not read first. Tokens are counted when the call ends.
 */
export function chargeUpdate(
  table: HotTable,
  { request, meterId, chargeId, windows }: Attempt,
): NonNullable<Write['Update']> {
  const names: Record<string, string> = {
    '#status': 'status',
    '#limits': 'limits',
    '#values': 'values',
    '#value': request.apiKeyId,
    ...(!request.unfenced && { '#fence': fenceName(request.now, request.apiKeyId) }),
    '#ended': endedName(chargeId),
  };
  const conditions = [
    '#status = :active',
    '#values.#value > :now',
    '(attribute_not_exists(expiresAt) OR expiresAt > :now)',
    '(attribute_not_exists(charged) OR NOT contains(charged, :id))',
    '(attribute_not_exists(#ended) OR NOT contains(#ended, :id))',
  ];
  const counts = ['lastUsedAt = :now'];
  for (const { unit, stored, counter } of windows) {
    names[`#${stored}`] = counter;
    names[`#${stored}Limit`] = stored;
    conditions.push(room(`#${stored}`, `#limits.#${stored}Limit`));
    if (unit === 'requests') counts.push(`#${stored} = if_not_exists(#${stored}, :zero) + :one`);
  }
  return {
    TableName: table.name,
    Key: itemKeys.meter(meterId),
    ConditionExpression: conditions.join(' AND '),
    UpdateExpression: `SET ${counts.join(', ')} ADD charged :ids, ${request.unfenced ? '' : '#fence :one, '}rev :one`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: {
      ':active': 'active',
      ':now': request.now,
      ':zero': 0,
      ':one': 1,
      ':id': chargeId,
      ':ids': new Set([chargeId]),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** Holds without such a limit, without such a counter, or while the counter is below the limit. */
function room(counter: string, limit: string): string {
  return `(attribute_not_exists(${limit}) OR attribute_not_exists(${counter}) OR ${counter} < ${limit})`;
}

export function toCharge({ request, meterId, chargeId, windows }: Attempt, item: MeterItem): Charge {
  const counted = windows.filter(({ unit }) => unit === 'requests');
  const { day: standing, tokens, spend } = dayStandings(item, windows);
  return {
    meterId,
    chargeId,
    requestId: request.requestId,
    route: request.route,
    chargedAt: request.now,
    userId: item.userId,
    keyId: item.keyId,
    plan: item.plan,
    place: placeIn(item),
    models: item.models,
    allowedHosts: item.allowedHosts,
    requiresProviderKey: item.requiresProviderKey,
    standing,
    tokens,
    spend,
    windowIds: counted.map(({ counter }) => counter),
    ...(!request.unfenced && {
      fence: fenceStanding(item, { meterId, apiKeyId: request.apiKeyId, now: request.now }),
    }),
    pastUsage: standing.limit - standing.remaining > 1 ? [] : usageBefore(item, request.now),
    leftovers: leftoversOf(item, request.now),
  };
}

function usageBefore(item: MeterItem, now: number) {
  const today = dayOf(now);
  return usageOn(item as unknown as Record<string, unknown>).filter(({ date }) => date < today);
}

function placeIn({ person, plan, slot }: MeterItem): Place | undefined {
  return person === undefined || slot === undefined ? undefined : { person, plan, slot };
}

/** Why the gate refused the call, from the item as it stands. */
export function explainRefusal(attempt: Attempt, item: MeterItem): ChargeResult {
  const { request, windows } = attempt;
  // An earlier attempt charged the call, and its reply was lost.
  if (item.charged?.has(attempt.chargeId) || item[endedName(attempt.chargeId)]?.has(attempt.chargeId))
    return { outcome: 'charged', charge: toCharge(attempt, item) };
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
  const valueEndsAt = values?.[apiKeyId] ?? 0;
  return status === 'active' && Math.min(valueEndsAt, expiresAt ?? valueEndsAt) > now;
}
