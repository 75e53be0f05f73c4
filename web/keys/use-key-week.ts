import { useQuery } from '@tanstack/react-query';
import { usageRoutes } from '../../core/contract/usage.ts';
import { dayMs, dayOf } from '../../core/metering/windows.ts';
import { useApi } from '../shell/console-context.ts';
import { lastDays } from '../shell/last-days.ts';

/** A key's usage of the last seven days (UTC), today included. */
export function useKeyWeek(keyId: string) {
  const api = useApi();
  const days = Array.from({ length: 7 }, (_, ago) => dayOf(Date.now() - (6 - ago) * dayMs));
  const [from, to] = [days[0] ?? '', days.at(-1) ?? ''];
  const query = useQuery({
    ...lastDays(['usage', 'week', keyId], from),
    queryFn: ({ signal }) => api.call(usageRoutes.getUsage, { query: { keyId, from, to }, signal }),
  });
  return { days, from, to, rows: query.data?.data.filter(({ date }) => date >= from), query };
}
