import { invalid, unsupportedHere } from '../errors.ts';
import {
  booleanField,
  isObject,
  type JsonObject,
  listField,
  objectField,
  requiredObject,
  requiredString,
  stringField,
} from '../json-fields.ts';
import type { CachePoint, ToolChoice, ToolSpec } from './content.ts';
import { parseCachePoint } from './parse-content.ts';
import { parseUnion } from './parse-union.ts';

export interface ToolConfig {
  /** In their order, cache points among them. */
  entries: (ToolSpec | CachePoint)[];
  choice: ToolChoice;
}

export const toolsOf = (config: ToolConfig | undefined): ToolSpec[] =>
  (config?.entries ?? []).filter((entry) => entry.kind === 'tool');

export function parseToolConfig(config: JsonObject): ToolConfig {
  const tools = listField(config, 'toolConfig.tools') ?? [];
  return {
    entries: tools.map((tool, index) => parseTool(tool, `toolConfig.tools.${index}`)),
    choice: parseToolChoice(objectField(config, 'toolConfig.toolChoice')),
  };
}

function parseTool(value: unknown, path: string): ToolSpec | CachePoint {
  const { kind, object } = parseUnion(value, path, 'Tool');
  const memberPath = `${path}.${kind}`;
  const member = requiredObject(object, memberPath);
  if (kind === 'cachePoint') return parseCachePoint(member, memberPath);
  if (kind !== 'toolSpec') throw unsupportedHere(`'${kind}' at ${path}`);
  return {
    kind: 'tool',
    name: requiredString(member, `${memberPath}.name`),
    description: stringField(member, `${memberPath}.description`),
    inputSchema: parseInputSchema(
      requiredObject(member, `${memberPath}.inputSchema`),
      `${memberPath}.inputSchema`,
    ),
    strict: booleanField(member, `${memberPath}.strict`) ?? false,
  };
}

function parseInputSchema(value: JsonObject, path: string): JsonObject {
  const { object } = parseUnion(value, path, 'ToolInputSchema');
  const schema = object.json;
  if (!isObject(schema) || schema.type !== 'object') {
    throw invalid(`The value at ${path}.json.type must be one of the following: object.`);
  }
  return schema;
}

function parseToolChoice(value: JsonObject | undefined): ToolChoice {
  if (value === undefined) return { kind: 'auto' };
  const path = 'toolConfig.toolChoice';
  const { kind, object } = parseUnion(value, path, 'ToolChoice');
  if (kind === 'auto' || kind === 'any') return { kind };
  if (kind !== 'tool') throw unsupportedHere(`'${kind}' at ${path}`);
  return { kind, name: requiredString(requiredObject(object, `${path}.tool`), `${path}.tool.name`) };
}
