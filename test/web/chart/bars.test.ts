import fc from 'fast-check';
import { type ChartBar, scaleOf, seriesAt } from '../../../web/chart/bars.ts';

const bar = (values: Record<string, number>): ChartBar => ({ id: 'a', label: 'a', short: 'a', values });

test('the scale has round steps, few of them, and room for the highest bar', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
      fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }),
      (height, limit) => {
        const { top, ticks, showsLimit } = scaleOf([bar({ one: height })], { limit, isCount: false });
        expect(top).toBeGreaterThanOrEqual(height * (1 - 1e-9));
        expect(top).toBe(ticks.at(-1));
        expect(ticks.length).toBeLessThanOrEqual(6);
        if (showsLimit) expect(top).toBeGreaterThanOrEqual(limit ?? Number.NaN);
      },
    ),
  );
});

test('counts have whole steps, and no bars still have a scale', () => {
  expect(scaleOf([bar({ one: 3 })], { isCount: true }).ticks).toEqual([0, 1, 2, 3]);
  expect(scaleOf([], { isCount: true }).ticks).toEqual([0, 1]);
  expect(scaleOf([bar({ one: 0.3 })], { isCount: false }).ticks).toHaveLength(4);
});

test('a limit far above the bars is left out, so that they can be told apart', () => {
  expect(scaleOf([bar({ one: 3 })], { limit: 10, isCount: true })).toMatchObject({
    showsLimit: true,
    top: 10,
  });
  expect(scaleOf([bar({ one: 3 })], { limit: 500_000, isCount: true }).showsLimit).toBe(false);
  expect(scaleOf([bar({})], { limit: 20, isCount: true })).toMatchObject({ showsLimit: true, top: 20 });
});

test('a height of a bar belongs to the series that is drawn there', () => {
  const series = ['one', 'two'].map((id) => ({ id, label: id, total: 0 }));
  const of = (value: number) => seriesAt(bar({ one: 2, two: 3 }), series, value)?.id;
  expect([of(0), of(1.9), of(2), of(4.9), of(5)]).toEqual(['one', 'one', 'two', 'two', undefined]);
});
