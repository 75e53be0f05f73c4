export type Schema = Readonly<Record<string, unknown>>;

/** Limits that Claude's structured output doesn't know (Bedrock user guide, structured output). */
const unknownLimits = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
]);

const schemasByName = new Set(['properties', '$defs', 'definitions']);
const schemaLists = new Set(['anyOf', 'allOf', 'oneOf', 'prefixItems']);

/**
 * A schema as Claude takes it: every object is closed, and limits it doesn't know are left out, to be looked at in
 * the answer.
 * @returns the schema itself where it is so already, undefined for one that holds open objects
 */
export function closedSchema(schema: Schema): Schema | undefined {
  try {
    const closed = close(schema);
    return JSON.stringify(closed) === JSON.stringify(schema) ? schema : closed;
  } catch (error) {
    if (error instanceof OpenObject) return undefined;
    throw error;
  }
}

class OpenObject extends Error {}

function close(schema: Schema): Schema {
  const kept = Object.entries(schema).filter(([keyword, value]) => {
    const severalItems = keyword === 'minItems' && typeof value === 'number' && value > 1;
    return !unknownLimits.has(keyword) && !severalItems;
  });
  const closed = Object.fromEntries(kept.map(([keyword, value]) => [keyword, closeInner(keyword, value)]));
  if (!isObjectSchema(schema)) return closed;
  if ((schema.additionalProperties ?? false) !== false) throw new OpenObject();
  return { ...closed, additionalProperties: false };
}

function closeInner(keyword: string, value: unknown): unknown {
  if (schemaLists.has(keyword) && Array.isArray(value)) return value.map(closeAny);
  if (keyword === 'items') return closeAny(value);
  if (schemasByName.has(keyword) && isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closeAny(inner)]));
  }
  return value;
}

function closeAny(value: unknown): unknown {
  return isRecord(value) ? close(value) : value;
}

function isObjectSchema({ type, properties }: Schema): boolean {
  return [type].flat().includes('object') || (type === undefined && properties !== undefined);
}

function isRecord(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
