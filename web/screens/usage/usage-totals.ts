import type { UsageRow } from './usage-row.ts';

const figures = ['requests', 'refused', 'inputTokens', 'outputTokens', 'cachedTokens', 'cost'] as const;

export type UsageTotals = Record<(typeof figures)[number], number>;

export function totalsOf(rows: readonly UsageRow[]): UsageTotals {
  const sum = (figure: (typeof figures)[number]) => rows.reduce((total, row) => total + row[figure], 0);
  return {
    requests: sum('requests'),
    refused: sum('refused'),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    cachedTokens: sum('cachedTokens'),
    cost: sum('cost'),
  };
}

/** `inputTokens` doesn't include cached input. */
export const tokensOf = (figures: Pick<UsageRow, 'inputTokens' | 'outputTokens' | 'cachedTokens'>): number =>
  figures.inputTokens + figures.outputTokens + figures.cachedTokens;
