import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type * as z from 'zod';
import { chatCompletionBody } from '../core/contract/chat/chat-completion-request.ts';
import { embeddingBody } from '../core/contract/chat/embeddings.ts';
import { countTokensBody, messageBody } from '../core/contract/chat/message-request.ts';
import { responseBody } from '../core/contract/chat/response-request.ts';
import type { RouteContract } from '../core/contract/route-contract.ts';
import { routes } from '../core/contract/routes.ts';
import { errorCodes } from '../core/errors.ts';
import { limitRows } from '../core/metering/windows.ts';
import { actionKinds } from '../core/reconcile/ports.ts';
import { operations as apiGatewayOperations } from '../local/aws/apigateway/control-plane/operations.ts';
import { publicOperations, signedOperations } from '../local/aws/cognito/operations/operations.ts';
import { createKms } from '../local/aws/kms/kms.ts';
import { createLambdaApi } from '../local/aws/lambda/api/lambda-api.ts';
import type { AwsRequest, AwsService } from '../local/aws/service.ts';
import { createSts } from '../local/aws/sts/sts.ts';
import { createClock } from '../local/clock.ts';
import { openStore } from '../local/state/store.ts';
import { createProviders } from '../local/template/providers/all.ts';
import { ignoredTypes } from '../local/template/providers/ignored-types.ts';
import {
  clients,
  failures,
  headings,
  keptResults,
  renderTable,
  tableOf,
  versionsOf,
} from './clients/results.ts';
import { fieldsOf, fieldsOfClass } from './request-fields.ts';

/** What the documents say of the code is checked against the code. */
const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('docs/errors.md', () => {
  test('has an entry for every error code, and for no other', () => {
    const entries = [...read('docs/errors.md').matchAll(/^### `(.+)`$/gm)].map(([, code]) => code);
    expect(entries.toSorted()).toEqual(Object.keys(errorCodes).toSorted());
  });

  test('tells the status of each', () => {
    for (const [code, { status }] of Object.entries(errorCodes)) {
      expect(section('docs/errors.md', `### \`${code}\``)).toMatch(new RegExp(`^\\s*${status}\\.`));
    }
  });
});

test('docs/providers.md: every row of what providers take names tests that are there', () => {
  const table = section('docs/providers.md', '## What each provider takes');
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && line.includes('](../test/'));
  expect(rows.length).toBeGreaterThan(8);
  for (const row of rows) {
    for (const [, title = '', path = ''] of row.matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)]+)\)/g)) {
      expect([title, read(path).includes(title)]).toEqual([title, true]);
    }
  }
  const body = table.split('\n').filter((line) => line.startsWith('| '));
  expect(body.length).toBe(rows.length + 1);
});

describe('docs/compatibility.md', () => {
  const page = 'docs/compatibility.md';
  const requests: [heading: string, schema: z.ZodType][] = [
    ['## Chat Completions', chatCompletionBody],
    ['## Messages', messageBody],
    ['## Responses', responseBody],
    ['## Embeddings', embeddingBody],
  ];
  const rowsOf = (heading: string) =>
    [...section(page, heading).matchAll(/^\| `([^`]+)` \| (\w+) \|/gm)].map(([, field = '', mark = '']) => ({
      field,
      mark,
    }));

  test.each(requests)('%s has a row for every field of the request, and no other', (heading, schema) => {
    expect(
      rowsOf(heading)
        .map(({ field }) => field)
        .toSorted(),
    ).toEqual(fieldsOf(schema));
  });

  test.each(['hint', 'echo', 'neutral', 'refused'])(
    'marks those fields as %s that the schemas do',
    (mark) => {
      for (const [heading, schema] of requests) {
        const marked = rowsOf(heading).filter((row) => row.mark === mark);
        expect([heading, marked.map(({ field }) => field).toSorted()]).toEqual([
          heading,
          fieldsOfClass(schema, mark),
        ]);
      }
    },
  );

  test('marks fields with those words only that it explains', () => {
    const marks = new Set(requests.flatMap(([heading]) => rowsOf(heading).map(({ mark }) => mark)));
    expect([...marks].toSorted()).toEqual(['echo', 'hint', 'honoured', 'mapped', 'neutral', 'refused']);
  });

  test('tells with the message request what counting takes', () => {
    const all = fieldsOf(messageBody);
    expect(fieldsOf(countTokensBody).filter((field) => !all.includes(field))).toEqual([]);
  });
});

describe('docs/clients.md', () => {
  const page = read('docs/clients.md');
  const results = keptResults();

  test('has the table of the last runs, with a row for each client', () => {
    expect(Object.keys(results)).toEqual(clients.map(({ name }) => name));
    expect(tableOf(page)).toBe(renderTable(results));
  });

  test('was made with the versions that npm run clients installs', () => {
    expect(clients.map(({ name }) => [name, results[name]?.versions])).toEqual(
      clients.map((client) => [client.name, versionsOf(client)]),
    );
  });

  test('names the models that each client was tried with', () => {
    const named = /with each of the models (.+?);/s.exec(page)?.[1] ?? '';
    const models = [...named.matchAll(/`(.+?)`/g)].map(([, name]) => name);
    for (const { name } of clients) expect([name, results[name]?.models]).toEqual([name, models]);
  });

  test('gives the reason for each ✗, and for nothing else', () => {
    const rows = [
      ...section('docs/clients.md', '## What stands behind each ✗').matchAll(/^- \*\*(.+?)\*\*, (`.+?`): /gm),
    ];
    const explained = rows.flatMap(([, heading, names = '']) =>
      [...names.matchAll(/`(.+?)`/g)].map(([, name]) => `${name}, ${heading}`),
    );
    const failed = failures(results).map(({ client, task }) => `${client.name}, ${headings[task]}`);
    expect(explained.toSorted()).toEqual(failed.toSorted());
  });

  test('quotes refusals as they were given', () => {
    const given = failures(results)
      .flatMap(({ failed }) => Object.values(failed))
      .join('\n');
    const quoted = section('docs/clients.md', '## What stands behind each ✗').matchAll(/`(\d{3} [^`]+)`/g);
    for (const [, text = ''] of quoted) expect(given).toContain(text.replaceAll(/\s+/g, ' '));
  });
});

describe('docs/settings.md', () => {
  const documented = [...read('docs/settings.md').matchAll(/^\| `([^`]+)` \|/gm)].map(
    ([, path]) => path ?? '',
  );

  test('has every field of the settings, and no other', () => {
    const names = documented.map((path) => path.split('.').at(-1)?.replace('[]', '') ?? '');
    expect([...new Set(names)].toSorted()).toEqual([...new Set(settingsFields())].toSorted());
  });

  test('names no field twice', () => {
    expect(documented).toEqual([...new Set(documented)]);
  });
});

describe('docs/local-runtime.md', () => {
  const page = 'docs/local-runtime.md';

  test('lists the resource types that are supported, and no other', () => {
    expect(typesIn(section(page, '### Supported')).toSorted()).toEqual(providedTypes().toSorted());
  });

  test('lists the resource types that are ignored with their reasons, and no other', () => {
    const rows = [...section(page, '### Ignored, each with the reason').matchAll(/^\| `(.+)` \| (.+) \|$/gm)];
    expect(rows.map(([, type, reason]) => [type, reason])).toEqual([...ignoredTypes]);
  });

  test.each([
    ['API Gateway', () => apiGatewayOperations.map(({ name }) => name)],
    ['Cognito, open to all', () => [...publicOperations.keys()]],
    ['Cognito, signed', () => [...signedOperations.keys()]],
    ['KMS', kmsOperations],
    ['STS', stsOperations],
  ])('lists the operations of %s, and no other', async (service, operations) => {
    const listed = [...operationsCell(service).matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual((await operations()).toSorted());
  });

  test('lists the one operation of Lambda with its invocation types, and no other', async () => {
    const [operation, ...types] = [...operationsCell('Lambda').matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const refusal = await refusalOf(
      createLambdaApi({ invoke: async () => ({ payload: '' }), requireFunction() {} }),
    );
    expect(refusal).toContain(`only ${operation} is`);
    const named = [
      ...read('local/aws/lambda/api/lambda-api.ts').matchAll(/'(RequestResponse|Event|DryRun)'/g),
    ];
    expect(types.toSorted()).toEqual([...new Set(named.map(([, type]) => type))].toSorted());
  });

  test('has a row for every service that the AWS port takes', () => {
    const rows = [
      ...section(page, '## Operations of the stand-ins').matchAll(/^\| ([A-Z][\w ]+?)(?:,.*?)? \| .+ \|$/gm),
    ];
    const services = [
      'API Gateway',
      'Bedrock runtime',
      'CloudWatch',
      'Cognito',
      'DynamoDB',
      'KMS',
      'Lambda',
      'SES',
      'STS',
      'Secrets Manager',
    ];
    expect([...new Set(rows.map(([, service]) => service))].toSorted()).toEqual(services);
    const differing = section(page, '## Operations of the stand-ins').match(
      /^\| [A-Z].*?(?: \| .+?){2} \|$/gm,
    );
    expect(differing).toHaveLength(rows.length);
    const list = /const services = \[(.+?)\];/s.exec(read('local/runtime.ts'))?.[1] ?? '';
    expect(list.split(',').filter((service) => service.trim() !== '')).toHaveLength(services.length);
  });

  test('names every option and every variable of npm start', () => {
    const options = read('local/start/options.ts');
    const names = [...options.matchAll(/^ {2}(--[a-z]+)|DAYPASS_[A-Z_]+/gm)].map(([name]) => name.trim());
    expect(names.length).toBeGreaterThan(10);
    expect([...new Set(names)].filter((name) => !read(page).includes(name))).toEqual([]);
  });

  test('names every developer route and every field of a fault', () => {
    const routes = [...read('local/http/local-routes.ts').matchAll(/'((?:GET|POST|PUT) \/_local\/\w+)'/g)];
    expect(routes.length).toBeGreaterThan(4);
    expect(routes.map(([, route]) => route).filter((route) => !read(page).includes(`${route}\``))).toEqual(
      [],
    );
    const faultRule =
      /const faultRule = z\n?\s*\.strictObject\(\{(.*?)\n {2}\}\)/s.exec(read('local/faults.ts'))?.[1] ?? '';
    const fields = [...faultRule.matchAll(/^ {4}(\w+):/gm)].map(([, field]) => field);
    expect(fields).toContain('probability');
    const text = section(page, '### `GET /_local/faults`, `PUT /_local/faults`');
    expect(fields.filter((field) => !text.includes(`\`${field}\``))).toEqual([]);
  });
});

describe('docs/data-model.md', () => {
  test('has every kind of item that the adapters write, and no other', () => {
    const adapters = globSync('lambda/adapters/*.ts', { cwd: root }).map(read).join('\n');
    const written = [
      ...adapters.matchAll(/(?:\b(?:pk|sk): |Partition = \(shard: number\) => )[`']([A-Z]+)(?:#|['`])/g),
    ].map(([, prefix]) => prefix);
    expect(written).toContain('IDEMPOTENCY');
    const rows = section('docs/data-model.md', '## Items')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const documented = rows.flatMap((row) =>
      row
        .split(' | ')
        .slice(1, 3)
        .flatMap((cell) => /^`([A-Z]+)(?:#|`)/.exec(cell)?.[1] ?? []),
    );
    expect([...new Set(documented)].toSorted()).toEqual([...new Set(written)].toSorted());
  });

  test('names every status of a key and every kind of intent', () => {
    const items = section('docs/data-model.md', '## Items');
    const names = [
      ...namesOfUnion('core/keys/ports.ts', 'KeyRecordStatus'),
      ...namesOfUnion('core/reconcile/ports.ts', 'IntentKind'),
    ];
    expect(names).toEqual(expect.arrayContaining(['expired', 'rotate']));
    expect(names.filter((name) => !items.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  const page = 'docs/operations.md';

  test('has a row for every repair of the reconciler, and no other', () => {
    const rows = [...section(page, '## Reconciler').matchAll(/^\| `([a-z-]+)` \| .+ \| .+ \|$/gm)];
    expect(rows.map(([, kind]) => kind).toSorted()).toEqual(actionKinds.toSorted());
  });

  test('names every option of npm run reconcile, and no other', () => {
    const told = [...read('bin/reconcile.ts').matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
    const rows = [...section(page, '## Reconciler').matchAll(/^\| `(--[a-z-]+)/gm)].map(
      ([, option]) => option,
    );
    expect(told.length).toBeGreaterThan(3);
    expect(rows).toEqual(told);
  });

  test('has a row for every alarm, and no other, that leads to its runbook', () => {
    const rows = section(page, '## Alarms').matchAll(/^\| \[.*?\) \|/gm);
    const named = [...rows].flatMap(([row]) => [...row.matchAll(/\[(\w+)\]\(runbooks\.md#(\w+)\)/g)]);
    for (const [, name, anchor] of named) expect(anchor).toBe(name?.toLowerCase());
    const runbooks = [...read('docs/runbooks.md').matchAll(/^## ([A-Z]\w+)$/gm)].map(([, name]) => name);
    expect(named.map(([, name]) => name).toSorted()).toEqual(runbooks.toSorted());
  });

  test('names every message of the functions’ log', () => {
    const log = ['log', 'metrics', 'http/request-log'].map((file) => read(`lambda/${file}.ts`)).join('');
    const messages = [...log.matchAll(/logger\.\w+\('([^']+)'/g)].map(([, message]) => message ?? '');
    expect(messages).toContain('intent parked');
    const text = section(page, '## Logs');
    expect(messages.filter((message) => !text.includes(message))).toEqual([]);
  });
});

describe('docs/security.md', () => {
  test('tells the rights of functions that there are', () => {
    const rows = section('docs/security.md', '## Least privilege').matchAll(/^\| (`.+?`) \|/gm);
    const names = [...rows].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name),
    );
    expect(names).toEqual(expect.arrayContaining(['reconcile', 'rotate-api-key']));
    const handlers = globSync('lambda/handlers/*/*.ts', { cwd: root }).map((file) => basename(file, '.ts'));
    expect(names.filter((name = '') => !handlers.includes(name))).toEqual([]);
  });

  test('has a row for every way in that the contract knows', () => {
    const ways = Object.values<RouteContract>(routes).map(({ access, unmetered }) =>
      unmetered ? `${access}, unmetered` : access,
    );
    const rows = section('docs/security.md', '## Who can call what').matchAll(/^\| (`.+?) \|/gm);
    const told = [...rows].map(([, way = '']) => way.replaceAll('`', ''));
    expect(told.filter((way) => way !== 'access').toSorted()).toEqual([...new Set(ways)].toSorted());
  });
});

describe('links', () => {
  const pages = [...globSync('*.md', { cwd: root }), ...globSync('docs/**/*.md', { cwd: root })];

  test.each(pages)('%s leads to files and headings that are there', (page) => {
    const text = read(page).replace(/```.*?```/gs, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');
    const broken = links.filter((link) => !/^(https?:|mailto:)/.test(link) && !leadsSomewhere(page, link));
    expect(broken).toEqual([]);
  });

  test.each(pages)('%s calls source files by their names', (page) => {
    const links = [...read(page).matchAll(/\[([\w-]+\.ts)\]\(([^)#\s]+)/g)];
    const misnamed = links.filter(([, name, path = '']) => basename(path) !== name);
    expect(misnamed.map(([link]) => link)).toEqual([]);
  });
});

/** The text under a heading, up to the next one of the same or a higher level. */
function section(page: string, heading: string): string {
  const lines = read(page).split('\n');
  const start = lines.indexOf(heading);
  if (start < 0) throw new Error(`${page} has no heading '${heading}'`);
  const level = heading.indexOf(' ');
  const isEnd = (line: string) => /^#+ /.test(line) && line.indexOf(' ') <= level;
  const length = lines.slice(start + 1).findIndex(isEnd);
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n');
}

function operationsCell(service: string): string {
  const table = section('docs/local-runtime.md', '## Operations of the stand-ins');
  return new RegExp(`^\\| ${service} \\| (.+?) \\| .+ \\|$`, 'm').exec(table)?.[1] ?? '';
}

/** The names in a union of string literals; types are gone when the tests run. */
function namesOfUnion(path: string, type: string): string[] {
  const union = new RegExp(`export type ${type} =([^;]+);`).exec(read(path))?.[1] ?? '';
  return [...union.matchAll(/'([^']+)'/g)].map(([, name]) => name ?? '');
}

function typesIn(text: string): string[] {
  return [...text.matchAll(/`((?:AWS|Custom)::[\w:]+)`/g)].map(([, type]) => type ?? '');
}

/** Field names as the files of the settings give them to zod; the schema itself is not exported. */
function settingsFields(): string[] {
  const [settings = ''] = read('lib/settings.ts').split('export type Settings');
  const [prices = ''] = read('lib/model-prices.ts').split('export function');
  const [providers = ''] = read('lib/provider-settings.ts').split('export type ProviderSettings');
  const [billing = ''] = read('lib/billing-settings.ts').split('export function');
  const [logIn = ''] = read('lib/log-in-settings.ts').split('export type LogInSettings');
  const site = read('lib/site/site-settings.ts');
  const schema = settings + read('lib/model-settings.ts') + prices + providers + billing + logIn + site;
  const types = [
    'line',
    'readable',
    'siteSection',
    'z',
    'positive',
    'wholeDays',
    'generations',
    'dollars',
    'price',
    'chatPrices',
    'serviceTiers',
    'onOrOff',
    'tags',
    'domainName',
    'families',
    'structuredOutputs',
    'reasonings',
    'factor',
    'baseUrl',
    'billing',
    'secretReference',
    'logIn',
  ];
  const fields = schema.matchAll(new RegExp(`\\b(\\w+):\\s*(?:${types.join('|')})\\b`, 'g'));
  return [...limitRows.map(({ field }) => field), ...[...fields].map(([, field]) => field ?? '')];
}

/** Providers only name their type here; nothing is created in these stand-ins. */
function providedTypes(): string[] {
  const standIns = new Proxy({}, { get: () => ({}) });
  return createProviders(standIns as never).map(({ type }) => type);
}

/** KMS refuses an unknown operation with the list of those it has. */
async function kmsOperations(): Promise<string[]> {
  const store = openStore(':memory:');
  const kms = createKms({ store, clock: createClock(), region: 'us-east-1', accountId: '000000000000' });
  const refusal = await refusalOf(kms);
  store.close();
  return /it has (.+)\./.exec(refusal)?.[1]?.split(', ') ?? [];
}

async function stsOperations(): Promise<string[]> {
  const refusal = await refusalOf(createSts({ accountId: '000000000000' }));
  return /it has (.+)\./.exec(refusal)?.[1]?.split(', ') ?? [];
}

/** What a stand-in says when it is asked for something that it doesn't have. */
async function refusalOf(service: AwsService): Promise<string> {
  const request = {
    method: 'POST',
    path: '/nothing',
    headers: { 'x-amz-target': 'TrentService.Nothing' },
    body: Buffer.from('Action=Nothing'),
  } as unknown as AwsRequest;
  return service.handle(request).then(String, (error: Error) => error.message);
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchorsOf(file).includes(anchor);
}

/** As GitHub makes them from headings. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
