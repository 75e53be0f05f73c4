import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { toCatalog } from '../../lib/catalog.ts';
import { readSettings } from '../../lib/settings.ts';

/**
 * What a metered chat costs, by the system's own accounting of the function's process: `npm run bench:chat`, or with
 * `--beside <folder>` against another checkout too. Variants take turns, so that all see the same load.
 */

const root = resolve(import.meta.dirname, '../..');
const roundsAt = process.argv.indexOf('--rounds');
const rounds = roundsAt < 0 ? 3 : Number(process.argv[roundsAt + 1]);
/** More would miss bounds on time on a machine with other work. */
const atOnce = 16;
const scratch = mkdtempSync(join(tmpdir(), 'bench-chat-'));
const besideAt = process.argv.indexOf('--beside');
const beside = besideAt < 0 ? undefined : resolve(process.argv[besideAt + 1] as string);

const settings = toCatalog(readSettings(join(root, 'daypass.yml')));
// The spend ceiling reads its sums every ten seconds, as by default.
const catalog = { ...settings, models: settings.models.filter(({ name }) => name === 'nova-lite') };

const withSdk: Plugin = {
  name: 'with-sdk',
  setup({ onResolve }) {
    const filter = /\/(hot-table|converse-stream)\.ts$/;
    onResolve({ filter }, () => ({ path: join(import.meta.dirname, 'by-the-sdk.ts') }));
  },
};

interface Variant {
  name: string;
  folder: string;
  plugins?: Plugin[];
}
const variants: Variant[] = [
  { name: 'own transport', folder: root },
  { name: 'SDK clients', folder: root, plugins: [withSdk] },
  ...(beside === undefined ? [] : [{ name: beside, folder: beside }]),
];

async function bundle(
  { folder, plugins = [] }: Variant,
  at: number,
): Promise<{ file: string; bytes: number }> {
  const outfile = join(scratch, `variant-${at}.cjs`);
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['lambda/handlers/chat/chat-completions.ts'],
    outfile,
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    plugins,
    define: { DAYPASS_CATALOG: JSON.stringify(catalog), DAYPASS_CONVERSE_ALONE: 'true' },
  });
  return { file: outfile, bytes: Object.values(metafile.outputs)[0]?.bytes ?? 0 };
}

async function start(file: string, args: string[], environment: Record<string, string> = {}) {
  const child = fork(join(import.meta.dirname, file), args, {
    env: { ...process.env, ...environment },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const port = await Promise.race([
    once(child, 'message').then(([first]) => first as number),
    once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended`))),
  ]);
  return { child, port };
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** @returns the answer's text and when its first byte came */
function call(port: number, path: string, body?: object): Promise<{ text: string; firstMs: number }> {
  return new Promise((done, fail) => {
    const startedAt = performance.now();
    let firstMs = 0;
    const sent = request(
      { port, host: '127.0.0.1', path, agent, method: body ? 'POST' : 'GET' },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          firstMs ||= performance.now() - startedAt;
          text += piece;
        });
        response.on('end', () => done({ text, firstMs }));
        response.on('error', fail);
      },
    );
    sent.on('error', fail);
    sent.end(body && JSON.stringify(body));
  });
}

const chat = (tokens: number, stream: boolean) => ({
  model: 'nova-lite',
  stream,
  max_completion_tokens: 4000,
  messages: [{ role: 'user', content: `say ${tokens}` }],
});

async function usage(port: number) {
  return JSON.parse((await call(port, '/usage')).text) as {
    cpuMicroseconds: number;
    rss: number;
    importMs: number;
  };
}

async function many(port: number, calls: number, atOnce: number, body: object): Promise<number[]> {
  const times: number[] = [];
  let left = calls;
  const worker = async () => {
    while (left-- > 0) {
      const { text, firstMs } = await call(port, '/', body);
      // On a loaded machine a call may miss its bound on time, which is shown.
      if (!/"finish_reason":"stop"/.test(text)) failed += 1;
      times.push(firstMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return times.sort((a, b) => a - b);
}

async function cpuOf(port: number, work: () => Promise<unknown>): Promise<number> {
  const before = (await usage(port)).cpuMicroseconds;
  await work();
  return (await usage(port)).cpuMicroseconds - before;
}

/** Calls of all variants without a whole answer. */
let failed = 0;

async function measure(file: string, aws: number): Promise<Record<string, number>> {
  const { child, port } = await start('serve-function.ts', [file], {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${aws}`,
    TABLE_NAME: 'records',
    POWERTOOLS_SERVICE_NAME: 'bench',
    POWERTOOLS_LOG_LEVEL: 'INFO',
  });
  const first = await cpuOf(port, () => many(port, 1, 1, chat(50, true)));
  const { rss, importMs } = await usage(port);
  const next = await cpuOf(port, () => many(port, 9, 1, chat(50, true)));
  await many(port, 200, atOnce, chat(50, false));
  const whole = await cpuOf(port, () => many(port, 600, atOnce, chat(50, false)));
  let times: number[] = [];
  const single = await cpuOf(port, async () => {
    times = await many(port, 100, 1, chat(50, true));
  });
  const short = await cpuOf(port, () => many(port, 10, 1, chat(1, true)));
  const long = await cpuOf(port, () => many(port, 10, 1, chat(2001, true)));
  const { rss: after } = await usage(port);
  await ended(child);
  return {
    'import ms': importMs,
    'CPU ms, call 1': first / 1000,
    'CPU ms, calls 2–10': next / 9000,
    [`CPU ms a whole chat, ${atOnce} at once`]: whole / 600_000,
    'calls/s a core': 600_000_000 / whole,
    'CPU ms a stream of 50, alone': single / 100_000,
    'first token ms p50': times[50] ?? 0,
    'first token ms p99': times[98] ?? 0,
    'CPU µs a chunk': (long - short) / 20_000,
    'RSS MiB, first call': rss / 2 ** 20,
    'RSS MiB, after': after / 2 ** 20,
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const shown = (value: number) => value.toFixed(value < 10 ? 2 : 0);

const aws = await start('stub-aws.ts', []);
try {
  const bundles = await Promise.all(variants.map(bundle));
  const runs: Record<string, number>[][] = variants.map(() => []);
  const loads = [loadavg()[0]];
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { file }] of bundles.entries()) runs[at]?.push(await measure(file, aws.port));
    loads.push(loadavg()[0]);
  }
  const model = cpus()[0]?.model;
  console.log(
    `${cpus().length} × ${model}, Node ${process.version}, load ${loads.map((load) => load?.toFixed(1)).join(' → ')}, ${rounds} rounds in turn, median (least–most)\n`,
  );
  console.log(
    `| | ${variants.map(({ name }) => name).join(' | ')} |\n|---|${variants.map(() => '---|').join('')}`,
  );
  console.log(`| bundle kB | ${bundles.map(({ bytes }) => Math.round(bytes / 1000)).join(' | ')} |`);
  for (const figure of Object.keys(runs[0]?.[0] ?? {})) {
    const cells = runs.map((all) => {
      const values = all.map((run) => run[figure] ?? 0);
      return `${shown(median(values))} (${shown(Math.min(...values))}–${shown(Math.max(...values))})`;
    });
    console.log(`| ${figure} | ${cells.join(' | ')} |`);
  }
  console.log(
    `\nCalls that failed: ${failed}. Calls to AWS in all: ${(await call(aws.port, '/counts')).text}`,
  );
} finally {
  await ended(aws.child);
  agent.destroy();
  rmSync(scratch, { recursive: true });
}
