import { isInternalPath } from '../../../core/contract/openapi/deployed-routes.ts';
import {
  type JsonSchema,
  type OpenApiDocument,
  type OperationObject,
  type Parameter,
  resolved,
  type SchemasByName,
  type SecurityScheme,
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
  tag: string | undefined;
  access: Access;
  parameters: readonly Parameter[];
  body: { required: boolean; schema: JsonSchema; example: unknown } | undefined;
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
  example: unknown;
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
      return operation === undefined ? [] : [operationOf(method, path, operation, components)];
    }),
  );
}

export const schemasOf = ({ components }: OpenApiDocument): SchemasByName => components?.schemas ?? {};

function operationOf(
  method: string,
  path: string,
  operation: OperationObject,
  { schemas = {}, securitySchemes = {} }: NonNullable<OpenApiDocument['components']> = {},
): Operation {
  const body = operation.requestBody?.content?.[jsonType];
  const responses = Object.entries(operation.responses ?? {});
  return {
    id: operation.operationId ?? `${method}${path.replace(/\W+/g, '-')}`,
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    tag: operation.tags?.[0],
    access: accessOf(operation.security ?? [], securitySchemes),
    parameters: operation.parameters ?? [],
    body: body?.schema && {
      required: operation.requestBody?.required === true,
      schema: resolved(body.schema, schemas),
      example: body.example,
    },
    answers: responses.filter(isSuccess).map(([status, { description = '', content }]) => ({
      status,
      description,
      schema: content?.[jsonType]?.schema,
      example: content?.[jsonType]?.example,
    })),
    refusals: responses
      .filter((response) => !isSuccess(response))
      .map(([status, { description = '' }]) => ({ status, codes: codesIn(description) })),
    isInternal: isInternalPath(path),
    streams: responses.some(([, { content }]) => content?.[streamType] !== undefined),
  };
}

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
