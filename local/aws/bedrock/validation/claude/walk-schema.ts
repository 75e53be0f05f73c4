import { isObject, type JsonObject, ownMember } from '../../json-fields.ts';

const namedSchemas = ['properties', 'patternProperties', '$defs', 'definitions'];
const innerSchemas = ['items', 'anyOf', 'allOf', 'oneOf', 'prefixItems', 'not', 'if', 'then', 'else'];

/** A schema and all that are written in it. */
export function subschemas(schema: JsonObject): JsonObject[] {
  const inner = Object.entries(schema).flatMap(([keyword, value]): unknown[] => {
    if (namedSchemas.includes(keyword) && isObject(value)) return Object.values(value);
    return innerSchemas.includes(keyword) ? [value].flat() : [];
  });
  return [schema, ...inner.filter(isObject).flatMap(subschemas)];
}

/** Whether following references leads from a schema back to itself. */
export function isRecursive(root: JsonObject): boolean {
  const done = new Set<JsonObject>();
  const leadsBack = (schema: JsonObject, above: readonly JsonObject[]): boolean => {
    if (above.includes(schema)) return true;
    if (done.has(schema)) return false;
    const targets = subschemas(schema).flatMap(({ $ref }) => {
      const target = typeof $ref === 'string' ? lookUp($ref, root) : undefined;
      return target === undefined ? [] : [target];
    });
    const found = targets.some((target) => leadsBack(target, [...above, schema]));
    done.add(schema);
    return found;
  };
  // A reference into a definition that holds it leads back too, wherever the walk begins.
  return subschemas(root).some(({ $ref }) => {
    const target = typeof $ref === 'string' ? lookUp($ref, root) : undefined;
    return target !== undefined && leadsBack(target, []);
  });
}

/** `#` and `#/$defs/name`. */
function lookUp(reference: string, root: JsonObject): JsonObject | undefined {
  if (!reference.startsWith('#')) return undefined;
  const names = reference
    .slice(1)
    .split('/')
    .filter((name) => name !== '');
  const found = names.reduce<unknown>((at, name) => {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) return at[Number(key)];
    return isObject(at) ? ownMember(at, key) : undefined;
  }, root);
  return isObject(found) ? found : undefined;
}
