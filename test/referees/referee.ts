import type { Equipment } from './equipment.ts';

/** Something that a referee objects to. */
export interface Finding {
  /** The referee's own name for what is wrong: a rule, a check, a test. */
  rule: string;
  /** What it is wrong with: a resource, a route, an operation. */
  where: string;
  text: string;
}

/** A deviation that is known, with the reason why it is none of ours to mend. */
export interface Expectation {
  rule: string;
  /** @default anywhere */
  where?: RegExp;
  /** @default any words */
  text?: RegExp;
  /** Whose fault it is, or why it is right as it is. */
  because: string;
  /** It needn't occur in every run, so its absence isn't told. @default false */
  sometimes?: boolean;
}

export interface Judgement {
  /** What was judged, as for a table: `3 templates`. */
  judged: string;
  findings: Finding[];
}

/** A program of other people that says what it thinks of ours. */
export interface Referee {
  /** For `--only`. */
  name: string;
  /** Its packages with exact versions. */
  tool: string;
  /** What it is shown, in a few words. */
  judges: string;
  expected: readonly Expectation[];
  judge(equipment: Equipment): Promise<Judgement>;
}
