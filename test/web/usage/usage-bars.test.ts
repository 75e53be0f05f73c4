import { heightOf } from '../../../web/chart/bars.ts';
import { keyLabels } from '../../../web/screens/usage/key-labels.ts';
import { metrics } from '../../../web/screens/usage/metrics.ts';
import { barsByHour, barsByKey, barsByModel } from '../../../web/screens/usage/usage-bars.ts';
import { tokensOf, totalsOf } from '../../../web/screens/usage/usage-totals.ts';
import { loggedCall } from '../calls/call-fixture.ts';
import { usageRow } from './usage-fixture.ts';

const range = { from: '2026-11-20', to: '2026-11-22' };
const manyKeys = Array.from({ length: 9 }, (_, index) =>
  usageRow({ keyId: `key_${index}`, keyName: `Key ${index}`, requests: index + 1 }),
);

test('days without usage have an empty bar', () => {
  const { bars } = barsByKey([usageRow()], range, metrics.requests, keyLabels([usageRow()]));
  expect(bars).toEqual([
    { id: '2026-11-20', label: '20 Nov 2026', short: '20 Nov', values: {} },
    { id: '2026-11-21', label: '21 Nov 2026', short: '21 Nov', values: {} },
    { id: '2026-11-22', label: '22 Nov 2026', short: '22 Nov', values: { key_one: 3 } },
  ]);
});

test('of many keys, the largest are shown on their own and the rest together, and nothing is lost', () => {
  const { series, bars } = barsByKey(manyKeys, range, metrics.requests, keyLabels(manyKeys));
  expect(series.map(({ label }) => label)).toEqual([
    'Key 4',
    'Key 5',
    'Key 6',
    'Key 7',
    'Key 8',
    '4 other keys',
  ]);
  expect(bars.at(-1)?.values.rest).toBe(1 + 2 + 3 + 4);
  expect(series.reduce((sum, { total }) => sum + total, 0)).toBe(45);
});

test('by model, charged calls count as requests and refusals over a limit as refused', () => {
  const calls = [
    loggedCall({ model: 'nova-lite' }),
    loggedCall({ model: 'nova-pro', mark: 'aborted', code: 'caller_left' }),
    loggedCall({ model: 'nova-pro', mark: 'refunded', status: 503, code: 'service_unavailable' }),
    loggedCall({ model: null, mark: 'refused', status: 429, code: 'rate_limit_exceeded', count: 4 }),
    loggedCall({ model: null, mark: 'refused', status: 404, code: 'model_not_found', count: 2 }),
  ];
  expect(barsByModel(calls, range, metrics.requests).bars.at(-1)?.values).toMatchObject({
    'nova-lite': 1,
    'nova-pro': 1,
  });
  expect(barsByModel(calls, range, metrics.refused).bars.at(-1)?.values).toMatchObject({ '': 4 });
});

test('a day has 24 hours, with the calls of that day alone', () => {
  const calls = [
    loggedCall({ time: '2026-11-22T09:59:59.000Z' }),
    loggedCall({ time: '2026-11-22T00:00:00.000Z' }),
    loggedCall({ time: '2026-11-21T09:00:00.000Z' }),
  ];
  const { bars, series } = barsByHour(calls, '2026-11-22', metrics.requests);
  expect(bars).toHaveLength(24);
  expect(bars.filter((bar) => heightOf(bar) > 0).map(({ id }) => id)).toEqual(['00', '09']);
  expect(series).toMatchObject([{ label: 'nova-lite', total: 2 }]);
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
