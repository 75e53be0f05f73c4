export type Schema = Readonly<Record<string, unknown>>;

/** Keywords that Claude's structured output doesn't support (Bedrock user guide, structured output). */
const unsupportedLimits = new Set([
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
 * A schema as Claude takes it: every object is closed, and unsupported limits are left out, to be checked in the answer.
 * @returns the schema itself where nothing has to change, undefined for one with open objects
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
    return !unsupportedLimits.has(keyword) && !severalItems;
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
