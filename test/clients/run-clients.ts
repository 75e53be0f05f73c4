import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Client, type Task, tasks } from './client.ts';
import { codingAgents } from './coding-agents.ts';
import { type Platform, startPlatform } from './platform.ts';
import type { Exchange } from './recording-proxy.ts';
import { runCommand } from './run-command.ts';
import { prepareScratch, type Scratch } from './scratch.ts';
import { sdkClients } from './sdk-clients.ts';
import { type Shape, shapeOf } from './shape-of.ts';
import { type Row, renderTable } from './table.ts';

const clients = [...codingAgents, ...sdkClients];
const defaultModels = ['claude-sonnet-5-5', 'nova-lite', 'gpt-oss-120b'];

const help = `Runs the most used clients, unmodified, against a platform on this machine.

  npm run clients -- [options]

  --only NAME       this client alone; may be given again: ${clients.map(({ name }) => name).join(', ')}
  --model NAME      with this model alone; may be given again (default ${defaultModels.join(', ')})
  --dir FOLDER      where the programs are installed; kept (default: a temporary folder)
  --keep            keep the temporary folder
  --record          write the shapes of what is sent with the first model to test/clients/shapes
  --help

The exit code is 1 when a row has a failure. docs/clients.md explains the table.
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    model: { type: 'string', multiple: true },
    dir: { type: 'string' },
    keep: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string) => process.stderr.write(`${text}\n`);

async function main(): Promise<number> {
  const unknown = values.only?.find((name) => !clients.some((client) => client.name === name));
  if (unknown !== undefined) {
    say(`--only ${unknown}: no such client\n\n${help}`);
    return 2;
  }
  const chosen = clients.filter(({ name }) => values.only?.includes(name) ?? true);
  const folder =
    values.dir === undefined ? mkdtempSync(join(tmpdir(), 'daypass-clients-')) : resolve(values.dir);
  mkdirSync(folder, { recursive: true });
  try {
    say(`Installing the programs in ${folder}`);
    const scratch = await prepareScratch(folder);
    say('Starting the platform');
    const platform = await startPlatform();
    try {
      const rows: Row[] = [];
      for (const client of chosen) rows.push(await tryClient(client, platform, scratch));
      process.stdout.write(renderTable(rows));
      return rows.some(({ cells }) => Object.values(cells).some(({ wrong }) => wrong.length > 0)) ? 1 : 0;
    } finally {
      await platform.stop();
    }
  } finally {
    if (values.dir === undefined && !values.keep) rmSync(folder, { recursive: true, force: true });
  }
}

async function tryClient(client: Client, platform: Platform, scratch: Scratch): Promise<Row> {
  const { lasting, spent } = await platform.newKeys();
  const models = values.model ?? defaultModels;
  const row: Row = { client, cells: {} };
  const shapes: Shape[] = [];
  for (const task of tasks) {
    const without = client.without[task];
    const cell: NonNullable<Row['cells'][Task]> = { without, wrong: [], noted: [] };
    row.cells[task] = cell;
    if (without !== undefined) continue;
    // A refusal is the same for every model.
    for (const model of task === 'refused' ? models.slice(0, 1) : models) {
      platform.proxy.take();
      const key = task === 'refused' ? spent : lasting;
      const access = { url: platform.proxy.url, key, model };
      const failure = await client.run(task, access, scratch).catch((error) => `${error}`);
      const exchanges = platform.proxy.take();
      const wrong = judge(task, failure, exchanges);
      say(`${client.name} ${task} ${model}: ${wrong ?? 'good'}`);
      // Some clients try a field, and do without it when it is refused.
      const tried = task === 'refused' ? [] : exchanges.filter(({ status }) => status >= 400);
      if (wrong === undefined && tried.length > 0) cell.noted.push(`${model}: ${words(tried, undefined)}`);
      if (wrong !== undefined) cell.wrong.push(`${model}: ${wrong}`);
      else if (task !== 'refused' && model === models[0])
        shapes.push(...exchanges.filter(isAsked).map(shapeOf));
    }
  }
  if (values.record && shapes.length > 0) await record(client, shapes);
  return row;
}

/** @returns what is wrong, with the platform's own refusal first */
function judge(task: Task, failure: string | undefined, exchanges: Exchange[]): string | undefined {
  const refusals = exchanges.filter(({ status }) => status >= 400);
  if (task === 'refused') {
    if (failure === undefined) return 'the client told no error';
    if (failure.startsWith('no end')) return failure;
    const others = refusals.filter(({ status }) => status !== 429);
    if (others.length > 0) return words(others, failure);
    return refusals.length > 0 ? undefined : failure;
  }
  if (failure !== undefined) return words(refusals, failure);
  const streamed = exchanges.some(({ body }) => (body as { stream?: boolean } | undefined)?.stream === true);
  return task === 'stream' && !streamed ? 'no call asked for a stream' : undefined;
}

function words(refusals: Exchange[], failure: string | undefined): string {
  const told = refusals.map(({ path, status, answer }) => `${path} ${status} ${messageOf(answer)}`);
  return [...new Set(told), ...(failure === undefined ? [] : [failure])].join(' / ');
}

function messageOf(answer: string): string {
  try {
    return JSON.parse(answer).error.message;
  } catch {
    return answer.slice(0, 200);
  }
}

const isAsked = ({ method, status, body }: Exchange) =>
  method === 'POST' && status === 200 && body !== undefined;

async function record({ name }: Client, shapes: Shape[]): Promise<void> {
  const distinct = [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
  const file = join(import.meta.dirname, 'shapes', `${name}.json`);
  writeFileSync(file, `${JSON.stringify(distinct, null, 2)}\n`);
  const biome = resolve(import.meta.dirname, '../../node_modules/.bin/biome');
  const env = process.env as Record<string, string>;
  await runCommand([biome, 'format', '--write', file], { cwd: process.cwd(), env, seconds: 60 });
  say(`${distinct.length} shapes in ${file}`);
}

// What was started is ended when this process exits, which by a signal alone it would not do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (values.help) process.stdout.write(help);
else process.exitCode = await main();
