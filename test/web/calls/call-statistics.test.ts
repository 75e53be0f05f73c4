import { byModel, percentilesOf, statisticsOf } from '../../../web/calls/call-statistics.ts';
import { loggedCall } from './call-fixture.ts';

test('percentiles are values that were measured, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentilesOf(hundred)).toEqual({ p50: 50, p95: 95 });
  expect(percentilesOf([7])).toEqual({ p50: 7, p95: 7 });
  expect(percentilesOf([3, 1])).toEqual({ p50: 1, p95: 3 });
  expect(percentilesOf([])).toBeUndefined();
});

test('success is of what was answered or failed: refusals and callers who left are aside', () => {
  const statistics = statisticsOf([
    loggedCall(),
    loggedCall(),
    loggedCall(),
    loggedCall({ status: 503, code: 'service_unavailable', mark: 'refunded', totalMs: null }),
    loggedCall({ code: 'caller_left', mark: 'aborted', firstTokenMs: 9, totalMs: 9 }),
    loggedCall({ status: 429, code: 'rate_limit_exceeded', mark: 'refused', count: 5, firstTokenMs: null }),
  ]);
  expect(statistics).toMatchObject({ calls: 10, answered: 3, failed: 1, refused: 5, successRate: 0.75 });
  // Of whole answers alone.
  expect(statistics.firstToken).toEqual({ p50: 200, p95: 200 });
  expect(statistics.total).toEqual({ p50: 900, p95: 900 });
});

test('without an answer or a failure there is no rate and no latency', () => {
  const refusal = loggedCall({
    status: 429,
    code: 'rate_limit_exceeded',
    mark: 'refused',
    firstTokenMs: null,
  });
  expect(statisticsOf([refusal])).toMatchObject({ successRate: undefined, firstToken: undefined });
  expect(statisticsOf([])).toMatchObject({ calls: 0, successRate: undefined, total: undefined });
});

test('models come by their calls, refusals of a minute counted as many, and those without a model as one', () => {
  const groups = byModel([
    loggedCall({ model: 'nova-pro' }),
    loggedCall({ model: null, count: 3 }),
    loggedCall({ model: 'nova-lite' }),
    loggedCall({ model: 'nova-lite' }),
  ]);
  expect(groups.map(([model, calls]) => [model, calls.length])).toEqual([
    ['', 1],
    ['nova-lite', 2],
    ['nova-pro', 1],
  ]);
});
