import { percentile, spread, toMarkdown, toMeasurement } from '../../bench/measure/figures.ts';

describe('figures of a measurement', () => {
  test('are the middle, the least and the most of the rounds', () => {
    expect(spread([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5 });
  });

  test.each([
    [0.5, 51],
    [0.99, 100],
    [1, 100],
  ])('at %d of a hundred sorted values', (share, value) => {
    expect(
      percentile(
        Array.from({ length: 100 }, (_, at) => at + 1),
        share,
      ),
    ).toBe(value);
  });

  test('stand in one row each, with a column for each subject and a dash where it has no such figure', () => {
    const runs = {
      ours: [
        { kB: 90, ms: 1.5 },
        { kB: 90, ms: 2.5 },
        { kB: 90, ms: 1.25 },
      ],
      theirs: [{ ms: 1250 }],
    };
    const markdown = toMarkdown(toMeasurement({ name: 'x', title: 'A chat' }, runs, [0.5, 2], ['No peer.']));
    expect(markdown).toContain('load average 0.5 → 2.0');
    expect(markdown).toContain('| | ours | theirs |\n|---|---:|---:|\n| kB | 90.0 | – |');
    expect(markdown).toContain('| ms | 1.50 (1.25–2.50) | 1,250 |');
    expect(markdown).toContain('\nNo peer.\n');
  });
});
