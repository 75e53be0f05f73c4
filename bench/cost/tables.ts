import type { Deployment } from './deployment.ts';
import { type ChatFacts, dollarsAtRest, dollarsOfAMillion, shapes, total } from './dollars.ts';

/** The tables of docs/costs.md. */
export function costTables(deployment: Deployment, facts: ChatFacts): string {
  const columns = shapes.map((shape) => ({
    name: shape.name,
    plain: dollarsOfAMillion(deployment, facts, shape, false),
    gzip: dollarsOfAMillion(deployment, facts, shape, true),
  }));
  const services = Object.keys(columns[0]?.plain ?? {});
  const atRest = dollarsAtRest(deployment);
  const { 'web ACL': webAcl = 0 } = atRest;
  const line = (name: string, cells: number[]) => `| ${name} | ${cells.map(dollars).join(' | ')} |`;
  return [
    `The chat function has ${deployment.chatMemoryMiB} MiB. A call takes ${round(facts.addedSeconds * 1000)} ms besides the model, ` +
      `${round(facts.writeUnits)} write units and ${Math.round(facts.logBytes)} bytes of its own log; its answer has ` +
      `${Math.round(facts.headBytes)} bytes and ${Math.round(facts.bytesAChunk)} for each chunk, ${round(facts.gzippedBytesAChunk)} for callers that accept gzip.`,
    '',
    `| a million chats | ${columns.map(({ name }) => name).join(' | ')} |`,
    `|---|${columns.map(() => '---:|').join('')}`,
    ...services.map((service) =>
      line(
        service,
        columns.map(({ plain }) => plain[service] ?? 0),
      ),
    ),
    line(
      '**together**',
      columns.map(({ plain }) => total(plain)),
    ),
    line(
      '**together, with gzip**',
      columns.map(({ gzip }) => total(gzip)),
    ),
    '',
    '| a month at rest | |',
    '|---|---:|',
    ...Object.entries(atRest).map(([name, value]) => line(name, [value])),
    line('**together**', [total(atRest)]),
    line('**together, without the web ACL**', [total(atRest) - webAcl]),
  ].join('\n');
}

const dollars = (value: number) => `$${value.toFixed(2)}`;
const round = (value: number) => Number(value.toFixed(1));

const marks = { begin: '<!-- figures of npm run bench:cost -->', end: '<!-- end of figures -->' };

/** @returns the page with these tables between its marks */
export function putTables(page: string, tables: string): string {
  const from = page.indexOf(marks.begin);
  const to = page.indexOf(marks.end);
  if (from < 0 || to < from) throw new Error(`The page has no ${marks.begin} … ${marks.end}`);
  return `${page.slice(0, from)}${marks.begin}\n${tables}\n${page.slice(to)}`;
}
