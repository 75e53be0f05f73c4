import { DaypassError } from '../errors.ts';
import { plusUsage, type UsageDay, type UsageRecords } from '../metering/usage.ts';
import { dayMs } from '../metering/windows.ts';
import type { Page } from '../page.ts';
import type { AdminDirectory } from './ports.ts';

type Totals = Omit<UsageDay, 'keyId'>;

/** Days of a page of several users; one user's may be all that are kept. */
const longestDays = 31;

export interface AdminUsagePorts {
  usage: Pick<UsageRecords, 'list'>;
  directory: Pick<AdminDirectory, 'list' | 'find'>;
}

export interface AdminUsageQuery extends Page {
  /** First and last day, inclusive. */
  from: string;
  to: string;
  userId?: string | undefined;
  email?: string | undefined;
}

/**
 * Usage by user and day, all keys together: of one user, or of a page of the directory's users.
 * @throws DaypassError `invalid_request` for more days than a page of users may have
 */
export async function usageByUser(ports: AdminUsagePorts, { from, to, userId, ...page }: AdminUsageQuery) {
  const rowsOf = async (user: { userId: string; email: string | null }) =>
    (await daysOf(ports.usage, { userId: user.userId, from, to })).map(({ costNanoDollars, ...day }) => ({
      ...user,
      ...day,
      cost: costNanoDollars / 1e9,
    }));
  if (userId !== undefined) {
    const user = await ports.directory.find(userId);
    return { data: await rowsOf({ userId, email: user?.email ?? null }), nextCursor: null };
  }
  requireFewDays(from, to);
  const { users, nextCursor } = await ports.directory.list(page);
  const rows = await Promise.all(users.map((user) => rowsOf({ userId: user.userId, email: user.email })));
  return { data: rows.flat(), nextCursor };
}

function requireFewDays(from: string, to: string): void {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (days <= longestDays) return;
  throw new DaypassError(
    'invalid_request',
    `from and to may span at most ${longestDays} days, unless userId names one user.`,
    { param: 'from' },
  );
}

const rowsAtOnce = 1000;

/** Newest first, as the rows are. */
async function daysOf(
  usage: AdminUsagePorts['usage'],
  query: { userId: string; from: string; to: string },
): Promise<Totals[]> {
  const days = new Map<string, Totals>();
  let cursor: string | undefined;
  do {
    const page = await usage.list({ ...query, limit: rowsAtOnce, cursor });
    for (const { keyId: _keyId, ...row } of page.days) {
      const before = days.get(row.date);
      days.set(row.date, before === undefined ? row : plusUsage(before, row));
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return [...days.values()];
}
