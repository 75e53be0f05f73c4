import { csv } from '../../parts/tables/csv.ts';
import { usageColumns } from '../../parts/tables/usage-columns.ts';
import type { DayRange } from './day-range.ts';
import type { UsageRow } from './usage-row.ts';

const columns = {
  date: ({ date }) => date,
  keyId: ({ keyId }) => keyId,
  keyName: ({ keyName }) => keyName ?? '',
  ...usageColumns,
} as const satisfies Record<string, (row: UsageRow) => string | number>;

export function usageCsv(rows: readonly UsageRow[]): string {
  return csv(columns, rows);
}

export function usageFileName({ from, to }: DayRange, keyId: string | undefined): string {
  const key = keyId === undefined ? '' : `-${keyId.replace(/[^\w-]/g, '')}`;
  return `daypass-usage-${from}-to-${to}${key}.csv`;
}
