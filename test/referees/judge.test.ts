import { compare, exitCodeOf } from './judge.ts';
import type { Expectation, Finding } from './referee.ts';
import { renderObjections, renderTable } from './report.ts';

const finding = (fields: Partial<Finding> = {}): Finding => ({
  rule: 'R1',
  where: 'Table',
  text: 'x',
  ...fields,
});
const expectation = (fields: Partial<Expectation> = {}): Expectation => ({
  rule: 'R1',
  because: 'the tool’s own fault',
  ...fields,
});
const judged = (...findings: Finding[]) => ({ judged: '3 templates', findings });

test('no findings are a yes', () => {
  expect(compare(judged(), [])).toEqual({
    verdict: 'yes',
    judged: '3 templates',
    expected: 0,
    unexpected: [],
    stale: [],
  });
});

test('a finding that an expectation fits by rule, place and words is no objection', () => {
  const known = expectation({ where: /^Tab/, text: /^x$/ });
  expect(compare(judged(finding(), finding()), [known])).toMatchObject({ verdict: 'yes', expected: 2 });
});

test.each([
  ['rule', { rule: 'R2' }],
  ['place', { where: 'Queue' }],
  ['text', { text: 'y' }],
])('one of another %s is an objection, and makes a no', (_what, other) => {
  const known = expectation({ where: /^Tab/, text: /^x$/ });
  const { verdict, unexpected } = compare(judged(finding(), finding(other)), [known]);
  expect({ verdict, unexpected }).toEqual({ verdict: 'no', unexpected: [finding(other)] });
});

test('an expectation that no longer occurs makes a no, unless it needn’t occur', () => {
  const gone = expectation({ rule: 'R9' });
  const rare = expectation({ rule: 'R8', sometimes: true });
  expect(compare(judged(), [gone, rare])).toMatchObject({ verdict: 'no', stale: [gone] });
});

test.each([
  ['all say yes', ['yes', 'yes'], 0],
  ['one says no', ['yes', 'no', 'not run'], 1],
  ['some could not run', ['yes', 'not run'], 3],
] as const)('when %s, the exit code tells so', (_what, verdicts, code) => {
  expect(exitCodeOf(verdicts.map((verdict) => ({ verdict })))).toBe(code);
});

const outcome = { name: 'linter', tool: 'linter 1.0', judged: '3 templates', expected: 1, seconds: 1.6 };

test('the table names each referee with its version, what it judged, and its verdict', () => {
  const lines = renderTable([
    { ...outcome, verdict: 'yes', unexpected: [], stale: [] },
    { ...outcome, name: 'other', verdict: 'not run', judged: 'lacks python3', unexpected: [], stale: [] },
    { ...outcome, verdict: 'no', unexpected: [finding()], stale: [expectation()] },
  ]).split('\n');
  expect(lines).toEqual([
    'referee  version     judged         expected  unexpected  verdict      seconds',
    'linter   linter 1.0  3 templates    1         0           yes          2',
    'other    linter 1.0  lacks python3  –         –           not run      –',
    'linter   linter 1.0  3 templates    1         1           no, 1 stale  2',
  ]);
});

test('objections are told on a line each, with what no longer occurs', () => {
  const stale = [expectation({ where: /^Queue/ })];
  const many = Array.from({ length: 45 }, () => finding({ text: 'two\n  lines' }));
  const lines = renderObjections({ ...outcome, verdict: 'no', unexpected: many, stale: [] }).split('\n');
  expect([lines[0], lines[1], lines.at(-1)]).toEqual(['linter:', '  R1  Table  two lines', '  and 5 more']);
  expect(renderObjections({ ...outcome, verdict: 'no', unexpected: [], stale })).toBe(
    'linter:\n  no longer occurs: R1 at ^Queue (the tool’s own fault)',
  );
  expect(renderObjections({ ...outcome, verdict: 'yes', unexpected: [], stale: [] })).toBe('');
});
