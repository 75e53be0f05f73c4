import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { byRoute } from '../../../lambda/http/by-route.ts';
import { jsonRoute } from '../../../lambda/http/pipeline.ts';
import { proxyEvent } from './proxy-event.ts';
import { runRoute } from './run-route.ts';

const common = { access: 'public', summary: '', answers: {}, errors: [] } as const;
const things = {
  getThing: { ...common, method: 'get', path: '/v1/things/{id}' },
  listThings: { ...common, method: 'get', path: '/v1/things' },
  endThing: { ...common, method: 'delete', path: '/v1/things/{id}' },
} as const satisfies Record<string, RouteContract>;
const answering = (name: string) =>
  jsonRoute({}, async ({ pathParameters }) => ({ status: 200, body: { name, ...pathParameters } }));

const handler = byRoute<typeof things>({
  'GET /v1/things/{id}': answering('get'),
  'GET /v1/things': answering('list'),
  'DELETE /v1/things/{id}': answering('end'),
});
const run = async (httpMethod: string, resource: string, id?: string) => {
  const pathParameters = id === undefined ? null : { id };
  const { body } = await runRoute(handler, proxyEvent({ httpMethod, resource, pathParameters }));
  return JSON.parse(body);
};

test('each route is answered by its own handler, by method and path as the contract has them', async () => {
  expect(await run('GET', '/v1/things')).toEqual({ name: 'list' });
  expect(await run('GET', '/v1/things/{id}', 'a%2Fb')).toEqual({ name: 'get', id: 'a/b' });
  expect(await run('DELETE', '/v1/things/{id}', 'a')).toEqual({ name: 'end', id: 'a' });
});

test('a route that the contract doesn’t have fails instead of being answered by another', async () => {
  await expect(run('POST', '/v1/things')).rejects.toThrow('No handler for POST /v1/things');
  await expect(run('GET', '/v1/things/a', 'a')).rejects.toThrow('No handler');
  await expect(run('GET', 'constructor')).rejects.toThrow('No handler');
});
