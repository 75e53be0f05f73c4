import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addPerson, call, chatBody, createKey } from './client.ts';
import { freePort } from './free-port.ts';

const root = resolve(import.meta.dirname, '../..');
const copied = [
  'bin',
  'lib',
  'core',
  'lambda',
  'local',
  'web',
  // The console's reference shows errors.md.
  'docs',
  'cdk.json',
  'daypass.yml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'daypass-dev-'));
  for (const name of copied) cpSync(join(root, name), join(project, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  // The assembly of this very state is there already; only the change is synthesized.
  cpSync(join(root, 'cdk.out'), join(project, 'cdk.out'), { recursive: true });
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

test('npm run dev deploys changed sources and settings, keeps keys, and outlives a mistake', async () => {
  const port = await freePort();
  const args = ['--disable-warning=ExperimentalWarning', 'local/main.ts', '--watch', '--port', String(port)];
  const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const until = async (words: string) => {
    while (!output.includes(words)) {
      if (child.exitCode !== null) throw new Error(`it ended before saying '${words}':\n${output}`);
      await new Promise((done) => setTimeout(done, 100));
    }
    output = output.slice(output.indexOf(words) + words.length);
  };
  const runtime = {
    edge: `http://localhost:${port}`,
    stage: `http://localhost:${port + 1}/prod`,
    aws: `http://localhost:${port + 566}`,
    port,
    dataDirectory: join(project, '.daypass'),
    output: () => output,
    end: async () => null,
    stop: async () => {},
  };
  try {
    await until('Daypass is running');
    const { key } = await createKey(runtime, (await addPerson(runtime)).token);

    const settings = join(project, 'daypass.yml');
    const text = readFileSync(settings, 'utf8');
    writeFileSync(settings, text.replace('requestsPerDay: 10', 'requestsPerDay: many'));
    await until("plans[0].requestsPerDay is 'many'");
    expect((await call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() })).status).toBe(200);

    writeFileSync(settings, text.replace('price: Free', 'price: Two coffees'));
    await until('changes deployed');
    const plans = await call(runtime.edge, '/v1/plans');
    expect(plans.body.data[0].price).toBe('Two coffees');
    const answer = await call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() });
    expect(answer.headers.get('x-ratelimit-remaining-requests')).toBe('8');
  } finally {
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
  }
}, 240_000);
