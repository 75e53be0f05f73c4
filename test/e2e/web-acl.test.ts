import { request } from 'node:http';
import { type RunningRuntime, startRuntime } from './runtime.ts';

/** What the web ACL lets one address write in five minutes: lib/constructs/edge/rate-rules.ts. */
const writes = 100;

let runtime: RunningRuntime;
beforeAll(async () => {
  runtime = await startRuntime({ environment: { DAYPASS_WAF: 'on' } });
}, 120_000);
afterAll(() => runtime?.stop());

interface Refusal {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** A login without a body from an address of this machine's own (127.0.0.0/8), which fetch can't choose. */
function logInFrom(localAddress: string, base: string, path = '/v1/login', headers = {}): Promise<Refusal> {
  const { port, pathname } = new URL(base);
  const sent = `${pathname === '/' ? '' : pathname}${path}`;
  const options = { host: '127.0.0.1', port, path: sent, method: 'POST', localAddress, agent: false };
  return new Promise((settle, fail) => {
    const outgoing = request(
      { ...options, headers: { host: `localhost:${port}`, ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          settle({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    outgoing.on('error', fail).end();
  });
}

async function statusesOf(count: number, call: (at: number) => Promise<Refusal>): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at += 1) statuses.push((await call(at)).status);
  return statuses;
}

test('at the stage an address is stopped at the limit, in our shape, and another one is not', async () => {
  const spellings = ['/v1/login', '/v1/log%69n', '/v1/%6Cogin', '//v1/login', '/v1/register'];
  const statuses = await statusesOf(writes, (at) =>
    logInFrom('127.0.0.9', runtime.stage, spellings[at % spellings.length]),
  );
  expect(statuses).not.toContain(429);
  const refused = await logInFrom('127.0.0.9', runtime.stage, '/v1/log%69n');
  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({
    'retry-after': '300',
    'access-control-allow-origin': '*',
    'content-type': 'application/json',
  });
  expect(JSON.parse(refused.text).error).toMatchObject({ code: 'rate_limit_exceeded', param: null });
  expect((await logInFrom('127.0.0.8', runtime.stage)).status).toBe(400);
  expect(runtime.output()).toContain('rule writes-of-caller of the web ACL stops calls');
});

test('through CloudFront its viewers count, whatever they say of themselves', async () => {
  const forged = (at: number) => ({
    'x-daypass-viewer-network': `192.0.2.${at}`,
    'x-daypass-viewer-address': `192.0.2.${at}`,
    'x-forwarded-for': `192.0.2.${at}`,
  });
  const call = (at: number) => logInFrom('127.0.0.10', runtime.edge, '/v1/login', forged(at));
  const statuses = await statusesOf(writes + 1, call);
  expect(statuses.slice(0, writes)).not.toContain(429);
  expect(statuses.at(-1)).toBe(429);
  expect((await logInFrom('127.0.0.11', runtime.edge)).status).toBe(400);
});

test('who is stopped from writing still reads, and may write again when the clock says so', async () => {
  await statusesOf(writes + 1, () => logInFrom('127.0.0.1', runtime.stage));
  expect((await logInFrom('127.0.0.1', runtime.stage)).status).toBe(429);
  expect((await fetch(`${runtime.edge}/v1/plans`)).status).toBe(200);
  expect((await fetch(`${runtime.edge}/`)).status).toBe(200);
  await fetch(`${runtime.edge}/_local/clock`, {
    method: 'POST',
    body: JSON.stringify({ offsetSeconds: 301 }),
  });
  expect((await logInFrom('127.0.0.1', runtime.stage)).status).toBe(400);
});
