import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { dateOf, datesBetween, periodStart } from './quota-period.ts';
import type { Quota, UsagePlan } from './stored-keys-and-plans.ts';

interface PeriodCount {
  used: number;
  /** What UpdateUsage added to the limit; may be negative. */
  extension: number;
}

/** `[used, remaining]` of one day; `remaining` is -1 without a quota. */
type DayUsage = [number, number];

export interface UsageMeter {
  /** Counts one request. @returns false, nothing counted, when the quota is used up */
  count(plan: UsagePlan, keyId: string): boolean;
  setRemaining(plan: UsagePlan, keyId: string, quota: Quota, remaining: number): DayUsage;
  /** For each key with usage in that time, one pair a day. */
  between(plan: UsagePlan, first: string, last: string): { keyId: string; days: DayUsage[] }[];
}

/** Counters by plan and key. Each period has its own record, so that moving the clock there and back loses nothing. */
export function createUsageMeter(deps: { store: Store; clock: Clock }): UsageMeter {
  const periodsOf = (planId: string) => deps.store.collection<PeriodCount>(`apigateway/quota/${planId}`);
  const daysOf = (planId: string) => deps.store.collection<DayUsage>(`apigateway/usage/${planId}`);
  const periodId = (keyId: string, quota: Quota, now: number) => `${keyId}/${periodStart(quota, now)}`;
  const begin = (): PeriodCount => ({ used: 0, extension: 0 });

  const recordDay = (planId: string, keyId: string, requests: number, remaining: number): DayUsage => {
    const days = daysOf(planId);
    const id = `${keyId}/${dateOf(deps.clock.now())}`;
    const usage: DayUsage = [(days.get(id)?.[0] ?? 0) + requests, remaining];
    days.put(id, usage);
    return usage;
  };

  return {
    count: (plan, keyId) =>
      deps.store.atomically(() => {
        const { quota } = plan;
        if (quota === undefined) return Boolean(recordDay(plan.id, keyId, 1, -1));
        const periods = periodsOf(plan.id);
        const id = periodId(keyId, quota, deps.clock.now());
        const period = periods.get(id) ?? begin();
        const remaining = quota.limit + period.extension - period.used;
        if (remaining <= 0) return false;
        periods.put(id, { ...period, used: period.used + 1 });
        recordDay(plan.id, keyId, 1, remaining - 1);
        return true;
      }),
    setRemaining: (plan, keyId, quota, remaining) =>
      deps.store.atomically(() => {
        const periods = periodsOf(plan.id);
        const id = periodId(keyId, quota, deps.clock.now());
        const { used } = periods.get(id) ?? begin();
        periods.put(id, { used, extension: remaining - (quota.limit - used) });
        return recordDay(plan.id, keyId, 0, remaining);
      }),
    between(plan, first, last) {
      const recorded = new Map(
        daysOf(plan.id)
          .list()
          .map(({ id, value }) => [id, value]),
      );
      const dates = datesBetween(first, last);
      const used = [...recorded.keys()].filter((id) => dates.includes(dateIn(id)));
      const keyIds = [...new Set(used.map((id) => id.slice(0, id.lastIndexOf('/'))))];
      return keyIds.map((keyId) => ({ keyId, days: fillDays(plan.quota, keyId, dates, recorded) }));
    },
  };
}

const dateIn = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** A day without calls shows what its period had left, or the whole limit when the period begins with it. */
function fillDays(
  quota: Quota | undefined,
  keyId: string,
  dates: readonly string[],
  recorded: ReadonlyMap<string, DayUsage>,
): DayUsage[] {
  let period = '';
  let remaining = quota?.limit ?? -1;
  return dates.map((date) => {
    const start = quota === undefined ? '' : periodStart(quota, Date.parse(date));
    if (start !== period) {
      period = start;
      remaining = quota?.limit ?? -1;
    }
    const usage = recorded.get(`${keyId}/${date}`);
    remaining = usage?.[1] ?? remaining;
    return usage ?? [0, remaining];
  });
}
