import type { CatalogModel } from '../../catalog.ts';
import type { ChatRequest, ChatTool } from '../../chat/chat.ts';
import { closedSchema, innerSchemas, isRecord, type Schema } from './closed-schema.ts';
import { flatSchema } from './flat-schema.ts';

/** The schemas that the model's structured output guarantees; all others are checked in the answer. */
export interface NativeSchemas {
  format: Schema | undefined;
  /** Of strict tools. */
  tools: ReadonlyMap<ChatTool, Schema>;
}

/** Claude's limits of all schemas of a request together (Bedrock user guide, structured output). */
const mostOptional = 24;
const mostUnions = 16;
const mostStrictTools = 20;

/** The answer's schema comes first, then the tools' in their order, as long as the model's limits allow. */
export function nativeSchemas(
  { format, tools }: Pick<ChatRequest, 'format' | 'tools'>,
  model: CatalogModel,
): NativeSchemas {
  if (model.structuredOutput !== 'native') return { format: undefined, tools: new Map() };
  const take = model.family === 'claude' ? createClaudeTaker() : (schema: Schema) => schema;
  const ofFormat = format?.type === 'json-schema' ? take(format.schema) : undefined;
  const ofTools = new Map<ChatTool, Schema>();
  for (const tool of tools?.tools ?? []) {
    if (!tool.strict || (model.family === 'claude' && ofTools.size >= mostStrictTools)) continue;
    const schema = take(model.family === 'claude' ? (flatSchema(tool.schema) ?? tool.schema) : tool.schema);
    if (schema !== undefined) ofTools.set(tool, schema);
  }
  return { format: ofFormat, tools: ofTools };
}

function createClaudeTaker() {
  let optional = 0;
  let unions = 0;
  return (schema: Schema): Schema | undefined => {
    const closed = closedSchema(schema);
    if (closed === undefined) return undefined;
    const all = innerSchemas(closed);
    const more = sum(all, countOptional);
    const moreUnions = sum(all, countUnions);
    if (optional + more > mostOptional || unions + moreUnions > mostUnions) return undefined;
    optional += more;
    unions += moreUnions;
    return closed;
  };
}

function sum(schemas: readonly Schema[], count: (schema: Schema) => number): number {
  return schemas.reduce((total, schema) => total + count(schema), 0);
}

function countOptional({ properties, required }: Schema): number {
  const needed: unknown[] = Array.isArray(required) ? required : [];
  return isRecord(properties) ? Object.keys(properties).filter((name) => !needed.includes(name)).length : 0;
}

function countUnions({ properties }: Schema): number {
  if (!isRecord(properties)) return 0;
  return Object.values(properties).filter(
    (value) => isRecord(value) && (Array.isArray(value.type) || Array.isArray(value.anyOf)),
  ).length;
}
