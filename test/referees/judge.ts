import type { Expectation, Finding, Judgement } from './referee.ts';

export type Verdict = 'yes' | 'no' | 'not run';

export interface Outcome {
  name: string;
  tool: string;
  verdict: Verdict;
  /** What was judged; of a referee that wasn't run, what is missing. */
  judged: string;
  expected: number;
  unexpected: Finding[];
  stale: Expectation[];
  seconds: number;
}

/** Tells what is known from what isn't: each finding goes to the first expectation that fits it. */
export function compare(
  { judged, findings }: Judgement,
  expectations: readonly Expectation[],
): Pick<Outcome, 'verdict' | 'judged' | 'expected' | 'unexpected' | 'stale'> {
  const seen = new Set<Expectation>();
  const unexpected = findings.filter((finding) => {
    const expectation = expectations.find((each) => fits(each, finding));
    if (expectation !== undefined) seen.add(expectation);
    return expectation === undefined;
  });
  const stale = expectations.filter((each) => each.sometimes !== true && !seen.has(each));
  return {
    verdict: unexpected.length === 0 && stale.length === 0 ? 'yes' : 'no',
    judged,
    expected: findings.length - unexpected.length,
    unexpected,
    stale,
  };
}

function fits({ rule, where, text }: Expectation, finding: Finding): boolean {
  return rule === finding.rule && where?.test(finding.where) !== false && text?.test(finding.text) !== false;
}

export const exitCodes = { allYes: 0, oneNo: 1, misused: 2, someNotRun: 3 } as const;

/** A "no" weighs more than a referee that is missing. */
export function exitCodeOf(outcomes: readonly Pick<Outcome, 'verdict'>[]): number {
  if (outcomes.some(({ verdict }) => verdict === 'no')) return exitCodes.oneNo;
  return outcomes.some(({ verdict }) => verdict === 'not run') ? exitCodes.someNotRun : exitCodes.allYes;
}
