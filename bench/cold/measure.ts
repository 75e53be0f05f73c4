import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, buildSync } from 'esbuild';
import { toCatalog } from '../../lib/catalog.ts';
import { bundling, bundlingOfHandlers } from '../../lib/constructs/functions/esbuild-options.ts';
import { readSettings } from '../../lib/settings.ts';
import { load, type Runs, report, toMeasurement } from '../measure/figures.ts';
import { end, startScript } from '../measure/process.ts';

const help = `What a fresh process costs: import and first calls of the chat function, import of every other one.

  npm run bench:cold -- [options]

  --rounds N   of all functions in turn (default 5)
  --help
`;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, help: { type: 'boolean', default: false } },
});
if (values.help) {
  console.log(help);
  process.exit();
}

const environment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  SERVICE_NAME: 'bench',
  METRICS_NAMESPACE: 'bench',
  CALL_METRICS: 'on',
  LOG_LEVEL: 'INFO',
  TABLE_NAME: 'records',
  USER_POOL_ID: 'us-east-1_benchbench',
  USER_POOL_CLIENT_ID: 'bench',
  LOGIN_URL: 'https://login.example.com',
  SEALING_KEY_ID: 'bench',
  ALARM_NAMES: 'bench',
  BILLING_FUNCTION_NAME: 'bench',
};

const scratch = mkdtempSync(join(tmpdir(), 'bench-cold-'));
// As JavaScript, since what strips types is 20 MiB.
const runner = join(scratch, 'run-function.mjs');
buildSync({ entryPoints: [join(import.meta.dirname, 'run-function.ts')], outfile: runner, format: 'esm' });
const settings = readSettings(join(bundling.absWorkingDir, 'daypass.yml'));
const { outputFiles } = await build(bundlingOfHandlers(toCatalog(settings)));
const functions = outputFiles.map(({ path, contents }) => {
  const name = basename(path, '.js');
  const file = join(scratch, `${name}.cjs`);
  writeFileSync(file, contents);
  return { name, file, kilobytes: contents.length / 1000 };
});
async function measure(file: string, calls: number, aws: number): Promise<Record<string, number>> {
  const child = fork(runner, [file, String(calls)], {
    env: { ...process.env, ...environment, AWS_ENDPOINT_URL: `http://127.0.0.1:${aws}` },
  });
  const [figures] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${file} could not be run`))),
  ]);
  return figures as Record<string, number>;
}

const aws = await startScript(join(import.meta.dirname, '../chat/stub-aws.ts'));
try {
  const runs: Runs = {};
  const loads = [load()];
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    console.error(`round ${round} of ${values.rounds}`);
    for (const { name, file, kilobytes } of functions.toSorted((a, b) => b.kilobytes - a.kilobytes)) {
      const figures = await measure(file, name === 'chat-completions' ? 50 : 0, aws.port);
      runs[name] = [...(runs[name] ?? []), { 'bundle, kB': kilobytes, ...figures }];
    }
    loads.push(load());
  }
  const title = 'Functions in fresh processes';
  report(toMeasurement({ name: 'cold', title, rows: 'subjects' }, runs, loads));
} finally {
  await end(aws);
  rmSync(scratch, { recursive: true });
}
