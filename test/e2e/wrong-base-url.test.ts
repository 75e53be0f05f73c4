import { gzipSync } from 'node:zlib';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI, { AzureOpenAI } from 'openai';
import { addPerson, chatBody, createKey } from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let key: string;
beforeAll(async () => {
  runtime = await sharedRuntime();
  const { token } = await addPerson(runtime);
  ({ key } = await createKey(runtime, token));
});

const json = { 'content-type': 'application/json' };
const withKey = () => ({ ...json, 'x-api-key': key });
const messages = [{ role: 'user' as const, content: 'Say something.' }];

async function errorAt(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('x-request-id')).toMatch(/./);
  const { error } = (await response.json()) as { error: { message: string; code: string; type: string } };
  return { status: response.status, ...error };
}

const wrongAtTheEdge = [
  '/chat/completions',
  '/models',
  '/v1',
  '/v1/v1/messages',
  '//v1/chat/completions',
  '/v1//chat/completions',
  '/V1/chat/completions',
  '/v2/chat/completions',
  '/prod/v1/chat/completions',
  '/openai/deployments/nova-lite/chat/completions',
];

describe.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s at the edge', (method) => {
  test.each(wrongAtTheEdge)('%s names the right base URL', async (path) => {
    const hasBody = method !== 'GET' && method !== 'DELETE';
    const body = hasBody ? JSON.stringify(chatBody()) : null;
    const error = await errorAt(`${runtime.edge}${path}`, { method, headers: withKey(), body });
    expect(error).toMatchObject({ status: 404, code: 'not_found', type: 'not_found_error' });
    expect(error.message).toContain(`${runtime.edge}/v1 for OpenAI clients`);
  });
});

test.each(wrongAtTheEdge)('a page of another origin may read the refusal of %s', async (path) => {
  const response = await fetch(`${runtime.edge}${path}`, {
    method: 'OPTIONS',
    headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
});

test('a body of megabytes to a wrong base URL is answered too', async () => {
  const body = JSON.stringify({ text: 'x'.repeat(5_000_000) });
  expect(await errorAt(`${runtime.edge}/messages`, { method: 'POST', headers: json, body })).toMatchObject({
    status: 404,
  });
});

test.each([
  '/chat/completions',
  '/v1/v1/messages',
  '/V1/chat/completions',
  '/v1',
  '/',
  '/openai/v1/responses',
])('%s at the stage tells how base URLs end', async (path) => {
  const init = { method: 'POST', headers: withKey(), body: JSON.stringify(chatBody()) };
  const error = await errorAt(`${runtime.stage}${path}`, init);
  expect(error).toMatchObject({ status: 404, code: 'not_found' });
  expect(error.message).toContain('The base URL of OpenAI clients ends in /v1');
});

test.each([
  ['GET', '/v1/chat/completions', 'POST, OPTIONS'],
  ['DELETE', '/v1/messages', 'POST, OPTIONS'],
  ['PUT', '/v1/plans', 'GET, OPTIONS'],
])('%s %s names the methods of this path', async (method, path, allow) => {
  const response = await fetch(`${runtime.edge}${path}`, { method, headers: withKey() });
  expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await response.json()).toMatchObject({
    type: 'error',
    error: { code: 'method_not_allowed', docs: '/docs#error-method_not_allowed' },
  });
  const atStage = await errorAt(`${runtime.stage}${path}`, { method, headers: withKey() });
  expect(atStage).toMatchObject({ status: 404, code: 'not_found' });
});

test('the console stays where it is', async () => {
  for (const path of ['/', '/keys', '/docs', '/index.html']) {
    const response = await fetch(`${runtime.edge}${path}`);
    expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 200, 'text/html']);
  }
  const inBrowser = await fetch(`${runtime.edge}/models`, { headers: { accept: 'text/html,*/*' } });
  expect(inBrowser.headers.get('content-type')).toBe('text/html');
});

describe('the official clients show the hint', () => {
  const hint = () => expect.stringContaining(`${runtime.edge}/v1 for OpenAI clients`);

  test('OpenAI’s without /v1', async () => {
    const client = new OpenAI({ baseURL: runtime.edge, apiKey: key });
    await expect(client.chat.completions.create({ model: 'nova-lite', messages })).rejects.toMatchObject({
      status: 404,
      code: 'not_found',
      message: hint(),
    });
    await expect(client.models.list()).rejects.toMatchObject({ status: 404, message: hint() });
  });

  test('Anthropic’s with /v1', async () => {
    const client = new Anthropic({ baseURL: `${runtime.edge}/v1`, apiKey: key });
    const asked = client.messages.create({ model: 'nova-lite', max_tokens: 5, messages });
    await expect(asked).rejects.toMatchObject({ status: 404, message: hint() });
  });

  test('OpenAI’s for Azure', async () => {
    const client = new AzureOpenAI({ endpoint: runtime.edge, apiKey: key, apiVersion: '2024-10-21' });
    await expect(client.chat.completions.create({ model: 'nova-lite', messages })).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('not the one for Azure'),
    });
  });
});

describe('the key', () => {
  const ask = (base: string, headers: Record<string, string>) =>
    fetch(`${base}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify(chatBody({ max_tokens: 2 })),
    });

  test('in api-key works at the edge, and at the stage the refusal names x-api-key', async () => {
    expect((await ask(runtime.edge, { 'api-key': key })).status).toBe(200);
    const atStage = await ask(runtime.stage, { 'api-key': key });
    expect(atStage.status).toBe(401);
    expect(await atStage.text()).toContain('`x-api-key: KEY`');
  });

  test('without Bearer is refused by that name', async () => {
    const response = await ask(runtime.edge, { authorization: key });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { code: 'invalid_api_key', message: expect.stringContaining('Put `Bearer` and a space') },
    });
  });
});

test.each(['edge', 'stage'] as const)('a gzip body at the %s is a 415 that says so', async (port) => {
  const error = await errorAt(`${runtime[port]}/v1/chat/completions`, {
    method: 'POST',
    headers: { ...withKey(), 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify(chatBody())),
  });
  expect(error).toMatchObject({
    status: 415,
    code: 'unsupported_media_type',
    message: expect.stringContaining('compressed'),
  });
});
