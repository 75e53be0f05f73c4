import type { FenceStanding } from '../../../core/metering/fence.ts';
import {
  dayOf,
  type LimitRow,
  type LimitWindow,
  lastsADay,
  limitsAt,
  type SpendStanding,
  type Standing,
  tightest,
} from '../../../core/metering/windows.ts';
import { fenceName, liftsName, roomName } from './counter-names.ts';
import type { MeterItem } from './meter-item.ts';

/** Tokens and dollars left may be below zero, since calls are let in while some are left and may then use more. */
export function standingIn(item: MeterItem, { unit, stored, counter, endsAt }: LimitWindow): Standing {
  const limit = item.limits[stored] ?? Number.POSITIVE_INFINITY;
  const rest = limit - (item[counter as `${LimitRow['stored']}-`] ?? 0);
  return { limit, remaining: unit === 'requests' ? Math.max(0, rest) : rest, resetsAt: endsAt };
}

/** For the headers of a call that no window refuses: the day's requests, and tokens and dollars if limited. */
export function dayStandings(
  item: MeterItem,
  windows: readonly LimitWindow[],
): { day: Standing; tokens: Standing | undefined; spend: SpendStanding | undefined } {
  const day = windows.find(({ field }) => field === 'requestsPerDay');
  const tokens = windows.find(({ unit, stored }) => unit === 'tokens' && item.limits[stored] !== undefined);
  if (day === undefined) throw new Error('The windows lack the day');
  const spend = windows.flatMap((window) =>
    window.unit === 'dollars' && item.limits[window.stored] !== undefined
      ? [{ ...standingIn(item, window), window: window.kind }]
      : [],
  );
  return { day: standingIn(item, day), tokens: tokens && standingIn(item, tokens), spend: tightest(spend) };
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
  const isUsedUp = long.some((one) => one.unit !== 'requests' && standingIn(item, one).remaining <= 0);
  return {
    apiKeyId,
    meterId,
    usagePlanId: item.usagePlanId,
    plan: item.plan,
    date,
    counted: item[fenceName(now, apiKeyId)] ?? 0,
    room: item[roomName(date, apiKeyId)],
    lifts: item[liftsName(date)] ?? 0,
    left: isUsedUp ? 0 : Math.min(...rests),
  };
}
