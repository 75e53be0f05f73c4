export const secondsPerDay = 86_400;

/** One number for each second of a day. */
export type Series = Float64Array;

export const emptySeries = (): Series => new Float64Array(secondsPerDay);

/** Days are alike: what runs past midnight stands for what ran past the midnight before. */
export function add(series: Series, second: number, amount = 1): void {
  const at = Math.floor(second) % secondsPerDay;
  series[at] = (series[at] ?? 0) + amount;
}

export function sumOf(series: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < series.length; index += 1) sum += series[index] ?? 0;
  return sum;
}

export function maxOf(values: ArrayLike<number>): number {
  let max = 0;
  for (let index = 0; index < values.length; index += 1) max = Math.max(max, values[index] ?? 0);
  return max;
}

/** Second by second. */
export function sumOfAll(all: readonly Series[]): Series {
  const sum = emptySeries();
  for (const series of all) {
    for (let second = 0; second < secondsPerDay; second += 1) {
      sum[second] = (sum[second] ?? 0) + (series[second] ?? 0);
    }
  }
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

/** @param changes starts less ends of each second. @param atMidnight how many run when the day begins */
export function runningAtOnce(changes: Series, atMidnight: number): Series {
  const running = emptySeries();
  let now = atMidnight;
  for (let second = 0; second < secondsPerDay; second += 1) {
    now += changes[second] ?? 0;
    running[second] = now;
  }
  return running;
}
