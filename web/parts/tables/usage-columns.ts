import { plainNumber } from './csv.ts';

interface UsageAmounts {
  requests: number;
  refused: number;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  cost: number;
}

/** What was used, for the CSV files of usage. */
export const usageColumns = {
  requests: ({ requests }) => requests,
  refused: ({ refused }) => refused,
  inputTokens: ({ inputTokens }) => inputTokens,
  outputTokens: ({ outputTokens }) => outputTokens,
  cachedTokens: ({ cachedTokens }) => cachedTokens,
  costUsd: ({ cost }) => plainNumber(cost),
} as const satisfies Record<string, (row: UsageAmounts) => string | number>;
