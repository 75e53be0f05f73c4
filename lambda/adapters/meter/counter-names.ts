import type { UsedByWindow } from '../../../core/keys/ports.ts';
import type { Leftovers } from '../../../core/metering/ports.ts';
import { dayOf, limitRows, type WindowKind, windowAt } from '../../../core/metering/windows.ts';
import { countersOfDay, type MeterItem } from './meter-item.ts';

/**
 * A charge is tried for four seconds (dynamo-meter.ts). Until that and the difference of clocks are over, its id is kept,
 * also when the call has ended, so that an attempt that was long on its way isn't counted again.
 */
const chargeIdLifeSeconds = 15;

/** No call takes longer than a function may run, 15 minutes. An id that is still here was left by a function that died. */
const longestCallSeconds = 1200;

/** Ids of calls that ended soon are in sets by the time at which they began, so that a past set can be removed whole. */
const setSeconds = 15;
const endedForm = /^ended-([\da-z]+)$/;

export function endedName(chargeId: string): `ended-${string}` {
  return `ended-${Math.floor(secondsOf(chargeId) / setSeconds).toString(36)}`;
}

/** The set for the id of a call that ends now; undefined: it began so long ago that it needs none. */
export function endedIn(chargeId: string, now: number): `ended-${string}` | undefined {
  return isOpenSince(chargeId, now, chargeIdLifeSeconds) ? endedName(chargeId) : undefined;
}

/** Whether a call whose id is on a metering item may still be running. */
export function mayRun(chargeId: string, now: number): boolean {
  return isOpenSince(chargeId, now, longestCallSeconds);
}

function isOpenSince(chargeId: string, now: number, seconds: number): boolean {
  return secondsOf(chargeId) >= Math.floor(now / 1000) - seconds;
}

/**
 * A counter is kept this long past the end of its window, since a function whose clock is behind still counts there and
 * would otherwise begin again at zero.
 */
const counterLifeMs = 300_000;

/** When counters of a window expire, in seconds: two days past its end, for late refunds and clocks that differ. */
export function counterEnd(endsAt: number): number {
  return Math.floor(endsAt / 1000) + 2 * 86_400;
}

/** Names of the day's counters besides those of limits. */
export const refundsName = (time: number) => `refunds-${dayOf(time)}` as const;
export const fenceName = (time: number, apiKeyId: string) => `fence-${dayOf(time)}#${apiKeyId}` as const;
/** Whether a counter is of the calls that API Gateway has let in on some day. */
export const isFenceCount = (name: string) => name.startsWith('fence-');
export const roomName = (date: string, apiKeyId: string) => `room-${date}#${apiKeyId}` as const;
export const liftsName = (date: string) => `lifts-${date}` as const;

/** `<what>-<start of its window>`, and for a fence's counter `#<id of the secret>`. */
const counterForm = /^([a-z]+)-([\dT:-]+)(?:#(.+))?$/;

/** The kind of a counter's window, by the beginning of its name. */
const kinds = new Map<string, WindowKind>([
  ...limitRows.map(({ stored, kind }) => [stored, kind] as const),
  ...countersOfDay.map((what) => [what, 'day'] as const),
]);

/** Counters that stay with the place when its key ends or moves. The fence's belong to a secret. */
export function keptCounters(item: Record<string, unknown>, now: number): UsedByWindow {
  const kept = Object.entries(item).filter(([name]) => {
    const counter = parseCounter(name);
    const isKept = counter?.what === 'refunds' || limitRows.some(({ stored }) => stored === counter?.what);
    return counter !== undefined && isKept && !isPast(counter, now);
  });
  return Object.fromEntries(kept) as Record<string, number>;
}

export function leftoversOf(item: MeterItem, now: number): Leftovers {
  const oldestSet = Math.floor(now / 1000) - chargeIdLifeSeconds - setSeconds;
  const isLeftOver = (name: string) => {
    const [, set] = endedForm.exec(name) ?? [];
    if (set !== undefined) return Number.parseInt(set, 36) * setSeconds < oldestSet;
    const counter = parseCounter(name);
    if (counter === undefined) return false;
    return isPast(counter, now) || (counter.secretId !== undefined && !(counter.secretId in item.values));
  };
  return {
    windowIds: Object.keys(item).filter(isLeftOver),
    chargeIds: [...(item.charged ?? [])].filter((id) => !mayRun(id, now)),
  };
}

/** When the call of a charge's id began. */
function secondsOf(chargeId: string): number {
  return Number.parseInt(chargeId.split(':')[0] ?? '', 36);
}

interface Counter {
  what: string;
  kind: WindowKind;
  start: string;
  /** The secret's id in API Gateway. */
  secretId: string | undefined;
}

function parseCounter(name: string): Counter | undefined {
  const [, what = '', start = '', secretId] = counterForm.exec(name) ?? [];
  const kind = kinds.get(what);
  return kind === undefined ? undefined : { what, kind, start, secretId };
}

function isPast({ kind, start }: Counter, now: number): boolean {
  return `${kind}-${start}` < windowAt(kind, Math.max(0, now - counterLifeMs)).id;
}
