import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { allReferees } from './all-referees.ts';
import { equip, root } from './equipment.ts';
import { compare, exitCodeOf, exitCodes, type Outcome } from './judge.ts';
import { Missing } from './missing.ts';
import type { Judgement, Referee } from './referee.ts';
import { findingLine, renderObjections, renderTable } from './report.ts';

const help = `Lets programs of other people judge what would be deployed: the template, the API, the functions, and the stand-ins
that the tests rely on. docs/referees.md says what each of them sees, and what it can't see.

Usage: npm run referees -- [options]

  --only NAME   this referee alone; may be given again
  --list        name them, with what they judge
  --dir FOLDER  where they are installed, and leave what they found
                (default node_modules/.cache/referees; installed once, some 700 MB)
  --help        this text

The exit code is 0 if all say yes, 1 if one says no, 2 for a mistake in the options, and 3 if none says no but some could
not run. A deviation that is known, with its reason, is no "no"; one that no longer occurs is.
`;

const say = (text: string) =>
  void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

async function main(): Promise<number> {
  const values = readArguments();
  if (values === undefined) return exitCodes.misused;
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (values.list) {
    const widest = Math.max(...allReferees.map(({ name }) => name.length));
    for (const { name, tool, judges } of allReferees)
      process.stdout.write(`${name.padEnd(widest)}  ${tool}: ${judges}\n`);
    return 0;
  }
  const chosen = allReferees.filter(({ name }) => values.only?.includes(name) ?? true);
  const scratch = resolve(values.dir ?? join(root, 'node_modules/.cache/referees'));
  const outcomes: Outcome[] = [];
  for (const referee of chosen) {
    const outcome = await hear(referee, scratch);
    outcomes.push(outcome);
    say(`${referee.name}: ${outcome.verdict}${outcome.verdict === 'not run' ? `: ${outcome.judged}` : ''}`);
  }
  process.stdout.write(`\n${renderTable(outcomes)}\n`);
  for (const outcome of outcomes) {
    const objections = renderObjections(outcome);
    if (objections !== '') process.stdout.write(`\n${objections}\n`);
  }
  process.stdout.write(`\nAll findings, the expected ones too: ${join(scratch, 'findings')}\n`);
  return exitCodeOf(outcomes);
}

async function hear(referee: Referee, scratch: string): Promise<Outcome> {
  const { name, tool, expected } = referee;
  const startedAt = performance.now();
  const took = () => (performance.now() - startedAt) / 1000;
  say(`${name}: ${referee.judges}`);
  try {
    const judgement = await referee.judge(equip(scratch, (text) => say(`${name}: ${text}`)));
    keep(scratch, name, judgement);
    return { name, tool, ...compare(judgement, expected), seconds: took() };
  } catch (error) {
    const nothing = { name, tool, expected: 0, stale: [], seconds: took() };
    if (error instanceof Missing)
      return { ...nothing, verdict: 'not run', judged: `lacks ${error.message}`, unexpected: [] };
    // What breaks down may have met a fault of ours.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const finding = { rule: 'broke down', where: name, text };
    return { ...nothing, verdict: 'no', judged: 'nothing', unexpected: [finding] };
  }
}

function keep(scratch: string, name: string, { findings }: Judgement): void {
  mkdirSync(join(scratch, 'findings'), { recursive: true });
  const lines = findings.map((finding) => `${findingLine(finding, 4000)}\n`);
  writeFileSync(join(scratch, 'findings', `${name}.txt`), lines.join(''));
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        list: { type: 'boolean', default: false },
        dir: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const unknown = values.only?.find((name) => !allReferees.some((referee) => referee.name === name));
    if (unknown !== undefined)
      throw new Error(`--only ${unknown}: there is no such referee. --list names them.`);
    return values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return undefined;
  }
}

// What was started is ended when this process exits, which by a signal alone it would not do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();
