import * as z from 'zod';
import { errorCodes } from '../errors.ts';
import { messageError } from './chat/message.ts';
import { fieldClass } from './chat/unhonoured-fields.ts';
import { errorBody, type RouteContract, type RouteSection } from './route-contract.ts';
import { routes } from './routes.ts';
import { sessionCookieName } from './sessions.ts';

type Json = { [name: string]: unknown };

const security: Record<RouteContract['access'], Json[]> = {
  public: [],
  login: [{ login: [] }],
  admin: [{ login: ['admins'] }],
  session: [{ sessionCookie: [] }],
  key: [{ apiKey: [] }, { bearerKey: [] }],
};

/** API Gateway's own refusals have one shape on every route. */
const refusalShapes: Record<NonNullable<RouteContract['refusals']> | 'openai', Json> = {
  openai: { $ref: '#/components/schemas/Error' },
  anthropic: {
    anyOf: [{ $ref: '#/components/schemas/MessageError' }, { $ref: '#/components/schemas/Error' }],
  },
};

/** Codes that any route may answer. */
const everyRoute = [
  'internal_error',
  'service_unavailable',
  'rate_limit_exceeded',
  'gateway_timeout',
] as const;
const everyBody = ['invalid_json', 'invalid_request', 'payload_too_large', 'unsupported_media_type'] as const;

/**
 * The OpenAPI 3.1 document of the contract, made from the schemas that the handlers parse with.
 * @param has whether the deployment has the routes of a section; by default, those of all are included
 * @param title what the service is called
 */
export function openApiDocument(
  has: (section: RouteSection) => boolean = () => true,
  title = 'Daypass',
): Json {
  const paths: Record<string, Json> = {};
  for (const [operationId, route] of Object.entries<RouteContract>(routes)) {
    if (route.onlyWhere !== undefined && !has(route.onlyWhere)) continue;
    paths[route.path] = { ...paths[route.path], [route.method]: operation(operationId, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description: 'A self-service, metered LLM API: sign up, pick a daily plan, get a key, chat.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
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
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        bearerKey: { type: 'http', scheme: 'bearer', description: 'An API key as a bearer token' },
      },
      schemas: { Error: schemaOf(errorBody, 'output'), MessageError: schemaOf(messageError, 'output') },
    },
  };
}

function operation(operationId: string, route: RouteContract): Json {
  return {
    operationId,
    summary: route.summary,
    security: security[route.access],
    ...parameters(route),
    ...(route.body !== undefined && {
      requestBody: {
        required: route.bodyOptional !== true,
        content: { 'application/json': { schema: inOrder(schemaOf(route.body, 'input')) } },
      },
    }),
    responses: { ...answers(route), ...refusals(route) },
  };
}

function parameters(route: RouteContract): Json {
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
  const all = [...inPath, ...inQuery, ...inHeaders];
  return all.length === 0 ? {} : { parameters: all };
}

function answers(route: RouteContract): Json {
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
          'application/json': { schema: answerSchema(answer) },
          ...(answer.streams && { 'text/event-stream': { schema: { type: 'string' } } }),
        },
      },
    ]),
  );
}

function answerSchema({ schema, otherSchema }: RouteContract['answers'][number]): Json {
  const usual = schemaOf(schema, 'output');
  return otherSchema === undefined ? usual : { anyOf: [usual, schemaOf(otherSchema, 'output')] };
}

function refusals(route: RouteContract): Json {
  const own: (keyof typeof errorCodes)[] = [...route.errors, ...everyRoute];
  if (route.body !== undefined) own.push(...everyBody);
  if (route.query !== undefined) own.push('invalid_request');
  if (route.access === 'login' || route.access === 'admin')
    own.push('unauthorized', 'user_suspended', 'awaiting_approval');
  if (route.access === 'admin') own.push('forbidden', 'email_not_confirmed');
  const byStatus = Object.groupBy(new Set(own), (code) => errorCodes[code].status);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, codes]) => [
      status,
      {
        description: `${(codes ?? []).map((code) => `\`${code}\``).join(', ')}`,
        content: { 'application/json': { schema: refusalShapes[route.refusals ?? 'openai'] } },
      },
    ]),
  );
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    reused: 'inline',
    unrepresentable: 'any',
  }) as Json;
  return rest;
}

/** Optional fields that readers look for first. */
const sought = [
  'instructions',
  'system',
  'stream',
  'max_completion_tokens',
  'max_output_tokens',
  'max_tokens',
  'temperature',
  'stop',
  'stop_sequences',
  'tools',
  'tool_choice',
  'response_format',
  'text',
  'output_config',
  'reasoning_effort',
  'reasoning',
  'thinking',
];

/** The fields as readers need them: what must be sent, what may be, and last what clients may send and nothing honours. */
function inOrder(schema: unknown): Json {
  if (Array.isArray(schema)) return schema.map(inOrder) as unknown as Json;
  if (typeof schema !== 'object' || schema === null) return schema as Json;
  const { properties, ...rest } = schema as { properties?: Record<string, Json>; required?: string[] };
  const inside = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, inOrder(value)]));
  if (properties === undefined) return inside;
  const placeOf = ([name, field]: [string, Json]) => {
    if (rest.required?.includes(name)) return -1;
    if (field[fieldClass] !== undefined) return sought.length + 1;
    const place = sought.indexOf(name);
    return place < 0 ? sought.length : place;
  };
  const ordered = Object.entries(properties).toSorted((one, other) => placeOf(one) - placeOf(other));
  return {
    ...inside,
    properties: Object.fromEntries(ordered.map(([name, field]) => [name, inOrder(field)])),
  };
}
