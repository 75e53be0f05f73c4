import type { Change, RuleName } from './rules.ts';
import { type Schema, schemaChanges } from './schema-changes.ts';

interface Media {
  schema?: Schema;
}

interface Response {
  description?: string;
  headers?: Record<string, object>;
  content?: Record<string, Media>;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}

interface Operation {
  operationId?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, Response>;
}

/** The parts of an OpenAPI 3.1 document that are compared. */
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** What of the later document breaks programs that were written by the earlier one; see rules.ts. */
export function breakingChanges(before: OpenApi, after: OpenApi): Change[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, old]): Change[] => {
      const where = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      if (now === undefined) return [{ rule: 'operation-removed', where }];
      return operationChanges(
        { operation: old, components: before.components.schemas },
        { operation: now, components: after.components.schemas },
        where,
      );
    }),
  );
}

interface Side {
  operation: Operation;
  components: Record<string, Schema>;
}

function operationChanges(before: Side, after: Side, where: string): Change[] {
  const [old, now] = [before.operation, after.operation];
  return [
    ...when(old.operationId !== now.operationId, 'operation-renamed', where),
    ...when(isNarrower(old.security ?? [], now.security ?? []), 'access-narrowed', where),
    ...parameterChanges(before, after, where),
    ...bodyChanges(before, after, where),
    ...answerChanges(before, after, where),
  ];
}

const when = (is: boolean, rule: RuleName, where: string): Change[] => (is ? [{ rule, where }] : []);

/** A scheme that was enough no longer is, or needs a further role. No scheme at all: anyone may. */
function isNarrower(old: Record<string, string[]>[], now: Record<string, string[]>[]): boolean {
  if (now.length === 0) return false;
  if (old.length === 0) return true;
  return !old.every((one) =>
    now.some((other) =>
      Object.entries(other).every(
        ([scheme, roles]) => one[scheme] !== undefined && roles.every((role) => one[scheme]?.includes(role)),
      ),
    ),
  );
}

function parameterChanges({ operation: old, components }: Side, after: Side, where: string): Change[] {
  const now = after.operation.parameters ?? [];
  const same = (one: Parameter) => (other: Parameter) => one.name === other.name && one.in === other.in;
  const kept = (old.parameters ?? []).flatMap((one): Change[] => {
    const at = `${where} ${one.in} ${one.name}`;
    const other = now.find(same(one));
    if (other === undefined) return [{ rule: 'parameter-removed', where: at }];
    const sides = [
      { schema: one.schema, components },
      { schema: other.schema, components: after.components },
    ] as const;
    return [
      ...when(one.required !== true && other.required === true, 'parameter-required', at),
      ...schemaChanges(...sides, 'request', at),
    ];
  });
  const added = now.filter((one) => one.required === true && !(old.parameters ?? []).some(same(one)));
  return [
    ...kept,
    ...added.flatMap(({ in: place, name }) => when(true, 'parameter-required', `${where} ${place} ${name}`)),
  ];
}

function bodyChanges({ operation: old, components }: Side, after: Side, where: string): Change[] {
  const [before, now] = [old.requestBody, after.operation.requestBody];
  const at = `${where} request`;
  if (now === undefined) return when(before !== undefined, 'body-removed', at);
  const isDemanded = before?.required !== true && now.required === true;
  const media = Object.entries(before?.content ?? {}).flatMap(([type, { schema }]) => {
    const other = now.content[type];
    if (other === undefined) return when(true, 'media-type-removed', `${at} ${type}`);
    return schemaChanges({ schema, components }, { ...after, schema: other.schema }, 'request', at);
  });
  return [...when(isDemanded, 'body-required', at), ...media];
}

function answerChanges({ operation: old, components }: Side, after: Side, where: string): Change[] {
  return Object.entries(old.responses).flatMap(([status, answer]) => {
    const at = `${where} ${status}`;
    const now = after.operation.responses[status];
    if (now === undefined) return when(true, 'status-removed', at);
    const codes = Number(status) < 400 ? [] : codesIn(answer).filter((code) => !codesIn(now).includes(code));
    const headers = Object.keys(answer.headers ?? {}).filter((name) => now.headers?.[name] === undefined);
    const media = Object.entries(answer.content ?? {}).flatMap(([type, { schema }]) => {
      const other = now.content?.[type];
      if (other === undefined) return when(true, 'media-type-removed', `${at} ${type}`);
      return schemaChanges({ schema, components }, { ...after, schema: other.schema }, 'answer', at);
    });
    return [
      ...codes.flatMap((code) => when(true, 'code-removed', `${at} ${code}`)),
      ...headers.flatMap((name) => when(true, 'header-removed', `${at} ${name}`)),
      ...media,
    ];
  });
}

/** A refusal's description lists its codes. */
const codesIn = ({ description = '' }: Response): string[] =>
  [...description.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code);
