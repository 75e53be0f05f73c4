import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { addPerson, chatBody, createKey } from './client.ts';
import { edgeSecret } from './edge-secret.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let runtime: RunningRuntime;
beforeAll(async () => {
  runtime = await startRuntime({ args: ['--verbose'] });
}, 120_000);
afterAll(() => runtime?.stop());

/** A chat from an address of this machine's own (127.0.0.0/8), which fetch can't choose. @returns its status */
function chatFrom(localAddress: string, base: string, key: string, headers = {}): Promise<number> {
  const url = new URL(`${base}/v1/chat/completions`);
  return new Promise((settle, fail) => {
    const outgoing = request(
      url,
      {
        host: '127.0.0.1',
        localAddress,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': key, ...headers },
        agent: false,
      },
      (response) => response.resume().on('end', () => settle(response.statusCode ?? 0)),
    );
    outgoing.on('error', fail).end(JSON.stringify(chatBody()));
  });
}

/** A new key that lets each client in once a day. */
async function keyForOneEach(): Promise<string> {
  const { token } = await addPerson(runtime);
  return (await createKey(runtime, token, { limits: { perClient: { requestsPerDay: 1 } } })).key;
}

const forged = (viewer: string, proof?: string) => ({
  'x-daypass-viewer-address': viewer,
  'x-forwarded-for': viewer,
  ...(proof !== undefined && { 'x-daypass-edge-proof': proof }),
});
const guess = () => randomBytes(24).toString('hex');

test('through CloudFront each viewer’s address counts apart', async () => {
  const key = await keyForOneEach();
  expect(await chatFrom('127.0.0.1', runtime.edge, key)).toBe(200);
  expect(await chatFrom('127.0.0.1', runtime.edge, key)).toBe(429);
  expect(await chatFrom('127.0.0.2', runtime.edge, key)).toBe(200);
  expect(await chatFrom('127.0.0.2', runtime.edge, key)).toBe(429);
});

test('a viewer and whoever calls the stage from the same address are one client', async () => {
  const key = await keyForOneEach();
  expect(await chatFrom('127.0.0.2', runtime.edge, key)).toBe(200);
  expect(await chatFrom('127.0.0.2', runtime.stage, key)).toBe(429);
  expect(await chatFrom('127.0.0.1', runtime.stage, key)).toBe(200);
});

test('through CloudFront nobody can send another address, with a proof or without', async () => {
  const key = await keyForOneEach();
  expect(await chatFrom('127.0.0.3', runtime.edge, key, forged('192.0.2.1', guess()))).toBe(200);
  expect(await chatFrom('127.0.0.3', runtime.edge, key, forged('192.0.2.2', guess()))).toBe(429);
  expect(await chatFrom('127.0.0.3', runtime.edge, key, forged('192.0.2.3'))).toBe(429);
  expect(await chatFrom('127.0.0.3', runtime.edge, key, forged('192.0.2.4', edgeSecret(runtime)))).toBe(429);
});

test('whoever has CloudFront’s word dropped on the way gets no further counts by it', async () => {
  const key = await keyForOneEach();
  const headers = { connection: 'close, x-daypass-viewer-address, x-daypass-edge-proof' };
  expect(await chatFrom('127.0.0.1', runtime.edge, key, headers)).toBe(200);
  expect(await chatFrom('127.0.0.2', runtime.edge, key, headers)).toBe(429);
});

test('at the stage an address without the right proof is not believed', async () => {
  const key = await keyForOneEach();
  expect(await chatFrom('127.0.0.4', runtime.stage, key, forged('192.0.2.1'))).toBe(200);
  expect(await chatFrom('127.0.0.4', runtime.stage, key, forged('192.0.2.2'))).toBe(429);
  expect(await chatFrom('127.0.0.4', runtime.stage, key, forged('192.0.2.3', ''))).toBe(429);
  expect(await chatFrom('127.0.0.4', runtime.stage, key, forged('192.0.2.4', guess()))).toBe(429);
  expect(await chatFrom('127.0.0.4', runtime.stage, key, forged('192.0.2.5', edgeSecret(runtime)))).toBe(200);
});

test('neither the proof nor the header of the viewer’s address shows up in any log', async () => {
  const key = await keyForOneEach();
  await chatFrom('127.0.0.5', runtime.edge, key, forged('192.0.2.1', guess()));
  await chatFrom('127.0.0.5', runtime.stage, key, forged('192.0.2.1', edgeSecret(runtime)));
  expect(runtime.output()).toContain('"message":"request"');
  expect(runtime.output()).not.toContain(edgeSecret(runtime));
  expect(runtime.output()).not.toContain('x-daypass-');
});
