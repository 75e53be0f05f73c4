import { useRecentCalls } from '../../calls/use-recent-calls.ts';
import type { UsageView } from './use-usage-view.ts';

export type UsageCalls = ReturnType<typeof useUsageCalls>;

/** Ten pages of the API. */
const most = 1000;

/** The newest calls of the days and the key on the screen, for what totals of days can't answer. */
export function useUsageCalls({ range, keyId, rows }: UsageView) {
  const { from, to } = range;
  const period = range.period === 'custom' ? undefined : range.period;
  return { ...useRecentCalls({ keyId, from, to, period, most, isWanted: rows.length > 0 }), most };
}
