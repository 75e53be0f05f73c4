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

/** Keywords that it doesn't support and that say too much to be left to the check of the answer. */
const unsupportedShapes = new Set([
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'prefixItems',
  'contains',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedItems',
  'unevaluatedProperties',
  '$dynamicRef',
]);

const schemasByName = new Set(['properties', '$defs', 'definitions']);
const schemaLists = new Set(['anyOf', 'allOf']);

/**
 * A schema as Claude takes it: every object is closed, and unsupported limits are left out, to be checked in the answer.
 * @returns the schema itself where nothing has to change, undefined for one that it doesn't take: with open objects,
 *   references that lead back to where they stand, or keywords of other shapes
 */
export function closedSchema(schema: Schema): Schema | undefined {
  try {
    const closed = close(schema);
    if (isRecursive(schema)) return undefined;
    return JSON.stringify(closed) === JSON.stringify(schema) ? schema : closed;
  } catch (error) {
    if (error instanceof NotTaken) return undefined;
    throw error;
  }
}

class NotTaken extends Error {}

function close(schema: Schema): Schema {
  const kept = Object.entries(schema).filter(([keyword, value]) => {
    const severalItems = keyword === 'minItems' && typeof value === 'number' && value > 1;
    return !unsupportedLimits.has(keyword) && !severalItems;
  });
  if (kept.some(([keyword]) => unsupportedShapes.has(keyword)) || hasForeignValues(schema)) {
    throw new NotTaken();
  }
  const closed = Object.fromEntries(kept.map(([keyword, value]) => [keyword, closeInner(keyword, value)]));
  if (!isObjectSchema(schema)) return closed;
  if ((schema.additionalProperties ?? false) !== false) throw new NotTaken();
  return { ...closed, additionalProperties: false };
}

/** References to elsewhere, and values that are not plain. */
function hasForeignValues({ $ref, allOf, enum: values }: Schema): boolean {
  const isElsewhere = $ref !== undefined && !(typeof $ref === 'string' && /^#(\/|$)/.test($ref));
  const joinsReference = Array.isArray(allOf) && allOf.some((part) => isRecord(part) && '$ref' in part);
  const holdsObjects = Array.isArray(values) && values.some((value) => typeof value === 'object' && value);
  return isElsewhere || joinsReference || Boolean(holdsObjects);
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

/** The schema and all that are written in it, of the keywords that Claude takes. */
export function innerSchemas(schema: Schema): Schema[] {
  const inner = Object.entries(schema).flatMap(([keyword, value]): unknown[] => {
    if (schemasByName.has(keyword) && isRecord(value)) return Object.values(value);
    if (schemaLists.has(keyword) && Array.isArray(value)) return value;
    return keyword === 'items' ? [value] : [];
  });
  return [schema, ...inner.filter(isRecord).flatMap(innerSchemas)];
}

/** Whether a reference leads, over others or by itself, to a schema in which it stands. */
function isRecursive(root: Schema): boolean {
  const targetsOf = (schema: Schema) =>
    innerSchemas(schema).flatMap(({ $ref }) => {
      const target = typeof $ref === 'string' ? referenced($ref, root) : undefined;
      return target === undefined ? [] : [target];
    });
  const finished = new Set<Schema>();
  const leadsBack = (schema: Schema, above: ReadonlySet<Schema>): boolean => {
    if (above.has(schema)) return true;
    if (finished.has(schema)) return false;
    const found = targetsOf(schema).some((target) => leadsBack(target, new Set([...above, schema])));
    finished.add(schema);
    return found;
  };
  return targetsOf(root).some((target) => leadsBack(target, new Set()));
}

/** `#`, or a JSON Pointer behind it. */
export function referenced($ref: string, root: Schema): Schema | undefined {
  const names = $ref.split('/').slice(1);
  let at: unknown = root;
  for (const name of names) {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
  }
  return isRecord(at) ? at : undefined;
}

export function isRecord(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
