import { type Answer, type Call, call } from './client.ts';

interface Example {
  $ref?: string;
  value?: unknown;
}

interface Response {
  content: Record<string, { example?: unknown; examples?: Record<string, Example> }>;
}

interface Written {
  operationId: string;
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; example?: unknown }[];
  requestBody?: { content: Record<string, { example: unknown }> };
  responses: Record<string, Response>;
}

interface Document {
  paths: Record<string, Record<string, Written>>;
  components: { examples: Record<string, Example> };
}

export type ExampleAccess = 'public' | 'login' | 'admin' | 'session' | 'key';

/** An operation as the platform's own document describes it. */
export interface ExampleOperation {
  id: string;
  method: string;
  path: string;
  access: ExampleAccess;
  body: unknown;
  parameters: readonly { name: string; in: string; example?: unknown }[];
  /** By status, what succeeds. */
  answers: ReadonlyMap<number, unknown>;
  events: string | undefined;
  /** By code. */
  refusals: ReadonlyMap<string, { status: number; body: unknown }>;
}

const accesses: Readonly<Record<string, ExampleAccess>> = {
  login: 'login',
  sessionCookie: 'session',
  apiKey: 'key',
};

export async function exampleOperations(edge: string): Promise<Map<string, ExampleOperation>> {
  const { paths, components } = (await (await fetch(`${edge}/v1/openapi.json`)).json()) as Document;
  const valueIn = ({ $ref, value }: Example) =>
    $ref === undefined ? value : components.examples[$ref.split('/').at(-1) ?? '']?.value;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, written]): ExampleOperation => {
      const { operationId: id, security, parameters = [], requestBody, responses } = written;
      const [scheme = '', groups = []] = Object.entries(security[0] ?? {})[0] ?? [];
      const each = Object.entries(responses).map(([status, { content }]) => ({
        status: Number(status),
        json: content['application/json'],
        events: content['text/event-stream']?.example,
      }));
      return {
        id,
        method: method.toUpperCase(),
        path,
        access: groups.includes('admins') ? 'admin' : (accesses[scheme] ?? 'public'),
        body: requestBody?.content['application/json']?.example,
        parameters,
        answers: new Map(
          each.flatMap(({ status, json }) => (status < 400 ? [[status, json?.example] as const] : [])),
        ),
        events: each.find(({ events }) => events !== undefined)?.events as string | undefined,
        refusals: new Map(
          each.flatMap(({ status, json }) =>
            Object.entries(json?.examples ?? {}).map(
              ([code, example]) => [code, { status, body: valueIn(example) }] as const,
            ),
          ),
        ),
      };
    }),
  );
  return new Map(operations.map((operation) => [operation.id, operation]));
}

/** What stands in an example, and what is sent in its place. */
export type Filling = Readonly<Record<string, string>>;

export interface Sending extends Call {
  filling?: Filling | undefined;
  /** Fields in place of the example's; of a call without a body, of its query. */
  fields?: Record<string, unknown>;
  /** Values of parameters in place of the example's; '' leaves one out. */
  parameters?: Record<string, string>;
}

/** Sends the example's request, in which only what depends on the caller is replaced. */
export function sendExample(
  edge: string,
  operation: ExampleOperation,
  sending: Sending = {},
): Promise<Answer> {
  const { filling = {}, fields, parameters = {}, headers, ...rest } = sending;
  const fill = (text: string) =>
    Object.entries(filling).reduce((filled, [example, real]) => filled.replaceAll(example, real), text);
  const values = operation.parameters.flatMap(({ name, in: place, example }) => {
    const value = parameters[name] ?? (example === undefined ? '' : fill(String(example)));
    return value === '' ? [] : [{ name, place, value }];
  });
  const given = (place: string): [string, string][] =>
    values.filter((one) => one.place === place).map(({ name, value }) => [name, value]);
  const path = given('path').reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, encodeURIComponent(value)),
    operation.path,
  );
  const unknown = operation.body === undefined ? Object.entries(fields ?? {}) : [];
  const query = new URLSearchParams([...given('query'), ...(unknown as [string, string][])]).toString();
  const body = operation.body === undefined ? undefined : JSON.parse(fill(JSON.stringify(operation.body)));
  return call(edge, query === '' ? path : `${path}?${query}`, {
    method: operation.method,
    ...(body !== undefined && { body: { ...body, ...fields } }),
    ...rest,
    headers: { ...Object.fromEntries(given('header')), ...headers },
  });
}

/** Their names are data. */
const maps = /\.(maxKeysPerPlan|detail|actions|service_tiers|metadata)$|^\.(paths|components|info|tags)/;

/** Where an answer is built in another way than its example. */
export function differences(example: unknown, real: unknown, path = ''): string[] {
  if (example === null || real === null || maps.test(path)) return [];
  if (Array.isArray(example) && Array.isArray(real))
    return example.length === 0 || real.length === 0 ? [] : differences(example[0], real[0], `${path}[]`);
  if (typeof example !== typeof real || Array.isArray(example) !== Array.isArray(real)) return [path];
  if (typeof example !== 'object') return [];
  const [ours, theirs] = [Object.keys(example), Object.keys(real as object)];
  return [
    ...ours.filter((name) => !theirs.includes(name)).map((name) => `${path}.${name} is not there`),
    ...theirs.filter((name) => !ours.includes(name)).map((name) => `${path}.${name} is not in the example`),
    ...ours
      .filter((name) => theirs.includes(name))
      .flatMap((name) =>
        differences(
          (example as Record<string, unknown>)[name],
          (real as Record<string, unknown>)[name],
          `${path}.${name}`,
        ),
      ),
  ];
}

interface Refusal {
  error: { code?: string; type: string; message: string; param?: string | null; docs: string };
}

/** Figures, names in quotation marks and an upstream's own reason are the caller's. */
const withoutValues = (message: string): string =>
  message
    .replaceAll(/'[^']*'(, '[^']*')*/g, "''")
    .replaceAll(/\d+/g, '0')
    .replace(/(refused this request: ).*/, '$1');

/** A refusal without what differs from call to call. */
export function refusalWords(body: unknown): unknown {
  const { error } = body as Refusal;
  return { ...error, message: withoutValues(error.message) };
}

export const codeOf = (body: unknown): string =>
  (body as Partial<Refusal> | undefined)?.error?.docs?.replace(/^.*#error-/, '') ?? '';

/** The names of events, or their objects, in order; repeated ones once. */
export function eventNames(text: string): string[] {
  const names = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) =>
    data === '[DONE]' ? data : (JSON.parse(data).type ?? JSON.parse(data).object),
  );
  return names.filter((name, index) => name !== names[index - 1]);
}
