/** Chance that repeats: the same seed gives the same day. */
export interface Random {
  /** In [0, 1). */
  unit(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  chance(probability: number): boolean;
  /** Waiting time with this mean. */
  exponential(mean: number): number;
  /** Long-tailed, with this median; sigma 0 gives the median itself. */
  logNormal(median: number, sigma: number): number;
  /** An index of `weights`, each as likely as its weight. */
  pick(weights: readonly number[]): number;
}

/** A 32-bit counter whose bits are mixed at each step: quick, and good enough to draw a day from. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b9) | 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  return {
    unit,
    below: (below) => Math.floor(unit() * below),
    chance: (probability) => unit() < probability,
    exponential: (mean) => -Math.log(1 - unit()) * mean,
    logNormal: (median, sigma) => (sigma === 0 ? median : median * Math.exp(sigma * normal())),
    pick(weights) {
      let rest = unit() * weights.reduce((sum, weight) => sum + weight, 0);
      for (const [index, weight] of weights.entries()) {
        rest -= weight;
        if (rest < 0) return index;
      }
      return weights.length - 1;
    },
  };
}
