import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPlatform } from './platform.ts';
import { clients, keepResults, type Result, renderDetails, renderTable, resultsFile } from './results.ts';
import { runCommand } from './run-command.ts';
import { prepareScratch } from './scratch.ts';
import { type Shape, shapeOf } from './shape-of.ts';
import { type Trial, tryClient } from './try-client.ts';

const defaultModels = ['claude-sonnet-5-5', 'nova-lite', 'gpt-oss-120b'];

const help = `Runs the most used clients, unmodified, against a platform on this machine.

  npm run clients -- [options]

  --only NAME       this client alone; may be given again: ${clients.map(({ name }) => name).join(', ')}
  --model NAME      with this model alone; may be given again (default ${defaultModels.join(', ')})
  --dir FOLDER      where the programs are installed; kept (default: a temporary folder)
  --keep            keep the temporary folder
  --write           write what was found to test/clients/results.json, and the table to docs/clients.md
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
    write: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string) => process.stderr.write(`${text}\n`);

async function main(): Promise<number> {
  const unknown = values.only?.find((name) => !clients.some((client) => client.name === name));
  if (unknown !== undefined) return misused(`--only ${unknown}: no such client`);
  if (values.write && values.model !== undefined)
    return misused('--write is for results with all models: leave --model out');
  const folder =
    values.dir === undefined ? mkdtempSync(join(tmpdir(), 'daypass-clients-')) : resolve(values.dir);
  mkdirSync(folder, { recursive: true });
  const isKept = values.dir !== undefined || values.keep;
  // Also after a signal, when nothing below is reached.
  if (!isKept) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const results = await tryAll(folder);
  process.stdout.write(`${renderTable(results)}\n${renderDetails(results)}\n`);
  if (isKept) say(`The programs are kept in ${folder}`);
  const outcomes = Object.values(results).flatMap((result) => Object.values(result.outcomes));
  return outcomes.some(({ failed }) => failed !== undefined) ? 1 : 0;
}

function misused(why: string): number {
  say(`${why}\n\n${help}`);
  return 2;
}

async function tryAll(folder: string): Promise<Record<string, Result>> {
  say(`Installing the programs in ${folder}`);
  const scratch = await prepareScratch(folder);
  say('Starting the platform');
  const platform = await startPlatform();
  const results: Record<string, Result> = {};
  try {
    for (const client of clients.filter(({ name }) => values.only?.includes(name) ?? true)) {
      const trial = await tryClient(client, values.model ?? defaultModels, { platform, scratch, say });
      results[client.name] = trial.result;
      // Each when it is known, so that a run that is cut short isn't lost.
      if (values.write) {
        keepResults({ [client.name]: trial.result });
        await format(resultsFile);
      }
      if (values.record && trial.taken.length > 0) await record(client.name, trial);
    }
    return results;
  } finally {
    await platform.stop();
  }
}

async function record(name: string, { taken }: Trial): Promise<void> {
  const shapes: Shape[] = taken.map(shapeOf);
  const distinct = [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
  const file = join(import.meta.dirname, 'shapes', `${name}.json`);
  writeFileSync(file, `${JSON.stringify(distinct, null, 2)}\n`);
  await format(file);
  say(`${distinct.length} shapes in ${file}`);
}

async function format(file: string): Promise<void> {
  const biome = resolve(import.meta.dirname, '../../node_modules/.bin/biome');
  const env = process.env as Record<string, string>;
  await runCommand([biome, 'format', '--write', file], { cwd: process.cwd(), env, seconds: 60 });
}

// What was started is ended when this process exits, which by a signal alone it would not do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (values.help) process.stdout.write(help);
else process.exitCode = await main();
