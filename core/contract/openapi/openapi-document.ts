import type * as z from 'zod';
import { sessionCookieName } from '../accounts/sessions.ts';
import { messageError } from '../chat/message.ts';
import type { RouteExample } from '../examples/route-example.ts';
import { routeExamples } from '../examples/route-examples.ts';
import { errorBody, type RouteContract, type RouteSection } from '../route-contract.ts';
import { routes } from '../routes.ts';
import { type ExampleNames, withNames } from './example-names.ts';
import { refusalsOf, SharedRefusals } from './refusals.ts';
import { inOrder, type Json, SharedSchemas, schemaOf } from './schemas.ts';
import { sectionOf, sections } from './sections.ts';

/** What a deployment's document differs by. */
export interface DocumentOptions {
  /** Whether the deployment has the routes of a section of the settings. @default those of all */
  has?: (section: RouteSection) => boolean;
  /** What the service is called. */
  title?: string | undefined;
  /** A plan and models that it has, for the examples. */
  names?: ExampleNames;
}

const security: Record<RouteContract['access'], Json[]> = {
  public: [],
  login: [{ login: [] }],
  admin: [{ login: ['admins'] }],
  session: [{ sessionCookie: [] }],
  key: [{ apiKey: [] }, { bearerKey: [] }],
};

const callers: Record<RouteContract['access'], string> = {
  public: 'Anyone may call it.',
  login: 'Needs a login token, sent as `Authorization: Bearer`.',
  admin: 'Needs the login token of an admin, sent as `Authorization: Bearer`.',
  session: 'Needs the session cookie of the console, so only pages of its origin can call it.',
  key: 'Needs an API key, sent as `x-api-key` or `Authorization: Bearer`.',
};

/** API Gateway's own refusals have one shape on every route. */
const refusalShapes: Record<NonNullable<RouteContract['refusals']> | 'openai', Json> = {
  openai: { $ref: '#/components/schemas/Error' },
  anthropic: {
    anyOf: [{ $ref: '#/components/schemas/MessageError' }, { $ref: '#/components/schemas/Error' }],
  },
};

/** The OpenAPI 3.1 document of the contract, made from the schemas that the handlers parse with. */
export function openApiDocument({
  has = () => true,
  title = 'Daypass',
  names = {},
}: DocumentOptions = {}): Json {
  const shared = { schemas: new SharedSchemas(), refusals: new SharedRefusals() };
  const paths: Record<string, Json> = {};
  for (const [operationId, route] of Object.entries<RouteContract>(routes)) {
    if (route.onlyWhere !== undefined && !has(route.onlyWhere)) continue;
    const written = operation(operationId as keyof typeof routes, route, shared);
    paths[route.path] = { ...paths[route.path], [route.method]: written };
  }
  for (const schema of [errorBody, messageError]) shared.schemas.share(schemaOf(schema, 'output'));
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description: 'A self-service, metered LLM API: sign up, pick a daily plan, get a key, chat.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: sections.map(({ title: name, about }) => ({ name, description: about })),
    paths: withNames(paths, names),
    components: {
      securitySchemes: {
        login: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The `token` from `POST /v1/login`',
        },
        sessionCookie: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookieName,
          description: 'Set by `POST /v1/session`, for the pages of this origin',
        },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'An API key' },
        bearerKey: { type: 'http', scheme: 'bearer', description: 'An API key as a bearer token' },
      },
      schemas: shared.schemas.byTitle,
      examples: withNames(shared.refusals.byName, names),
    },
  };
}

interface Shared {
  schemas: SharedSchemas;
  refusals: SharedRefusals;
}

function operation(operationId: keyof typeof routes, route: RouteContract, shared: Shared): Json {
  const example = routeExamples[operationId];
  return {
    operationId,
    tags: [sectionOf(route.path).title],
    summary: route.summary,
    description: descriptionOf(route),
    security: security[route.access],
    ...parameters(route, example),
    ...(route.body !== undefined && {
      requestBody: {
        required: route.bodyOptional !== true,
        content: {
          'application/json': {
            schema: shared.schemas.share(inOrder(schemaOf(route.body, 'input'))),
            example: example.body,
          },
        },
      },
    }),
    responses: { ...answers(route, example, shared), ...refusals(route, example, shared) },
  };
}

function descriptionOf({ access, unmetered, onlyWhere }: RouteContract): string {
  return [
    callers[access],
    ...(access !== 'key' ? [] : [unmetered ? 'Not charged.' : 'Charged to the key.']),
    ...(onlyWhere === undefined ? [] : [`Only in deployments whose settings have \`${onlyWhere}\`.`]),
  ].join(' ');
}

function parameters(route: RouteContract, { parameters: examples = {} }: RouteExample): Json {
  const inPath = Object.entries(route.pathParameters ?? {}).map(([name, description]) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(route.query?.shape ?? {}).map(([name, schema]) => {
    const { description, ...rest } = schemaOf(schema as z.ZodType, 'input');
    return { name, in: 'query', required: false, description, schema: rest };
  });
  const inHeaders = Object.entries(route.headers ?? {}).map(([name, { schema, ...rest }]) => ({
    name,
    in: 'header',
    ...rest,
    schema: schemaOf(schema, 'input'),
  }));
  const all = [...inPath, ...inQuery, ...inHeaders].map((parameter) => {
    const text = examples[parameter.name];
    // Of a query too, which is text, the example is what the schema says.
    const example = (parameter.schema as Json).type === 'integer' ? Number(text) : text;
    return { ...parameter, ...(text !== undefined && { example }) };
  });
  return all.length === 0 ? {} : { parameters: all };
}

function answers(
  route: RouteContract,
  { answers: examples, events }: RouteExample,
  { schemas }: Shared,
): Json {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => [
      status,
      {
        description: answer.description,
        ...(answer.headers && {
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, description]) => [
              name,
              { description, schema: { type: 'string' } },
            ]),
          ),
        }),
        content: {
          'application/json': {
            schema: schemas.share(answerSchema(answer)),
            example: examples[Number(status)],
          },
          ...(answer.streams && { 'text/event-stream': { schema: { type: 'string' }, example: events } }),
        },
      },
    ]),
  );
}

function answerSchema({ schema, otherSchema }: RouteContract['answers'][number]): Json {
  const usual = schemaOf(schema, 'output');
  return otherSchema === undefined ? usual : { anyOf: [usual, schemaOf(otherSchema, 'output')] };
}

function refusals(route: RouteContract, { refusals: own = {} }: RouteExample, shared: Shared): Json {
  return Object.fromEntries(
    [...refusalsOf(route)].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        content: {
          'application/json': {
            schema: refusalShapes[route.refusals ?? 'openai'],
            examples: Object.fromEntries(
              codes.map((code) => [code, shared.refusals.refer(code, own[code], route.refusals)]),
            ),
          },
        },
      },
    ]),
  );
}
