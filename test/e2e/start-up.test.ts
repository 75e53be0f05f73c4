import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPerson, call, chatBody, createKey } from './client.ts';
import { freePort } from './free-port.ts';
import { spawnRuntime, startRuntime } from './runtime.ts';

const assembly = ['--assembly', 'cdk.out'];

async function runToEnd(args: string[], environment: Record<string, string> = {}) {
  const { child, output } = spawnRuntime(args, environment);
  const code = await new Promise((done) => child.once('exit', done));
  return { code, output: output() };
}

function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'daypass-start-'));
}

test('--help lists the options and environment, and starts nothing', async () => {
  const { code, output } = await runToEnd(['--help']);
  expect(code).toBe(0);
  for (const name of ['--port', '--fresh', '--verbose', '--data', 'DAYPASS_MODEL_URL', 'DAYPASS_BEDROCK']) {
    expect(output).toContain(name);
  }
});

test.each([
  [['--nonsense'], {}, 2, /--nonsense.*--help/s],
  [['--port', 'x'], {}, 2, /port 'x'.*1 to 64969/s],
  [['--assembly', '/nowhere/at/all'], {}, 1, /nowhere/],
  [[...assembly], { DAYPASS_TOKENS_PER_SECOND: 'fast' }, 1, /DAYPASS_TOKENS_PER_SECOND is 'fast'/],
  [[...assembly], { DAYPASS_MODEL_URL: 'ollama' }, 1, /DAYPASS_MODEL_URL/],
])('%j with %j ends with %i and words, not a stack trace', async (args, environment, ends, words) => {
  const data = temporaryDirectory();
  const port = args.includes('--port') ? [] : ['--port', String(await freePort())];
  const { code, output } = await runToEnd([...args, ...port, '--data', data], environment);
  rmSync(data, { recursive: true, force: true });
  expect(code).toBe(ends);
  expect(output).toMatch(words);
  expect(output).not.toMatch(/^\s+at /m);
});

test('a port in use is named, with what to do', async () => {
  const data = temporaryDirectory();
  const port = await freePort();
  const blocker = createServer().listen(port + 1, '127.0.0.1');
  const { code, output } = await runToEnd(['--port', String(port), '--data', data, ...assembly]);
  await new Promise((done) => blocker.close(done));
  rmSync(data, { recursive: true, force: true });
  expect(code).toBe(1);
  expect(output).toContain(`Port ${port + 1} is in use`);
  expect(output).toContain('--port N');
});

test.each(['state.sqlite', 'dynamodb'])(
  'corrupt %s is told with --fresh, which starts over',
  async (name) => {
    const first = await startRuntime();
    await first.end('SIGTERM');
    const { readdirSync } = await import('node:fs');
    const broken = readdirSync(first.dataDirectory).filter((file) => file.startsWith(name));
    expect(broken.length).toBeGreaterThan(0);
    for (const file of broken) {
      rmSync(join(first.dataDirectory, file), { recursive: true, force: true });
      writeFileSync(
        join(first.dataDirectory, file),
        'this is no database, and long enough not to look empty '.repeat(100),
      );
    }
    const args = ['--port', String(first.port), '--data', first.dataDirectory, ...assembly];
    const { code, output } = await runToEnd(args);
    expect(code).toBe(1);
    expect(output).toContain('--fresh');
    const again = await startRuntime({ dataDirectory: first.dataDirectory, args: ['--fresh'] });
    await again.stop();
  },
);

test('odd request targets are answered, and the platform lives on', async () => {
  const runtime = await startRuntime();
  for (const target of ['//', '/%', '/..//', '/_local', '/_local//', '*', 'http://[', '/v1/%zz']) {
    for (const port of [runtime.port, runtime.port + 1, runtime.port + 566]) {
      const request = `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
      expect(await rawRequest(port, request)).toMatch(/^HTTP\/1\.1 [2-5]\d\d/);
    }
  }
  expect((await fetch(`${runtime.edge}/_local/health`)).status).toBe(200);
  await runtime.stop();
});

function rawRequest(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1')
      .on('data', (chunk) => {
        answer += chunk.toString();
      })
      .on('close', () => resolve(answer))
      .on('error', reject);
    socket.write(text);
  });
}

test('two on the same data are refused by name', async () => {
  const first = await startRuntime();
  const port = String(await freePort());
  const { code, output } = await runToEnd(['--port', port, '--data', first.dataDirectory, ...assembly]);
  await first.stop();
  expect(code).toBe(1);
  expect(output).toContain('Another Daypass');
});

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'users, keys and what was used survive %s and a restart',
  async (signal) => {
    const first = await startRuntime();
    const person = await addPerson(first);
    const { key } = await createKey(first, person.token);
    for (let count = 0; count < 3; count += 1) {
      await call(first.stage, '/v1/chat/completions', { key, body: chatBody() });
    }
    const code = await first.end(signal);
    expect(code).toBe(signal === 'SIGKILL' ? null : 0);

    const second = await startRuntime({ dataDirectory: first.dataDirectory, port: first.port });
    const login = await call(second.edge, '/v1/login', {
      body: { email: person.email, password: person.password },
    });
    expect(login.status).toBe(200);
    expect((await call(second.edge, '/v1/me', { token: person.token })).status).toBe(200);
    const answer = await call(second.stage, '/v1/chat/completions', { key, body: chatBody() });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-ratelimit-remaining-requests')).toBe('6');
    await second.stop();
  },
);
