import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { addPerson, call } from '../e2e/client.ts';
import { type RunningRuntime, startRuntime } from '../e2e/runtime.ts';
import { runCommand } from './run-command.ts';

const local = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

let runtime: RunningRuntime;
let cognito: CognitoIdentityProviderClient;
let userPoolId: string;
const proxies: Server[] = [];

beforeAll(async () => {
  // With pauses between tokens, so that a stream comes in pieces.
  runtime = await startRuntime({ environment: { DAYPASS_TOKENS_PER_SECOND: '200' } });
  cognito = new CognitoIdentityProviderClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  userPoolId = UserPools?.[0]?.Id ?? '';
});
afterAll(async () => {
  for (const proxy of proxies) proxy.close();
  await runtime.stop();
});

const smoke = (args: string[], environment: Record<string, string> = {}) =>
  runCommand('bin/smoke/smoke.ts', args, environment);

async function accountsLeft(): Promise<string[]> {
  const { Users = [] } = await cognito.send(
    new ListUsersCommand({ UserPoolId: userPoolId, Filter: 'email ^= "smoke-"' }),
  );
  return Users.map(({ Username }) => Username ?? '');
}

/** In front of the platform, with one thing wrong. */
async function proxy(
  change: (path: string, answer: Response, text: string) => [number, Record<string, string>, string],
) {
  const server = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await Array.fromAsync(request));
      const path = request.url ?? '';
      const { authorization } = request.headers;
      const answer = await fetch(`${runtime.edge}${path}`, {
        method: request.method ?? 'GET',
        headers: {
          'content-type': 'application/json',
          ...(authorization !== undefined && { authorization }),
        },
        body: body.length === 0 ? null : body,
      });
      const [status, headers, text] = change(path, answer, await answer.text());
      response.writeHead(status, headers).end(text);
    })();
  });
  proxies.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function headersOf({ headers }: Response): Record<string, string> {
  const {
    'content-encoding': _,
    'content-length': _length,
    'transfer-encoding': _transfer,
    ...others
  } = Object.fromEntries(headers);
  return others;
}

test('--help says what it does, with nothing running', async () => {
  const { code, output, errors } = await smoke(['--help'], { DAYPASS_PORT: '1' });
  expect([code, errors]).toEqual([0, '']);
  for (const option of ['--url', '--user-pool', '--email', '--model', '--help'])
    expect(output).toContain(`  ${option} `);
});

test('on this machine an account signs up, every check passes, and nothing is left', async () => {
  const { code, output, errors } = await smoke(['--local', '--port', String(runtime.port)]);
  expect({ code, errors, failed: output.match(/^FAILED.*$/gm) }).toEqual({
    code: 0,
    errors: '',
    failed: null,
  });
  expect(output).toMatch(/(\d+) of \1 checks passed/);
  expect(output).not.toMatch(/dpk\w{38}|eyJ/);
  expect(await accountsLeft()).toEqual([]);
});

test('with a user pool, an account is made there, and is gone afterwards', async () => {
  const { code, output } = await smoke(
    ['--url', runtime.edge, '--user-pool', userPoolId, '--model', 'nova-micro'],
    {
      ...local,
      AWS_ENDPOINT_URL: runtime.aws,
    },
  );
  expect(output).toContain('chats use nova-micro');
  expect(code).toBe(0);
  expect(await accountsLeft()).toEqual([]);
});

test('an account that exists stays, without the key', async () => {
  const { email, password, token } = await addPerson(runtime);
  const { code, output } = await smoke(['--url', runtime.edge, '--email', email], {
    DAYPASS_PASSWORD: password,
  });
  expect(output).toContain('the account stays');
  expect(code).toBe(0);
  const { body } = await call(runtime.edge, '/v1/api-keys', { token });
  expect(body.data.map(({ status }: { status: string }) => status)).toEqual(['revoked']);
});

test('a stream that something in between holds back is found, later checks are named, and it is cleaned up', async () => {
  const url = await proxy((_path, answer, text) => [answer.status, headersOf(answer), text]);
  const { code, output } = await smoke(['--url', url]);
  expect(output).toMatch(/^FAILED +a chat is streamed, in pieces.*holds the stream back/m);
  expect(output).toMatch(/^– +past the limit: 429 +not tried/m);
  expect(output).toMatch(/^ok +clean up/m);
  expect(code).toBe(1);
  expect(await accountsLeft()).toEqual([]);
});

test('a page without its security headers is found by the header’s name', async () => {
  const url = await proxy((_path, answer, text) => {
    const { 'content-security-policy': _policy, ...headers } = headersOf(answer);
    return [answer.status, headers, text];
  });
  const { code, output } = await smoke(['--url', url]);
  expect(output).toMatch(/^FAILED .*content-security-policy/m);
  expect(code).toBe(1);
});

test('a refusal is told with its code and request id', async () => {
  const { code, output } = await smoke(['--url', `${runtime.edge}/`, '--model', 'nothing']);
  expect(output).toMatch(/^FAILED .*there is no chat model 'nothing'/m);
  expect(code).toBe(1);
  const login = await smoke(['--url', runtime.edge, '--email', 'nobody@example.com'], {
    DAYPASS_PASSWORD: 'Aa1-wrong-one',
  });
  expect(login.output).toMatch(
    /^FAILED +log in +POST \/v1\/login: 401 instead of 200; invalid_credentials: .*; x-request-id \S+/m,
  );
  expect(login.code).toBe(1);
});

test.each([
  [['--url', 'nowhere'], /takes the address of a deployment/],
  [
    ['--url', 'https://d1.cloudfront.net/v1'],
    /takes the address alone: https:\/\/d1\.cloudfront\.net, without \/v1/,
  ],
  [['--email', 'a@b.example', '--user-pool', 'x'], /exclude each other/],
  [['--url', 'https://d1.cloudfront.net', '--local'], /--url and --local exclude each other/],
  [['--nothing'], /--nothing/],
])('the mistake in %j is told', async (args, words) => {
  const { code, errors } = await smoke(args);
  expect(errors).toMatch(words);
  expect(code).toBe(2);
});

test('with nothing there, it says so', async () => {
  const { code, errors } = await smoke(['--url', 'http://localhost:1']);
  expect(errors).toMatch(/no answer came from http:\/\/localhost:1/);
  expect(code).toBe(1);
});
