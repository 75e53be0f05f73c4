import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { localPort, runCommand } from '../../bin/command.ts';
import { createTeller, type Teller } from './demo-teller.ts';

const help = `Walks through the main job over plain HTTP: sign up, log in, make a key, chat, and be refused past the plan.

Usage: npm run demo -- [options]

  --port N   where Daypass runs (default 4000, or DAYPASS_PORT); when nothing runs there, the demo starts its own
  --help     this text
`;

/** `npm run demo` */
async function demo(port: number): Promise<void> {
  const own = (await answers(port)) ? undefined : await startOwn(port);
  try {
    await walk(`http://localhost:${port}`, `http://localhost:${port + 1}/prod`);
  } finally {
    await own?.stop();
  }
}

async function walk(edge: string, stage: string): Promise<void> {
  const tell = createTeller(process.stdout);
  const person = {
    email: `demo-${randomBytes(4).toString('hex')}@example.com`,
    password: `Aa1${randomBytes(12).toString('hex')}`,
  };
  tell.title('1. Sign up');
  await tell.call(`${edge}/v1/register`, { body: person });
  const code = await newestCode(edge, person.email);
  tell.remark(`The mail with the code is in the mailbox of this machine: ${edge}/_local/mail`);
  await tell.call(`${edge}/v1/register/confirm`, { body: { email: person.email, code } });

  tell.title('2. Log in');
  const { token } = await tell.call(`${edge}/v1/login`, { body: person });

  tell.title('3. See the plans, and make a key on the smallest');
  const { data: plans } = await tell.call(`${edge}/v1/plans`);
  const [plan] = plans as { name: string; requestsPerDay: number }[];
  if (plan === undefined) throw new Error('There is no plan to make a key on: see daypass.yml.');
  const created = await tell.call(`${edge}/v1/api-keys`, {
    token: String(token),
    body: { name: 'demo', plan: plan.name },
  });
  const key = String(created.key);

  tell.title('4. Chat, streamed, through the API Gateway stage');
  const { data: models } = await tell.call(`${edge}/v1/models`);
  const model = (models as { id: string }[])[0]?.id;
  const body = { model, messages: [{ role: 'user', content: 'What is a day pass?' }], max_tokens: 60 };
  await tell.stream(`${stage}/v1/chat/completions`, { key, body: { ...body, stream: true } });

  tell.title(`5. Use the plan up: ${plan.requestsPerDay} requests a day, one is used`);
  await useUp(
    tell,
    `${stage}/v1/chat/completions`,
    { key, body: { ...body, max_tokens: 5 } },
    plan.requestsPerDay - 1,
  );

  tell.title('6. One more is refused');
  await tell.call(`${stage}/v1/chat/completions`, { key, body, expect: 429 });

  tell.title('7. What was used, and the key’s end');
  await tell.call(`${edge}/v1/usage`, { token: String(token) });
  await tell.call(`${edge}/v1/api-keys/${created.id}`, { method: 'DELETE', token: String(token) });
  await tell.call(`${stage}/v1/chat/completions`, { key, body, expect: 401 });
  tell.title('That was the main job. Every answer above came over HTTP, as it would from AWS.');
}

async function useUp(
  tell: Teller,
  url: string,
  options: Parameters<Teller['call']>[1],
  calls: number,
): Promise<void> {
  // Shown in full they would fill screens; a plan of thousands would also take its time.
  const shown = Math.min(calls, 100);
  for (let count = 1; count <= shown; count += 1) await tell.briefly(url, options);
  if (shown < calls)
    throw new Error(`The plan has ${calls + 1} requests a day: too many for a demo. Choose a smaller one.`);
}

async function newestCode(edge: string, email: string): Promise<string> {
  const response = await fetch(`${edge}/_local/mail?to=${encodeURIComponent(email)}`);
  const { data } = (await response.json()) as { data: { code: string | null }[] };
  const code = data[0]?.code;
  if (code == null) throw new Error('No mail with a code has arrived.');
  return code;
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}/_local/health`).then(
    (response) => response.ok,
    () => false,
  );
}

/** A runtime for this demo only, with data of its own. */
async function startOwn(port: number): Promise<{ stop(): Promise<void> }> {
  process.stdout.write(`Nothing runs on port ${port}: starting Daypass for this demo …\n`);
  const dataDirectory = mkdtempSync(join(tmpdir(), 'daypass-demo-'));
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'local/main.ts',
      '--port',
      String(port),
      '--data',
      dataDirectory,
    ],
    { cwd: resolve(import.meta.dirname, '../..'), stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return { stop };
    await new Promise((done) => setTimeout(done, 200));
  }
  await stop();
  throw new Error('Daypass did not start; see above.');
}

runCommand({ help, options: { port: { type: 'string' } } }, ({ values }) => demo(localPort(values.port)));
