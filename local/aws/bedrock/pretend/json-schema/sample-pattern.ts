import randexp from 'randexp';

// The package's types promise a default export of a CommonJS module that is the class itself.
const RandExp = randexp as unknown as typeof randexp.default;

/** How often what may repeat does; also which of several alternatives and characters is taken, counted from 0. */
const attempts = [1, 2, 3, 5, 8, 0];
/** Steps of one sample: `(a{9999}){9999}` is a valid pattern too. */
const stepsLimit = 20_000;

class TooLong extends Error {}

/**
 * A text that a regular expression matches, always the same one.
 * @returns undefined where none was found: look-ahead and Unicode properties are beyond the library, so every sample is
 *   tested
 */
export function sampleOf(
  pattern: string,
  length: { least?: number; most?: number } = {},
): string | undefined {
  const { least = 0, most = Number.POSITIVE_INFINITY } = length;
  const expression = new RegExp(pattern, 'u');
  try {
    for (const characters of ['letters', 'all'] as const) {
      for (const attempt of [...attempts, least]) {
        const sample = generate(pattern, attempt, characters);
        if (!expression.test(sample)) continue;
        const { length: size } = [...sample];
        if (size >= least && size <= most) return sample;
      }
    }
  } catch (error) {
    // A syntax error is what the library doesn't know.
    if (!(error instanceof TooLong || error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

function generate(pattern: string, attempt: number, characters: 'letters' | 'all'): string {
  let steps = 0;
  const sampler = new RandExp(pattern);
  sampler.max = attempt;
  sampler.randInt = (from, to) => {
    const chosen = Math.min(Math.max(from, attempt), to);
    steps += chosen + 1;
    if (steps > stepsLimit) throw new TooLong();
    return chosen;
  };
  // Letters and digits first: what a person would write where the pattern leaves the choice.
  if (characters === 'letters') {
    sampler.defaultRange.subtract(0x20, 0x2f).subtract(0x3a, 0x40).subtract(0x5b, 0x60).subtract(0x7b, 0x7e);
  } else sampler.defaultRange.add(0xa1, 0xd7ff);
  return sampler.gen();
}
