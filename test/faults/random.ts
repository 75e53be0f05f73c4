/** A small seeded generator (mulberry32): the same seed gives the same faults again. @returns numbers in [0, 1) */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many seeds a test runs: few in CI, more by `DAYPASS_FAULT_SEEDS`. */
export function seedsFromEnvironment(fewest: number): number[] {
  const count = Number(process.env.DAYPASS_FAULT_SEEDS ?? fewest);
  const first = Number(process.env.DAYPASS_FAULT_FIRST_SEED ?? 1);
  return Array.from({ length: Math.max(fewest, count) }, (_unused, at) => first + at);
}
