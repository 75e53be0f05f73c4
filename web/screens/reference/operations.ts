import type {
  JsonSchema,
  OpenApiDocument,
  OperationObject,
  Parameter,
  SchemasByName,
  SecurityScheme,
} from './openapi.ts';

/** What a call needs to be let in. */
export type Access = 'public' | 'login' | 'admin' | 'session' | 'key';

export interface Operation {
  /** `createApiKey`; also the hash in the page's address. */
  id: string;
  /** `POST`. */
  method: string;
  /** `/v1/api-keys/{id}`. */
  path: string;
  summary: string;
  description: string | undefined;
  tag: string | undefined;
  access: Access;
  parameters: readonly Parameter[];
  body: { required: boolean; schema: JsonSchema } | undefined;
  answers: readonly Answer[];
  refusals: readonly Refusal[];
  /** Whether it can answer with server-sent events. */
  streams: boolean;
  /** Whether only the pages of this console, a browser or another service have a use for it. */
  isInternal: boolean;
}

export interface Answer {
  status: string;
  description: string;
  schema: JsonSchema | undefined;
}

export interface Refusal {
  status: string;
  /** As in docs/errors.md. */
  codes: readonly string[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const jsonType = 'application/json';
const streamType = 'text/event-stream';

/** Every call of the document, in its order. */
export function operationsOf({ paths, components }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, byMethod]) =>
    methods.flatMap((method) => {
      const operation = byMethod[method];
      return operation === undefined
        ? []
        : [operationOf(method, path, operation, components?.securitySchemes)];
    }),
  );
}

export const schemasOf = ({ components }: OpenApiDocument): SchemasByName => components?.schemas ?? {};

function operationOf(
  method: string,
  path: string,
  operation: OperationObject,
  schemes: Record<string, SecurityScheme> = {},
): Operation {
  const bodySchema = operation.requestBody?.content?.[jsonType]?.schema;
  const responses = Object.entries(operation.responses ?? {});
  return {
    id: operation.operationId ?? `${method}${path.replace(/\W+/g, '-')}`,
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    description: operation.description,
    tag: operation.tags?.[0],
    access: accessOf(operation.security ?? [], schemes),
    parameters: operation.parameters ?? [],
    body: bodySchema && { required: operation.requestBody?.required === true, schema: bodySchema },
    answers: responses.filter(isSuccess).map(([status, { description = '', content }]) => ({
      status,
      description,
      schema: content?.[jsonType]?.schema,
    })),
    refusals: responses
      .filter((response) => !isSuccess(response))
      .map(([status, { description = '' }]) => ({ status, codes: codesIn(description) })),
    isInternal: internalPaths.test(path),
    streams: responses.some(([, { content }]) => content?.[streamType] !== undefined),
  };
}

const internalPaths = /^\/v1\/(session|console|login\/callback|login\/\{provider\}|billing\/webhook)(\/|$)/;

const isSuccess = ([status]: [string, unknown]): boolean => status.startsWith('2');

const codesIn = (description: string): string[] =>
  [...description.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code);

function accessOf(security: Record<string, string[]>[], schemes: Record<string, SecurityScheme>): Access {
  const [name = '', roles = []] = Object.entries(security[0] ?? {})[0] ?? [];
  const scheme = schemes[name];
  if (scheme === undefined) return 'public';
  if (scheme.in === 'cookie') return 'session';
  if (scheme.bearerFormat !== 'JWT') return 'key';
  return roles.includes('admins') ? 'admin' : 'login';
}
