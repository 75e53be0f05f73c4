import { chartOf } from '../../bench/chart.ts';
import { toMeasurement } from '../../bench/measure/figures.ts';

const figures = (cpu: number) => ({
  'CPU a call, 64 at once, ms': cpu,
  'added to the first token, p50, ms': 1,
  'CPU a chunk, 5 a read, µs': 4.5,
  'most memory, MiB': 90,
});
const chart = chartOf(
  toMeasurement(
    { name: 'chat', title: 'A chat' },
    { Daypass: [figures(0.5)], 'A <peer>': [figures(2)] },
    [1],
  ),
);

test('the chart tells its main figure to those who can’t see it, with names as text', () => {
  expect(chart).toContain('aria-label="CPU a call: Daypass 0.50 ms, A &#60;peer&#62; 2.00 ms"');
  expect(chart).not.toContain('<peer>');
});

test('a bar of four times the work is twice as long', () => {
  const [ours, other] = [...chart.matchAll(/<rect class="(?:ours|other)"[^>]*width="([\d.]+)"/g)].map(
    ([, length]) => Number(length),
  );
  expect(other).toBeCloseTo(2 * (ours ?? 0), 0);
});
