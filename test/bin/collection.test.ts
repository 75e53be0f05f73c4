import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import bruno from '@usebruno/lang';
import { allCallsPage } from '../../bin/collection/all-calls.ts';
import { collectionFiles } from '../../bin/collection/collection.ts';
import type { RouteContract } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';

const folder = join(import.meta.dirname, '../../docs/collection');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const requests = globSync('*/*.bru', { cwd: folder }).filter((path) => !/folder|environments/.test(path));

test('the kept collection is the one that the contract makes: npm run collection', () => {
  const kept = globSync('**/*.{bru,json}', { cwd: folder });
  expect(Object.fromEntries(kept.map((path) => [path, read(path)]))).toEqual(
    Object.fromEntries(collectionFiles()),
  );
});

test('the page of all calls is the one that the contract makes: npm run collection', () => {
  expect(read('../all-calls.md')).toBe(allCallsPage());
});

test('Bruno’s own reader finds every call of the contract, with its method, path and body', () => {
  const found = Object.fromEntries(
    requests.map((path) => {
      const { http, body } = bruno.bruToJsonV2(read(path));
      const target = http.url.replace('{{baseUrl}}', '').split('?')[0];
      return [
        path.split('/').at(-1),
        `${http.method} ${target} ${body === undefined ? '' : Object.keys(JSON.parse(body.json))}`,
      ];
    }),
  );
  const wanted = Object.entries<RouteContract>(routes).map(([id, { method, path, body }]) => [
    `${id}.bru`,
    expect.stringMatching(
      `^${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1').replaceAll('.', '\\.')} ${body === undefined ? '$' : '.'}`,
    ),
  ]);
  expect(found).toEqual(Object.fromEntries(wanted));
});

test('a call is sent as its access wants it', () => {
  const of = (id: string) =>
    bruno.bruToJsonV2(read(requests.find((path) => path.endsWith(`/${id}.bru`)) ?? ''));
  expect(of('getMe').auth).toEqual({ bearer: { token: '{{token}}' } });
  expect(of('createChatCompletion')).toMatchObject({
    http: { auth: 'none' },
    headers: [{ name: 'x-api-key', value: '{{apiKey}}' }],
  });
  expect(of('login').vars?.res).toMatchObject([{ name: 'token', value: 'res.body.token' }]);
});

test('what is secret is a secret variable of each environment, without a value', () => {
  for (const name of ['Local', 'Deployed']) {
    const { variables } = bruno.bruToEnvJsonV2(read(`environments/${name}.bru`));
    expect(variables.filter(({ secret }) => secret).map(({ name, value }) => [name, value])).toEqual([
      ['password', ''],
      ['code', ''],
      ['token', ''],
      ['apiKey', ''],
    ]);
  }
});
