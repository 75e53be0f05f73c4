import { csv, plainNumber } from '../../parts/csv.ts';
import type { DayRange } from './day-range.ts';
import type { UsageRow } from './usage-row.ts';

const columns = {
  date: ({ date }) => date,
  keyId: ({ keyId }) => keyId,
  keyName: ({ keyName }) => keyName ?? '',
  requests: ({ requests }) => requests,
  refused: ({ refused }) => refused,
  inputTokens: ({ inputTokens }) => inputTokens,
  outputTokens: ({ outputTokens }) => outputTokens,
  cachedTokens: ({ cachedTokens }) => cachedTokens,
  costUsd: ({ cost }) => plainNumber(cost),
} as const satisfies Record<string, (row: UsageRow) => string | number>;

export function usageCsv(rows: readonly UsageRow[]): string {
  return csv(columns, rows);
}

export function usageFileName({ from, to }: DayRange, keyId: string | undefined): string {
  const key = keyId === undefined ? '' : `-${keyId.replace(/[^\w-]/g, '')}`;
  return `daypass-usage-${from}-to-${to}${key}.csv`;
}
