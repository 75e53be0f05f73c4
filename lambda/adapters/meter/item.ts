import { randomBytes } from 'node:crypto';
import type { Place, UsedByWindow } from '../../../core/keys/ports.ts';
import type { FenceStanding } from '../../../core/metering/fence.ts';
import type { Charge, ChargeRequest, Leftovers } from '../../../core/metering/ports.ts';
import {
  dayOf,
  type LimitRow,
  type LimitWindow,
  lastsADay,
  limitRows,
  limitsAt,
  type Standing,
  type WindowKind,
  windowAt,
} from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';
import type { Write } from '../transact.ts';
import type { StoredLimits } from './limits.ts';

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
  limits: StoredLimits;
  /** Limits of each client address. A key that has them is charged by a transaction. */
  perClient?: StoredLimits;
  /** Goes up with every change of a counter, so that what was read and what is written can be one step. */
  rev?: number;
  [counter: `${LimitRow['stored'] | CounterOfDay}-${string}`]: number;
}

/**
 * Counters of a day that no limit has: refunds of failures; of each value, by its id, what API Gateway's fence has counted
 * and where it closes; and how often it was lifted.
 */
const countersOfDay = ['refunds', 'fence', 'room', 'lifts'] as const;
type CounterOfDay = (typeof countersOfDay)[number];

/** A charge is tried for four seconds at most (dynamo-meter.ts), so ids older than that, and than clocks differ, may be forgotten. */
const chargeIdLifeSeconds = 15;

/**
 * A counter is kept this long past the end of its window: an environment whose clock is behind still charges
 * there, and would begin it anew; one whose clock is ahead has begun the next one.
 */
const counterLifeMs = 300_000;

/** When counters of a window may be forgotten: two days past its end, for clocks and late refunds. In DynamoDB's seconds. */
export function counterEnd(endsAt: number): number {
  return Math.floor(endsAt / 1000) + 2 * 86_400;
}

/** A call as the metering write sees it. */
export interface Attempt {
  request: ChargeRequest;
  meterId: string;
  chargeId: string;
  /** Every limit in its window at the time of the call. */
  windows: readonly LimitWindow[];
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
    windows: limitsAt(request.now),
  };
}

/**
 * Counts in every window, if the key may be used and all windows have room, once for each charge id. Windows that nothing
 * limits count too: the limits are on the item, which is not read before. Tokens are counted when the call ends.
 */
export function chargeUpdate(
  table: Table,
  { request, meterId, chargeId, windows }: Attempt,
): NonNullable<Write['Update']> {
  const names: Record<string, string> = {
    '#status': 'status',
    '#limits': 'limits',
    '#values': 'values',
    '#value': request.apiKeyId,
    '#fence': fenceName(request.now, request.apiKeyId),
  };
  const conditions = [
    '#status = :active',
    '#values.#value > :now',
    '(attribute_not_exists(expiresAt) OR expiresAt > :now)',
    '(attribute_not_exists(charged) OR NOT contains(charged, :id))',
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

/** Names of the counters of a day that no limit has. */
export const refundsName = (time: number) => `refunds-${dayOf(time)}` as const;
export const fenceName = (time: number, apiKeyId: string) => `fence-${dayOf(time)}#${apiKeyId}` as const;
export const roomName = (date: string, apiKeyId: string) => `room-${date}#${apiKeyId}` as const;
export const liftsName = (date: string) => `lifts-${date}` as const;

export function toCharge({ request, meterId, chargeId, windows }: Attempt, item: MeterItem): Charge {
  const counted = windows.filter(({ unit }) => unit === 'requests');
  const { day: standing, tokens } = dayStandings(item, windows);
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
    standing,
    tokens,
    windowIds: counted.map(({ counter }) => counter),
    fence: fenceStanding(item, { meterId, apiKeyId: request.apiKeyId, now: request.now }),
    leftovers: leftoversOf(item, request.now),
  };
}

function placeIn({ person, plan, slot }: MeterItem): Place | undefined {
  return person === undefined || slot === undefined ? undefined : { person, plan, slot };
}

/** What remains of tokens may be below zero, by what calls used that were let in while there was still some left. */
export function standingIn(item: MeterItem, { unit, stored, counter, endsAt }: LimitWindow): Standing {
  const limit = item.limits[stored] ?? Number.POSITIVE_INFINITY;
  const rest = limit - (item[counter as `${LimitRow['stored']}-`] ?? 0);
  return { limit, remaining: unit === 'tokens' ? rest : Math.max(0, rest), resetsAt: endsAt };
}

/** What headers tell of a call that no other window refuses: the day's requests, and tokens where they are limited. */
export function dayStandings(
  item: MeterItem,
  windows: readonly LimitWindow[],
): { day: Standing; tokens: Standing | undefined } {
  const day = windows.find(({ field }) => field === 'requestsPerDay');
  const tokens = windows.find(({ unit, stored }) => unit === 'tokens' && item.limits[stored] !== undefined);
  if (day === undefined) throw new Error('the day is not among the windows');
  return { day: standingIn(item, day), tokens: tokens && standingIn(item, tokens) };
}

export function fenceStanding(
  item: MeterItem,
  { meterId, apiKeyId, now }: { meterId: string; apiKeyId: string; now: number },
): FenceStanding {
  const date = dayOf(now);
  const long = limitsAt(now).filter(({ kind }) => lastsADay(kind));
  const rests = long
    .filter(({ unit }) => unit === 'requests')
    .map((window) => standingIn(item, window).remaining);
  const isOutOfTokens = long.some((one) => one.unit === 'tokens' && standingIn(item, one).remaining <= 0);
  return {
    apiKeyId,
    meterId,
    usagePlanId: item.usagePlanId,
    plan: item.plan,
    date,
    counted: item[fenceName(now, apiKeyId)] ?? 0,
    room: item[roomName(date, apiKeyId)],
    lifts: item[liftsName(date)] ?? 0,
    left: isOutOfTokens ? 0 : Math.min(...rests),
  };
}

/** `<what>-<start of its window>`, and of a fence's counter the value's id. */
const counterForm = /^([a-z]+)-([\dT:-]+)(?:#(.+))?$/;

/** The kind of window that a counter is of, by what its name begins with. */
const kinds = new Map<string, WindowKind>([
  ...limitRows.map(({ stored, kind }) => [stored, kind] as const),
  ...countersOfDay.map((what) => [what, 'day'] as const),
]);

/** Counters that stay with the place when its key ends or moves. The fence's are each value's own. */
export function keptCounters(item: Record<string, unknown>, now: number): UsedByWindow {
  const kept = Object.entries(item).filter(([name]) => {
    const counter = parseCounter(name);
    const isKept = counter?.what === 'refunds' || limitRows.some(({ stored }) => stored === counter?.what);
    return counter !== undefined && isKept && !isPast(counter, now);
  });
  return Object.fromEntries(kept) as Record<string, number>;
}

export function leftoversOf(item: MeterItem, now: number): Leftovers {
  const oldest = Math.floor(now / 1000) - chargeIdLifeSeconds;
  const isLeftOver = (name: string) => {
    const counter = parseCounter(name);
    if (counter === undefined) return false;
    return isPast(counter, now) || (counter.value !== undefined && !(counter.value in item.values));
  };
  return {
    windowIds: Object.keys(item).filter(isLeftOver),
    chargeIds: [...(item.charged ?? [])].filter((id) => Number.parseInt(id.split(':')[0] ?? '', 36) < oldest),
  };
}

interface Counter {
  what: string;
  kind: WindowKind;
  start: string;
  /** The value's id in API Gateway. */
  value: string | undefined;
}

function parseCounter(name: string): Counter | undefined {
  const [, what = '', start = '', value] = counterForm.exec(name) ?? [];
  const kind = kinds.get(what);
  return kind === undefined ? undefined : { what, kind, start, value };
}

function isPast({ kind, start }: Counter, now: number): boolean {
  return `${kind}-${start}` < windowAt(kind, Math.max(0, now - counterLifeMs)).id;
}
