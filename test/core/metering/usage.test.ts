import { describeUsage, type UsageDay } from '../../../core/metering/usage.ts';

const row: UsageDay = {
  date: '2026-11-22',
  keyId: 'key_a',
  requests: 2,
  refused: 1,
  inputTokens: 10,
  outputTokens: 20,
  cachedTokens: 0,
  costNanoDollars: 1_500_000,
};

test('rows give dollars and the key’s name, or none for a key without a record', async () => {
  const asked: unknown[] = [];
  const names = {
    of: async (...query: unknown[]) => {
      asked.push(query);
      return new Map([['key_a', 'laptop']]);
    },
  };
  const rows = await describeUsage(names, 'ada', [row, { ...row, keyId: 'key_gone' }, row]);
  expect(rows.map(({ keyName }) => keyName)).toEqual(['laptop', null, 'laptop']);
  expect(rows[0]).toMatchObject({ cost: 0.0015, requests: 2 });
  expect(rows[0]).not.toHaveProperty('costNanoDollars');
  // Each key once, and only the user's own.
  expect(asked).toEqual([['ada', ['key_a', 'key_gone']]]);
});
