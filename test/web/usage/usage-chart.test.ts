import { chartSeries } from '../../../web/screens/usage/chart/chart-series.ts';
import { keyLabels } from '../../../web/screens/usage/key-labels.ts';
import { metrics } from '../../../web/screens/usage/metrics.ts';
import { tokensOf, totalsOf } from '../../../web/screens/usage/usage-totals.ts';
import { usageRow } from './usage-fixture.ts';

const range = { from: '2026-11-20', to: '2026-11-22' };
const manyKeys = Array.from({ length: 9 }, (_, index) =>
  usageRow({ keyId: `key_${index}`, keyName: `Key ${index}`, requests: index + 1 }),
);

test('days without usage have an empty bar', () => {
  const { days } = chartSeries([usageRow()], range, metrics.requests.of, keyLabels([usageRow()]));
  expect(days).toEqual([
    { date: '2026-11-20', values: {} },
    { date: '2026-11-21', values: {} },
    { date: '2026-11-22', values: { key_one: 3 } },
  ]);
});

test('of many keys, the largest are shown on their own and the rest together, and nothing is lost', () => {
  const { series, days } = chartSeries(manyKeys, range, metrics.requests.of, keyLabels(manyKeys));
  expect(series.map(({ label }) => label)).toEqual([
    'Key 4',
    'Key 5',
    'Key 6',
    'Key 7',
    'Key 8',
    '4 other keys',
  ]);
  expect(days.at(-1)?.values.rest).toBe(1 + 2 + 3 + 4);
  expect(series.reduce((sum, { total }) => sum + total, 0)).toBe(45);
});

test('totals cover all rows, and cached input counts as tokens besides the input', () => {
  const rows = [usageRow(), usageRow({ date: '2026-11-21', requests: 4, cost: 1 })];
  expect(totalsOf(rows)).toEqual({
    requests: 7,
    refused: 2,
    inputTokens: 200,
    outputTokens: 80,
    cachedTokens: 14,
    cost: 1.000_12,
  });
  expect(tokensOf(usageRow())).toBe(147);
});

test('keys that share a name are told apart by their ids, and one without a record says so', () => {
  const labels = keyLabels([
    { keyId: 'key_aaaa1111', keyName: 'Same' },
    { keyId: 'key_bbbb2222', keyName: 'Same' },
    { keyId: 'key_cccc3333', keyName: null },
    { keyId: 'key_dddd4444', keyName: 'Other' },
    { keyId: 'key_dddd4444', keyName: 'Other' },
  ]);
  expect([...labels]).toEqual([
    ['key_cccc3333', 'Ended key (…3333)'],
    ['key_dddd4444', 'Other'],
    ['key_aaaa1111', 'Same (…1111)'],
    ['key_bbbb2222', 'Same (…2222)'],
  ]);
});
