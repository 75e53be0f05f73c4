import { csv } from '../../../parts/tables/csv.ts';
import { usageColumns } from '../../../parts/tables/usage-columns.ts';
import type { AdminUsageRow } from '../admin-types.ts';

const amounts = ['requests', 'refused', 'inputTokens', 'outputTokens', 'cachedTokens', 'cost'] as const;

export interface UserTotals extends Pick<AdminUsageRow, 'userId' | (typeof amounts)[number]> {
  /** The address, or the id of an account that is gone. */
  label: string;
}

/** All days of each user together, the dearest first. */
export function totalsByUser(rows: readonly AdminUsageRow[]): UserTotals[] {
  const totals = new Map<string, UserTotals>();
  for (const row of rows) {
    const { userId, email } = row;
    const sum = totals.get(userId) ?? { ...row, ...zero, label: email ?? userId };
    for (const amount of amounts) sum[amount] += row[amount];
    totals.set(userId, sum);
  }
  return [...totals.values()].sort((one, other) => other.cost - one.cost || other.requests - one.requests);
}

const zero = { requests: 0, refused: 0, inputTokens: 0, outputTokens: 0, cachedTokens: 0, cost: 0 };

export function usageByUserCsv(rows: readonly AdminUsageRow[]): string {
  return csv(columns, rows);
}

const columns = {
  date: ({ date }) => date,
  userId: ({ userId }) => userId,
  email: ({ email }) => email ?? '',
  ...usageColumns,
} as const satisfies Record<string, (row: AdminUsageRow) => string | number>;
