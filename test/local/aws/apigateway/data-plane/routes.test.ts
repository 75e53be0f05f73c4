import { request } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type StartedGateway, startGateway } from './start-gateway.ts';

let started: StartedGateway;

beforeAll(async () => {
  started = await startGateway();
  for (const path of ['/v1/models', '/v1/models/{id}', '/v1/{proxy+}', '/v1/{kind}/latest'])
    started.method('GET', path);
  started.method('ANY', '/any');
  started.method('POST', '/any');
  started.method('GET', '/');
});
afterAll(() => started.close());

const get = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${started.url}${path}`, init);
  return { response, event: (await response.clone().json()) as APIGatewayProxyEvent };
};

describe('The data plane chooses a route', () => {
  test.each([
    ['/v1/models', '/v1/models', null],
    ['/v1/models/', '/v1/models', null],
    ['/v1/models/claude', '/v1/models/{id}', { id: 'claude' }],
    ['/v1/models/openai%2Fgpt-5', '/v1/models/{id}', { id: 'openai%2Fgpt-5' }],
    ['/v1/mod%65ls', '/v1/models', null],
    ['/v1/other/latest', '/v1/{kind}/latest', { kind: 'other' }],
    ['/v1/models/a/b', '/v1/{proxy+}', { proxy: 'models/a/b' }],
    ['/v1/x/y%20z/', '/v1/{proxy+}', { proxy: 'x/y%20z' }],
    ['', '/', null],
    ['/', '/', null],
  ])('%s goes to %s', async (path, resource, pathParameters) => {
    const { event } = await get(path);
    expect(event).toMatchObject({ resource, pathParameters });
    expect(event.path).toBe(path || '/');
  });

  test('a specific method wins over ANY, and ANY takes the others', async () => {
    const any = await get('/any', { method: 'DELETE' });
    expect(any.event.httpMethod).toBe('DELETE');
    const own = await get('/any', { method: 'POST', body: 'x' });
    expect(own.event).toMatchObject({ httpMethod: 'POST', body: 'x' });
  });

  test.each([
    ['an unknown path', '/nothing', 'GET'],
    ['a resource without methods', '/v1', 'GET'],
    ['an unknown method of a known path', '/v1/models', 'DELETE'],
    ['an empty path parameter', '/v1//latest', 'POST'],
  ])('%s is 403 Missing Authentication Token', async (_case, path, method) => {
    const response = await fetch(`${started.url}${path}`, { method });
    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
  });

  test('an unknown stage is 403 Forbidden', async () => {
    const response = await fetch(started.url.replace('/prod', '/dev/v1/models'));
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Forbidden' });
  });

  test.each([
    ['evil.example.com', 403],
    ['localhost:4001', 200],
    ['daypass.localhost:4001', 200],
    ['[::1]:4001', 200],
    ['API.execute-api.us-east-1.amazonaws.com', 200],
    ['zzzzzzzzzz.execute-api.us-east-1.amazonaws.com', 403],
  ])('the host %s answers %i', async (host, expected) => {
    const { port } = new URL(started.url);
    const status = await new Promise((resolve, reject) => {
      const outgoing = request({
        port,
        host: '127.0.0.1',
        path: '/prod/v1/models',
        headers: { host: host.replace('API', started.apiId) },
      });
      outgoing
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(expected);
  });

  test('HEAD gets the headers of its answer and no body', async () => {
    started.method('HEAD', '/v1/models');
    const response = await fetch(`${started.url}/v1/models`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
    expect(await response.text()).toBe('');
  });
});
