import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, type Task, tasks } from './client.ts';
import { codingAgents } from './coding-agents.ts';
import { sdkClients } from './sdk-clients.ts';
import { versions } from './versions.ts';

/** What became of a task, in the words of each model that it failed with, or that it was done with on a second try. */
export interface Outcome {
  failed?: Readonly<Record<string, string>>;
  refusedFirst?: Readonly<Record<string, string>>;
}

export interface Result {
  versions: Readonly<Record<string, string>>;
  models: readonly string[];
  /** Without the tasks that the client has no way to do. */
  outcomes: Partial<Record<Task, Outcome>>;
}

/** Of each client's last run, by its name. */
export type Results = Readonly<Record<string, Result>>;

export const clients: readonly Client[] = [...codingAgents, ...sdkClients];
export const headings: Record<Task, string> = {
  text: 'text',
  stream: 'stream',
  tools: 'tool loop, two turns',
  structured: 'structured output',
  refused: 'refused eleventh call',
};

export const resultsFile = join(import.meta.dirname, 'results.json');
const page = join(import.meta.dirname, '../../docs/clients.md');

export const keptResults = (): Results => JSON.parse(readFileSync(resultsFile, 'utf8'));

/** Adds results to those of earlier runs, and renders the table of docs/clients.md anew. */
export function keepResults(fresh: Results): void {
  const all = { ...keptResults(), ...fresh };
  const kept = Object.fromEntries(clients.flatMap(({ name }) => (all[name] ? [[name, all[name]]] : [])));
  writeFileSync(resultsFile, `${JSON.stringify(kept, null, 2)}\n`);
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), renderTable(kept)));
}

const table = /(?<=<!-- Table: .+ -->\n\n).+?(?=\n\n<!-- End of the table. -->)/s;
export const tableOf = (text: string): string | undefined => table.exec(text)?.[0];

function withTable(text: string, fresh: string): string {
  if (!table.test(text)) throw new Error('docs/clients.md has no table to replace');
  return text.replace(table, () => fresh);
}

/** The packages of a client, with the versions that this tree installs. */
export const versionsOf = ({ packages }: Client): Record<string, string> =>
  Object.fromEntries(packages.map((name) => [name, versions[name] ?? 'none']));

/** The failed cells of the table. */
export const failures = (
  results: Results,
): { client: Client; task: Task; failed: Record<string, string> }[] =>
  clients.flatMap((client) =>
    tasks.flatMap((task) => {
      const failed = results[client.name]?.outcomes[task]?.failed;
      return failed === undefined ? [] : [{ client, task, failed }];
    }),
  );

export function renderTable(results: Results): string {
  const rows = clients.flatMap(({ name, label, route, packages }) => {
    const result = results[name];
    if (result === undefined) return [];
    const version = result.versions[packages.at(-1) ?? ''];
    return [[label, version, `\`${route}\``, ...tasks.map((task) => mark(result.outcomes[task]))]];
  });
  const head = ['client', 'version', 'route', ...tasks.map((task) => headings[task])];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function mark(outcome: Outcome | undefined): string {
  if (outcome === undefined) return '–';
  return outcome.failed === undefined ? '✓' : '✗';
}

/** Every failure, and every field that a client had to do without, each on a line. */
export function renderDetails(results: Results): string {
  const lines = (title: string, kind: keyof Outcome) => {
    const found = clients.flatMap(({ name }) =>
      tasks.flatMap((task) =>
        Object.entries(results[name]?.outcomes[task]?.[kind] ?? {}).map(
          ([model, words]) => `- ${name}, ${headings[task]}, ${model}: ${words}`,
        ),
      ),
    );
    return found.length === 0 ? [] : ['', title, '', ...found];
  };
  return [
    ...lines('Failed:', 'failed'),
    ...lines('Done, after a first try was refused:', 'refusedFirst'),
  ].join('\n');
}
