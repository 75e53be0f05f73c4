import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';

/** The middle of some runs, with the least and the most of them. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [least = Number.NaN] = sorted;
  return { median: percentile(sorted, 0.5), least, most: sorted.at(-1) ?? Number.NaN };
}

/** @param sorted from the least to the most @param share 0 to 1 */
export function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs of each subject: `runs[subject][round][figure]`. */
export type Runs = Record<string, Record<string, number>[]>;

export interface Measurement {
  /** Names the file of results. */
  name: string;
  title: string;
  machine: string;
  /** Load averages of the machine from the beginning to the end, which include the measurement's own work. */
  loads: number[];
  subjects: Record<string, Record<string, Spread>>;
  /** What has a row of the table; the others have columns. @default figures */
  rows?: 'figures' | 'subjects';
  notes: string[];
}

export const load = (): number => loadavg()[0] ?? Number.NaN;

export function toMeasurement(
  heading: Pick<Measurement, 'name' | 'title' | 'rows'>,
  runs: Runs,
  loads: number[],
  notes: string[] = [],
): Measurement {
  const subjects = Object.entries(runs).map(([subject, rounds]) => {
    const figures = Object.keys(rounds[0] ?? {});
    return [
      subject,
      Object.fromEntries(
        figures.map((figure) => [figure, spread(rounds.map((round) => round[figure] ?? Number.NaN))]),
      ),
    ];
  });
  const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
  return { ...heading, machine, loads, notes, subjects: Object.fromEntries(subjects) };
}

/** The median of each figure of each subject, and the least and the most where they differ. */
export function toMarkdown({ title, machine, loads, subjects, rows, notes }: Measurement): string {
  const names = Object.keys(subjects);
  const figures = [...new Set(names.flatMap((name) => Object.keys(subjects[name] ?? {})))];
  const [down, across] = rows === 'subjects' ? [names, figures] : [figures, names];
  const table = down.map((row) => {
    const cells = across.map((column) => {
      const [name, figure] = rows === 'subjects' ? [row, column] : [column, row];
      return cell(subjects[name]?.[figure]);
    });
    return `| ${row} | ${cells.join(' | ')} |`;
  });
  return [
    `## ${title}`,
    '',
    `${machine}, load average ${loads.map((value) => value.toFixed(1)).join(' → ')}; median (least–most).`,
    '',
    `| | ${across.join(' | ')} |`,
    `|---|${across.map(() => '---:|').join('')}`,
    ...table,
    ...notes.flatMap((note) => ['', note]),
    '',
  ].join('\n');
}

function cell(figure: Spread | undefined): string {
  if (figure === undefined || Number.isNaN(figure.median)) return '–';
  const { median, least, most } = figure;
  return least === most ? shown(median) : `${shown(median)} (${shown(least)}–${shown(most)})`;
}

const shown = (value: number): string => {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
};

/** Prints the table, and keeps it and its numbers in `bench/results/`. */
export function report(measurement: Measurement): void {
  const markdown = toMarkdown(measurement);
  const file = join(import.meta.dirname, '../results', measurement.name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.json`, `${JSON.stringify(measurement, null, 2)}\n`);
  writeFileSync(`${file}.md`, markdown);
  console.log(markdown);
}
