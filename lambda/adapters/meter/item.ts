import { randomBytes } from 'node:crypto';
import type { Place, UsedByWindow } from '../../../core/keys/ports.ts';
import type { FenceStanding } from '../../../core/metering/fence.ts';
import type { Charge, ChargeRequest, Leftovers } from '../../../core/metering/ports.ts';
import {
  dayOf,
  type Standing,
  type Window,
  type WindowKind,
  windowAt,
  windowKinds,
} from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';
import type { Write } from '../transact.ts';

/**
 * The metering item of a key. Every window has a counter attribute of its own name, so that one conditional
 * write both checks and counts it, and a new window needs no reset: its counter isn't there yet.
 */
export interface MeterItem {
  /** On the item of a later value: the id under which the key is metered. It has nothing else. */
  alias?: string;
  /** Until when each value works, by API Gateway's id of it. */
  values: Record<string, number>;
  status: 'active' | 'suspended' | 'ended';
  userId: string;
  keyId: string;
  plan: string;
  /** With the plan, the place that the key holds, and whose day it is. */
  slot?: number;
  person?: string;
  /** API Gateway's id of the plan. */
  usagePlanId?: string;
  expiresAt?: number;
  models?: string[];
  allowedHosts?: string[];
  /** Ids of recent charges: `<epoch seconds in base 36>:<48 random bits>`. */
  charged?: Set<string>;
  limits: WindowLimits & { tokens?: number };
  /** Limits of each client address. A key that has them is charged by a transaction. */
  perClient?: WindowLimits;
  /** Goes up with every change of a counter, so that what was read and what is written can be one step. */
  rev?: number;
  [counter: `${WindowKind | CounterOfDay}-${string}`]: number;
}

/**
 * Counters that belong to a day and are no window of requests: tokens, refunds of failures, and, of each value by its
 * id, what API Gateway's fence has counted and where it closes; and how often it was lifted.
 */
type CounterOfDay = 'tokens' | 'refunds' | 'fence' | 'room' | 'lifts';

export type WindowLimits = Partial<Record<WindowKind, number | undefined>>;

/** A charge is tried for four seconds at most (dynamo-meter.ts), so ids older than that, and than clocks differ, may be forgotten. */
const chargeIdLifeSeconds = 15;

/**
 * A counter is kept this long past the end of its window: an environment whose clock is behind still charges
 * there, and would begin it anew; one whose clock is ahead has begun the next one.
 */
const counterLifeMs = 300_000;

/** A call as the metering write sees it. */
export interface Attempt {
  request: ChargeRequest;
  meterId: string;
  chargeId: string;
  windows: readonly Window[];
  day: Window;
}

/**
 * Made here, and sent again with every attempt of the same charge: an id that a caller can choose, as API Gateway's
 * request id, would let all calls with it pass for one.
 */
export function newChargeId(now: number): string {
  return `${Math.floor(now / 1000).toString(36)}:${randomBytes(6).toString('base64url')}`;
}

export function attemptAt(request: ChargeRequest, chargeId: string, meterId: string): Attempt {
  return {
    request,
    meterId,
    chargeId,
    windows: windowKinds.map((kind) => windowAt(kind, request.now)),
    day: windowAt('day', request.now),
  };
}

/** Counts in every window, if the key may be used and all windows have room, once for each charge id. */
export function chargeUpdate(
  table: Table,
  { request, meterId, chargeId, windows }: Attempt,
): NonNullable<Write['Update']> {
  const names: Record<string, string> = {
    '#status': 'status',
    '#limits': 'limits',
    '#values': 'values',
    '#value': request.apiKeyId,
    '#tokens': tokensName(request.now),
    '#tokenLimit': 'tokens',
    '#fence': fenceName(request.now, request.apiKeyId),
  };
  const conditions = [
    '#status = :active',
    '#values.#value > :now',
    '(attribute_not_exists(expiresAt) OR expiresAt > :now)',
    '(attribute_not_exists(charged) OR NOT contains(charged, :id))',
    room('#tokens', '#limits.#tokenLimit'),
  ];
  const counts = ['lastUsedAt = :now'];
  for (const { kind, id } of windows) {
    names[`#${kind}`] = id;
    names[`#${kind}Limit`] = kind;
    counts.push(`#${kind} = if_not_exists(#${kind}, :zero) + :one`);
    conditions.push(room(`#${kind}`, `#limits.#${kind}Limit`));
  }
  return {
    TableName: table.name,
    Key: itemKeys.meter(meterId),
    ConditionExpression: conditions.join(' AND '),
    UpdateExpression: `SET ${counts.join(', ')} ADD charged :ids, #fence :one, rev :one`,
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

/** A condition: no such limit, no such counter yet, or the counter below the limit. */
function room(counter: string, limit: string): string {
  return `(attribute_not_exists(${limit}) OR attribute_not_exists(${counter}) OR ${counter} < ${limit})`;
}

/** Names of the counters that belong to a day and are no window of requests. */
export const tokensName = (time: number) => `tokens-${dayOf(time)}` as const;
export const refundsName = (time: number) => `refunds-${dayOf(time)}` as const;
export const fenceName = (time: number, apiKeyId: string) => `fence-${dayOf(time)}#${apiKeyId}` as const;
export const roomName = (date: string, apiKeyId: string) => `room-${date}#${apiKeyId}` as const;
export const liftsName = (date: string) => `lifts-${date}` as const;

export function toCharge({ request, meterId, chargeId, windows, day }: Attempt, item: MeterItem): Charge {
  return {
    meterId,
    chargeId,
    requestId: request.requestId,
    chargedAt: request.now,
    userId: item.userId,
    keyId: item.keyId,
    plan: item.plan,
    place: placeIn(item),
    models: item.models,
    allowedHosts: item.allowedHosts,
    standing: standingIn(item, day),
    tokens: tokenStanding(item, day),
    windowIds: windows.map((window) => window.id),
    fence: fenceStanding(item, { meterId, apiKeyId: request.apiKeyId, now: request.now }),
    leftovers: leftoversOf(item, request.now),
  };
}

function placeIn({ person, plan, slot }: MeterItem): Place | undefined {
  return person === undefined || slot === undefined ? undefined : { person, plan, slot };
}

export function standingIn(item: MeterItem, window: Window): Standing {
  const limit = item.limits[window.kind] ?? Number.POSITIVE_INFINITY;
  const used = item[window.id as `${WindowKind}-${string}`] ?? 0;
  return { limit, remaining: Math.max(0, limit - used), resetsAt: window.endsAt };
}

/** Below zero by what calls used that were let in while there was still some left. */
export function tokenStanding(item: MeterItem, day: Window): Standing | undefined {
  const limit = item.limits.tokens;
  if (limit === undefined) return undefined;
  const used = item[`tokens-${day.id.slice('day-'.length)}`] ?? 0;
  return { limit, remaining: limit - used, resetsAt: day.endsAt };
}

export function fenceStanding(
  item: MeterItem,
  { meterId, apiKeyId, now }: { meterId: string; apiKeyId: string; now: number },
): FenceStanding {
  const date = dayOf(now);
  const day = windowAt('day', now);
  const tokens = tokenStanding(item, day);
  return {
    apiKeyId,
    meterId,
    usagePlanId: item.usagePlanId,
    plan: item.plan,
    date,
    counted: item[fenceName(now, apiKeyId)] ?? 0,
    room: item[roomName(date, apiKeyId)],
    lifts: item[liftsName(date)] ?? 0,
    left: tokens !== undefined && tokens.remaining <= 0 ? 0 : standingIn(item, day).remaining,
  };
}

/** `<what>-<start of its window>`, and of a fence's counter the value's id. */
const counterForm = /^(minute|hour|day|tokens|refunds|fence|room|lifts)-([\dT:-]+)(?:#(.+))?$/;

/** Counters that stay with the place when its key ends or moves. The fence's are each value's own. */
export function keptCounters(item: Record<string, unknown>, now: number): UsedByWindow {
  const kept = Object.entries(item).filter(([name]) => {
    const [, what = '', start = ''] = counterForm.exec(name) ?? [];
    return /^(minute|hour|day|tokens|refunds)$/.test(what) && !isPast(start, now);
  });
  return Object.fromEntries(kept) as Record<string, number>;
}

export function leftoversOf(item: MeterItem, now: number): Leftovers {
  const oldest = Math.floor(now / 1000) - chargeIdLifeSeconds;
  const isLeftOver = (name: string) => {
    const [, , start, value] = counterForm.exec(name) ?? [];
    return start !== undefined && (isPast(start, now) || (value !== undefined && !(value in item.values)));
  };
  return {
    windowIds: Object.keys(item).filter(isLeftOver),
    chargeIds: [...(item.charged ?? [])].filter((id) => Number.parseInt(id.split(':')[0] ?? '', 36) < oldest),
  };
}

function isPast(start: string, now: number): boolean {
  const kept = new Date(Math.max(0, now - counterLifeMs)).toISOString();
  return start < kept.slice(0, start.length);
}
