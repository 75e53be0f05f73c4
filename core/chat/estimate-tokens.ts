/**
 * A rough count of a text's tokens: models' tokenizers differ and aren't available here. Words count separately, since
 * hardly any tokenizer joins two, and each script has a weight of its own. docs/models.md has the error, measured with
 * the tokenizers of two models on offer.
 */
export interface TokenEstimate {
  /** Continues the text so far. */
  add(text: string): void;
  readonly tokens: number;
}

interface Script {
  /** The last code unit. */
  until: number;
  /** Hundredths of a token for a letter: whole numbers, so that their sums don't depend on the order. */
  weight: number;
  /** Whether words stand apart, each at least a token. */
  spaced: boolean;
}

const latin = { weight: 16, spaced: true };
const alphabetic = (weight: number) => ({ weight, spaced: true });
const unspaced = (weight: number) => ({ weight, spaced: false });

/** What isn't in the ASCII table below, in the order of Unicode's blocks. */
const scripts: readonly Script[] = [
  { until: 0x02af, ...latin },
  { until: 0x036f, ...unspaced(50) },
  { until: 0x03ff, ...alphabetic(40) }, // Greek
  { until: 0x052f, ...alphabetic(29) }, // Cyrillic
  { until: 0x05ff, ...alphabetic(40) }, // Armenian, Hebrew
  { until: 0x08ff, ...alphabetic(40) }, // Arabic
  { until: 0x0dff, ...alphabetic(45) }, // Devanagari and its neighbours
  { until: 0x0fff, ...unspaced(43) }, // Thai, Lao, Tibetan
  { until: 0x1dff, ...unspaced(60) },
  { until: 0x1eff, ...latin },
  { until: 0x1fff, ...alphabetic(40) }, // Greek with accents
  { until: 0x2fff, ...unspaced(80) }, // signs
  { until: 0x303f, ...unspaced(80) }, // marks of Chinese and Japanese
  { until: 0x30ff, ...unspaced(75) }, // kana
  { until: 0x9fff, ...unspaced(85) }, // Chinese characters
  { until: 0xabff, ...unspaced(60) },
  { until: 0xd7ff, ...unspaced(65) }, // Hangul
  // Half of a character beyond the first 65,536, an emoji for instance; then the rest.
  { until: 0xffff, ...unspaced(60) },
];

const digitsPerToken = 3;
/** Signs in a row are joined where they are usual together, and the same one over and over more so. */
const marksPerToken = 2;
const repeatsPerToken = 64;

/** Of what a run of characters consists. Numbers, since a million characters have to be looked at in some milliseconds. */
const space = 0;
const word = 1;
const digits = 2;
const marks = 3;
const repeats = 4;
const free = 5;

/** In hundredths of a token. @param weight of the run's letters */
function costOf(run: number, weight: number, length: number): number {
  if (run === word) return Math.max(100, weight);
  if (run === space) return length > 1 ? 100 : 0;
  if (run === digits) return 100 * Math.ceil(length / digitsPerToken);
  if (run === marks) return 100 * Math.ceil(length / marksPerToken);
  return run === repeats ? 100 * Math.ceil(length / repeatsPerToken) : weight;
}

export function createTokenEstimate(): TokenEstimate {
  /** Of the runs that have ended, in hundredths. */
  let ended = 0;
  let run = space;
  let weight = 0;
  let length = 0;
  let last = 0;
  return {
    add(text) {
      // Local variables, which the loop reads several times faster.
      let [total, current, sum, count, before] = [ended, run, weight, length, last];
      for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at);
        let kind = word;
        let unitWeight = latin.weight;
        if (unit < 0x80) kind = asciiRuns[unit] as number;
        else {
          const script = scriptOf(unit);
          kind = script.spaced ? word : free;
          unitWeight = script.weight;
        }
        if (kind === marks && unit === before) {
          if (current === marks && count === 1) current = repeats;
          if (current === repeats) kind = repeats;
        }
        if (kind !== current) {
          total += costOf(current, sum, count);
          current = kind;
          sum = 0;
          count = 0;
        }
        sum += unitWeight;
        count += 1;
        before = unit;
      }
      [ended, run, weight, length, last] = [total, current, sum, count, before];
    },
    get tokens() {
      return Math.ceil((ended + costOf(run, weight, length)) / 100);
    },
  };
}

export function estimateTokens(text: string): number {
  const estimate = createTokenEstimate();
  estimate.add(text);
  return estimate.tokens;
}

const asciiRuns = Uint8Array.from({ length: 0x80 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (/\s/.test(character)) return space;
  if (/[A-Za-z]/.test(character)) return word;
  return /\d/.test(character) ? digits : marks;
});

function scriptOf(unit: number): Script {
  let at = 0;
  while ((scripts[at] as Script).until < unit) at += 1;
  return scripts[at] as Script;
}
