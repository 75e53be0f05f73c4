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

type Run = 'space' | 'word' | 'digits' | 'marks' | 'repeats' | 'free';

export function createTokenEstimate(): TokenEstimate {
  /** In hundredths. */
  let tokens = 0;
  let run: Run = 'space';
  let weight = 0;
  let length = 0;
  let last = 0;

  const endRun = () => {
    if (run === 'word') tokens += Math.max(100, weight);
    else if (run === 'digits') tokens += 100 * Math.ceil(length / digitsPerToken);
    else if (run === 'marks') tokens += 100 * Math.ceil(length / marksPerToken);
    else if (run === 'repeats') tokens += 100 * Math.ceil(length / repeatsPerToken);
    else if (run === 'space' && length > 1) tokens += 100;
    else if (run === 'free') tokens += weight;
  };
  const step = (next: Run, unit: number, unitWeight: number) => {
    let kind = next;
    if (next === 'marks' && run === 'repeats' && unit === last) kind = 'repeats';
    else if (next === 'marks' && run === 'marks' && unit === last && length === 1) run = kind = 'repeats';
    if (kind !== run) {
      endRun();
      run = kind;
      weight = 0;
      length = 0;
    }
    weight += unitWeight;
    length += 1;
    last = unit;
  };
  return {
    add(text) {
      for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at);
        if (unit < 0x80) {
          step(asciiRuns[unit] as Run, unit, latin.weight);
          // Most of most texts: the rest of an English word, in one step.
          const begin = at + 1;
          if (run === 'word') while (isLetter[text.charCodeAt(at + 1)] === 1) at += 1;
          weight += latin.weight * (at + 1 - begin);
          length += at + 1 - begin;
        } else {
          const script = scriptOf(unit);
          step(script.spaced ? 'word' : 'free', unit, script.weight);
        }
      }
    },
    get tokens() {
      const before = tokens;
      endRun();
      const total = tokens;
      tokens = before;
      return Math.ceil(total / 100);
    },
  };
}

export function estimateTokens(text: string): number {
  const estimate = createTokenEstimate();
  estimate.add(text);
  return estimate.tokens;
}

const asciiRuns: readonly Run[] = Array.from({ length: 0x80 }, (_, unit): Run => {
  const character = String.fromCharCode(unit);
  if (/\s/.test(character)) return 'space';
  if (/[A-Za-z]/.test(character)) return 'word';
  return /\d/.test(character) ? 'digits' : 'marks';
});

const isLetter = Uint8Array.from(asciiRuns, (run) => Number(run === 'word'));

function scriptOf(unit: number): Script {
  let at = 0;
  while ((scripts[at] as Script).until < unit) at += 1;
  return scripts[at] as Script;
}
