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
  /** Tokens of a letter. */
  weight: number;
  /** Whether words stand apart, each at least a token. */
  spaced: boolean;
}

const latin = { weight: 0.16, spaced: true };
const alphabetic = (weight: number) => ({ weight, spaced: true });
const unspaced = (weight: number) => ({ weight, spaced: false });

/** What isn't in the ASCII table below, in the order of Unicode's blocks. */
const scripts: readonly Script[] = [
  { until: 0x02af, ...latin },
  { until: 0x036f, ...unspaced(0.5) },
  { until: 0x03ff, ...alphabetic(0.4) }, // Greek
  { until: 0x052f, ...alphabetic(0.29) }, // Cyrillic
  { until: 0x05ff, ...alphabetic(0.4) }, // Armenian, Hebrew
  { until: 0x08ff, ...alphabetic(0.4) }, // Arabic
  { until: 0x0dff, ...alphabetic(0.45) }, // Devanagari and its neighbours
  { until: 0x0fff, ...unspaced(0.43) }, // Thai, Lao, Tibetan
  { until: 0x1dff, ...unspaced(0.6) },
  { until: 0x1eff, ...latin },
  { until: 0x1fff, ...alphabetic(0.4) }, // Greek with accents
  { until: 0x2fff, ...unspaced(0.8) }, // signs
  { until: 0x303f, ...unspaced(0.8) }, // marks of Chinese and Japanese
  { until: 0x30ff, ...unspaced(0.75) }, // kana
  { until: 0x9fff, ...unspaced(0.85) }, // Chinese characters
  { until: 0xabff, ...unspaced(0.6) },
  { until: 0xd7ff, ...unspaced(0.65) }, // Hangul
  // Half of a character beyond the first 65,536, an emoji for instance; then the rest.
  { until: 0xffff, ...unspaced(0.6) },
];

const digitsPerToken = 3;
/** Signs in a row are joined where they are usual together, and the same one over and over more so. */
const marksPerToken = 2;
const repeatsPerToken = 64;

type Run = 'space' | 'word' | 'digits' | 'marks' | 'repeats' | 'free';

export function createTokenEstimate(): TokenEstimate {
  let tokens = 0;
  let run: Run = 'space';
  let weight = 0;
  let length = 0;
  let last = 0;

  const endRun = () => {
    if (run === 'word') tokens += Math.max(1, weight);
    else if (run === 'digits') tokens += Math.ceil(length / digitsPerToken);
    else if (run === 'marks') tokens += Math.ceil(length / marksPerToken);
    else if (run === 'repeats') tokens += Math.ceil(length / repeatsPerToken);
    else if (run === 'space' && length > 1) tokens += 1;
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
        if (unit < 0x80) step(asciiRuns[unit] as Run, unit, latin.weight);
        else {
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
      return Math.ceil(total);
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

function scriptOf(unit: number): Script {
  let at = 0;
  while ((scripts[at] as Script).until < unit) at += 1;
  return scripts[at] as Script;
}
