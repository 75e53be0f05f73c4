import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { runCommand } from '../bin/command.ts';
import { readOffer } from './http/read-offer.ts';
import { createLog } from './log.ts';
import { takeDataDirectory } from './start/data-directory.ts';
import { helpText, type Options, readOptions, startOptions } from './start/options.ts';
import { explainStartFailure } from './start/start-failure.ts';
import { startScreen } from './start/start-screen.ts';
import { synthesizeIfChanged } from './start/synthesize.ts';
import { watchSources } from './start/watch-sources.ts';

/** `npm start`: the whole platform on this machine. */
const root = resolve(import.meta.dirname, '..');
const compiled = join(root, 'node_modules/.cache/compiled');

async function start(options: Options): Promise<void> {
  const startedAt = performance.now();
  enableCompileCache(compiled);
  // Lambda's time zone; a thread can't have one of its own.
  process.env.TZ = 'UTC';
  const log = createLog(process.stdout, options);
  const assembly = await assemblyOf(options);
  const unlock = takeDataDirectory(resolve(options.dataDirectory), options.fresh);
  process.on('exit', unlock);
  const dataDirectory = resolve(options.dataDirectory);
  // Imported now, so that what was compiled is kept for the next start.
  const { startRuntime } = await import('./runtime.ts');
  const runtime = await startRuntime({ ...options, dataDirectory, assembly, environment: process.env, log });
  const stopWatching = options.watch ? watchSources(root, runtime, log) : () => {};

  const facts = {
    ...runtime,
    ...(await readOffer(runtime.urls.edge)),
    startedInMs: performance.now() - startedAt,
  };
  process.stdout.write(`${startScreen(facts, process.stdout.isTTY)}\n`);

  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(130);
    stopping = true;
    process.stdout.write('\nStopping…\n');
    stopWatching();
    await runtime.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function assemblyOf({ assembly }: Options): Promise<string> {
  if (assembly !== undefined) return resolve(assembly);
  return synthesizeIfChanged(root, () => {
    process.stdout.write(
      'Synthesizing the stack and bundling the functions (only when sources have changed) …\n',
    );
  });
}

runCommand({ help: helpText, options: startOptions }, async ({ values }) => {
  const options = readOptions(values, process.env);
  await start(options).catch((error: unknown) => {
    process.stderr.write(`\n${explainStartFailure(error)}\n`);
    // Whatever had been started would keep the process.
    process.exit(1);
  });
});
