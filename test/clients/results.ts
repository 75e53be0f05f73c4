import { type Client, type Task, tasks } from './client.ts';
import { versions } from './versions.ts';

export interface Row {
  client: Client;
  cells: Partial<Record<Task, { without: string | undefined; wrong: string[]; noted: string[] }>>;
}

const headings: Record<Task, string> = {
  text: 'text',
  stream: 'stream',
  tools: 'tool loop, two turns',
  structured: 'structured output',
  refused: 'refused eleventh call',
};

/** The table of docs/clients.md, then what is wrong in each failed cell. */
export function renderTable(rows: readonly Row[]): string {
  const texts = (kind: 'wrong' | 'noted') =>
    rows.flatMap(({ client, cells }) =>
      tasks.flatMap((task) =>
        (cells[task]?.[kind] ?? []).map((text) => `- ${client.name}, ${headings[task]}: ${text}`),
      ),
    );
  const sections = [
    ['Failed:', texts('wrong')],
    ['Done without a field that was refused:', texts('noted')],
  ] as const;
  const tried = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `| client | route | ${tasks.map((task) => headings[task]).join(' | ')} |`,
    `|---|---|${tasks.map(() => '---|').join('')}`,
    ...rows.map(
      ({ client, cells }) =>
        `| ${client.label} | \`${client.route}\` | ${tasks.map((task) => mark(cells[task])).join(' | ')} |`,
    ),
    '',
    `Tried with ${tried.join(', ')}.`,
    ...sections.flatMap(([title, found]) => (found.length > 0 ? ['', title, '', ...found] : [])),
    '',
  ].join('\n');
}

const mark = (cell: Row['cells'][Task]) => {
  if (cell === undefined) return '';
  if (cell.without !== undefined) return '–';
  return cell.wrong.length === 0 ? '✓' : '✗';
};
