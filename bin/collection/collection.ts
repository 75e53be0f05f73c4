import bruno, { type BrunoRequest } from '@usebruno/lang';
import { code, email, keyId, messageId, password } from '../../core/contract/examples/example-values.ts';
import { openApiDocument } from '../../core/contract/openapi/openapi-document.ts';
import { bySection, sections } from '../../core/contract/openapi/sections.ts';

/** The parts of the document’s operations that are written down. */
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required: boolean; example?: unknown }[];
  requestBody?: { content: Record<string, { example: unknown }> };
}

/** What stands in examples, and the variable that holds one's own. */
const variables: Readonly<Record<string, string>> = {
  [email]: 'email',
  [password]: 'password',
  [code]: 'code',
  [keyId]: 'keyId',
  [messageId]: 'messageId',
};

/** Kept by Bruno on one's own machine, encrypted, and never in the files. */
const secrets = ['password', 'code', 'token', 'apiKey'];

/** What later calls need of an answer. */
const kept: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  login: { token: 'res.body.token' },
  createApiKey: { apiKey: 'res.body.key', keyId: 'res.body.id' },
  rotateApiKey: { apiKey: 'res.body.key' },
  createOneTimeMessage: { messageId: 'res.body.id' },
};

const environments: Readonly<Record<string, string>> = {
  Local: 'http://localhost:4000',
  Deployed: 'https://llm.example.com',
};

/** The files of a collection for Bruno, by path, made from the contract. */
export function collectionFiles(): Map<string, string> {
  const { paths } = openApiDocument() as unknown as { paths: Record<string, Record<string, Operation>> };
  const operations = Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .toSorted(bySection);
  const about = { version: '1', name: 'Daypass', type: 'collection', ignore: [] };
  const files = new Map([['bruno.json', `${JSON.stringify(about, undefined, 2)}\n`]]);
  for (const [name, baseUrl] of Object.entries(environments))
    files.set(`environments/${name}.bru`, environment(baseUrl));
  for (const [index, { id, title, about }] of sections.entries()) {
    const meta = { name: title, seq: String(index + 1) };
    files.set(`${id}/folder.bru`, ended(bruno.jsonToCollectionBru({ meta, docs: about })));
    const inside = operations.filter(({ operation }) => operation.tags[0] === title);
    for (const [place, one] of inside.entries())
      files.set(
        `${id}/${one.operation.operationId}.bru`,
        ended(bruno.jsonToBruV2(request(one, String(place + 1)))),
      );
  }
  return files;
}

const ended = (text: string): string => `${text.trimEnd()}\n`;

function environment(baseUrl: string): string {
  const own = (name: string, value: string) => ({ name, value, enabled: true, secret: false });
  const secret = (name: string) => ({ name, value: '', enabled: true, secret: true });
  const plain = [
    own('baseUrl', baseUrl),
    own('email', email),
    own('keyId', keyId),
    own('messageId', messageId),
  ];
  return ended(bruno.envJsonToBruV2({ variables: [...plain, ...secrets.map(secret)] }));
}

const withVariables = (text: string): string =>
  Object.entries(variables).reduce((filled, [value, name]) => filled.replaceAll(value, `{{${name}}}`), text);

function request(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  seq: string,
): BrunoRequest {
  const { operationId, summary, description, security, parameters = [], requestBody } = operation;
  const given = parameters
    .filter(({ required, example }) => required || example !== undefined)
    .map(({ name, in: place, example }) => ({
      name,
      place,
      // Each press makes a key, not the same one again.
      value: name === 'Idempotency-Key' ? '{{$guid}}' : withVariables(String(example ?? '')),
      enabled: true,
    }));
  const at = (where: string) =>
    given.filter(({ place }) => place === where).map(({ place: _, ...entry }) => entry);
  const query = at('query').map(({ name, value }) => `${name}=${value}`);
  const url = `{{baseUrl}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  const needs = Object.keys(security[0] ?? {})[0];
  const body = requestBody?.content['application/json']?.example;
  const headers = [
    ...(needs === 'apiKey' ? [{ name: 'x-api-key', value: '{{apiKey}}', enabled: true }] : []),
    ...at('header'),
  ];
  const results = Object.entries(kept[operationId] ?? {});
  const isByLogin = needs === 'login';
  return {
    meta: { name: summary, type: 'http', seq },
    http: { method, url, body: body === undefined ? 'none' : 'json', auth: isByLogin ? 'bearer' : 'none' },
    params: [
      ...at('query').map((one) => ({ ...one, type: 'query' as const })),
      ...at('path').map((one) => ({ ...one, type: 'path' as const })),
    ],
    headers,
    ...(isByLogin && { auth: { bearer: { token: '{{token}}' } } }),
    ...(body !== undefined && { body: { json: withVariables(JSON.stringify(body, undefined, 2)) } }),
    ...(results.length > 0 && {
      vars: { res: results.map(([name, value]) => ({ name, value, enabled: true, local: false })) },
    }),
    docs: `${summary}. ${description}`,
  };
}
