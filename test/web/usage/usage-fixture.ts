import type { UsageRow } from '../../../web/screens/usage/usage-row.ts';

export function usageRow(fields: Partial<UsageRow> = {}): UsageRow {
  return {
    date: '2026-11-22',
    keyId: 'key_one',
    keyName: 'My laptop',
    requests: 3,
    refused: 1,
    inputTokens: 100,
    outputTokens: 40,
    cachedTokens: 7,
    cost: 0.000_12,
    ...fields,
  };
}
