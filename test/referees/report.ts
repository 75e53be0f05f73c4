import type { Outcome } from './judge.ts';
import type { Expectation, Finding } from './referee.ts';

/** The table at the end. */
export function renderTable(outcomes: readonly Outcome[]): string {
  const head = ['referee', 'version', 'judged', 'expected', 'unexpected', 'verdict', 'seconds'];
  const rows = outcomes.map(({ name, tool, judged, expected, unexpected, stale, verdict, seconds }) => [
    name,
    tool,
    judged,
    ...(verdict === 'not run' ? ['–', '–'] : [String(expected), String(unexpected.length)]),
    stale.length === 0 ? verdict : `${verdict}, ${stale.length} stale`,
    verdict === 'not run' ? '–' : String(Math.round(seconds)),
  ]);
  const lines = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const mostLines = 40;

/** What has to be looked at, for people. */
export function renderObjections({ name, unexpected, stale }: Outcome): string {
  const lines = [...unexpected.map((finding) => findingLine(finding)), ...stale.map(staleLine)];
  if (lines.length === 0) return '';
  const rest = lines.length - mostLines;
  return [
    `${name}:`,
    ...lines.slice(0, mostLines).map((line) => `  ${line}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}

export function findingLine({ rule, where, text }: Finding, most = 400): string {
  return `${rule}  ${where}  ${oneLine(text, most)}`;
}

function staleLine({ rule, where, because }: Expectation): string {
  return `no longer occurs: ${rule}${where === undefined ? '' : ` at ${where.source}`} (${because})`;
}

function oneLine(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
