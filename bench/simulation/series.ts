export const secondsPerDay = 86_400;

/** One number for each second of a day. */
export type Series = Float64Array;

export const emptySeries = (): Series => new Float64Array(secondsPerDay);

/** What happens after midnight belongs to the next day and is left out of rates. */
export function add(series: Series, second: number, amount = 1): void {
  const at = Math.floor(second);
  if (at < secondsPerDay) series[at] = (series[at] ?? 0) + amount;
}

export function sumOf(series: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < series.length; index += 1) sum += series[index] ?? 0;
  return sum;
}

/** Sums of `seconds` seconds each: requests a second become requests a minute. */
export function perWindow(series: Series, seconds: number): Float64Array {
  const windows = new Float64Array(Math.ceil(series.length / seconds));
  for (let second = 0; second < series.length; second += 1) {
    const at = Math.floor(second / seconds);
    windows[at] = (windows[at] ?? 0) + (series[second] ?? 0);
  }
  return windows;
}

export interface Spread {
  p50: number;
  p95: number;
  max: number;
}

export function spreadOf(values: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
}

/** Seconds that start in the series, summed up: how many run at once at each second. */
export function runningAtOnce(starts: Series): Series {
  const running = emptySeries();
  let now = 0;
  for (let second = 0; second < secondsPerDay; second += 1) {
    now += starts[second] ?? 0;
    running[second] = now;
  }
  return running;
}
