import { isObject, type JsonObject, ownMember } from '../../json-fields.ts';
import { makeArray } from './make-array.ts';
import { makeNumber } from './make-number.ts';
import { makeObject } from './make-object.ts';
import { makeString } from './make-string.ts';
import type { Maker } from './maker.ts';
import { mergeSchemas } from './merge-schemas.ts';

/** Thrown where a way through the schema leads nowhere. */
class DeadEnd extends Error {}

const depthLimit = 24;
/** Below this depth alternatives without references are preferred. */
const shallowDepth = 3;

/** @returns undefined when this variation leads nowhere */
export function makeInstance(root: JsonObject, variation: number): { instance: unknown } | undefined {
  const pick = choicesOf(variation);

  const make = (given: unknown, depth: number, name: string, ordinal: number): unknown => {
    if (depth > depthLimit || given === false) throw new DeadEnd();
    const schema = resolve(isObject(given) ? given : {}, root, pick, depth);
    const maker: Maker = {
      pick,
      name,
      ordinal,
      isShallow: depth < shallowDepth,
      make: (inner, options = {}) => make(inner, depth + 1, options.name ?? name, options.ordinal ?? 0),
    };
    return makeOf(schema, maker);
  };

  try {
    return { instance: make(root, 0, 'value', 0) };
  } catch (error) {
    if (error instanceof DeadEnd) return undefined;
    throw error;
  }
}

/** Choices read as the digits of a number; variation 0 takes the first alternative everywhere. */
function choicesOf(variation: number): (count: number) => number {
  let rest = variation;
  return (count) => {
    if (count < 2) return 0;
    const digit = rest % count;
    rest = Math.floor(rest / count);
    return digit;
  };
}

/** Resolves references, combinations and alternatives into one plain schema. */
function resolve(schema: JsonObject, root: JsonObject, pick: Maker['pick'], depth: number): JsonObject {
  let plain = schema;
  for (let round = 0; round < depthLimit; round += 1) {
    const { $ref, allOf, anyOf, if: condition, oneOf, then, else: otherwise, ...base } = plain;
    const alternatives = anyOf ?? oneOf;
    if (typeof $ref === 'string') plain = mergeSchemas({ ...plain, $ref: undefined }, lookUp($ref, root));
    else if (Array.isArray(allOf)) plain = allOf.reduce(mergeSchemas, { ...plain, allOf: undefined });
    else if (Array.isArray(alternatives)) {
      const rest = anyOf === undefined ? base : { ...base, oneOf };
      plain = mergeSchemas(rest, alternative(alternatives, pick, depth));
    } else if (condition !== undefined) {
      const holds = pick(2) === 0;
      plain = mergeSchemas(holds ? mergeSchemas(base, condition) : base, (holds ? then : otherwise) ?? {});
    } else return plain;
  }
  throw new DeadEnd();
}

function alternative(alternatives: unknown[], pick: Maker['pick'], depth: number): unknown {
  const goesOn = (schema: unknown) => Number(JSON.stringify(schema).includes('"$ref"'));
  const ordered =
    depth < shallowDepth ? alternatives : alternatives.toSorted((a, b) => goesOn(a) - goesOn(b));
  return ordered[pick(ordered.length)];
}

/** `#`, `#/$defs/name` and `#anchor` within the same schema. */
function lookUp(reference: string, root: JsonObject): unknown {
  if (reference === '#' || reference === root.$id) return root;
  if (!reference.startsWith('#/')) return findAnchor(root, reference.slice(1));
  const names = decodeURIComponent(reference.slice(2)).split('/');
  const found = names.reduce<unknown>((at, name) => {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) return at[Number(key)];
    return isObject(at) ? ownMember(at, key) : undefined;
  }, root);
  if (found === undefined) throw new DeadEnd();
  return found;
}

function findAnchor(schema: unknown, anchor: string): unknown {
  if (isObject(schema) && schema.$anchor === anchor) return schema;
  const inner = isObject(schema) ? Object.values(schema) : Array.isArray(schema) ? schema : [];
  for (const part of inner) {
    const found = findAnchor(part, anchor);
    if (found !== undefined) return found;
  }
  return undefined;
}

function makeOf(schema: JsonObject, maker: Maker): unknown {
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) {
    if (schema.enum.length === 0) throw new DeadEnd();
    return schema.enum[(maker.ordinal + maker.pick(schema.enum.length)) % schema.enum.length];
  }
  switch (typeOf(schema, maker.pick)) {
    case 'object':
      return makeObject(schema, maker);
    case 'array':
      return makeArray(schema, maker);
    case 'integer':
      return makeNumber(schema, { isInteger: true, ordinal: maker.ordinal });
    case 'number':
      return makeNumber(schema, { isInteger: false, ordinal: maker.ordinal });
    case 'boolean':
      return (maker.ordinal + maker.pick(2)) % 2 === 0;
    case 'null':
      return null;
    default:
      return makeString(schema, maker);
  }
}

const keywordsOf: readonly [type: string, keywords: readonly string[]][] = [
  ['object', ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties']],
  ['array', ['items', 'prefixItems', 'minItems', 'contains', 'uniqueItems']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

function typeOf(schema: JsonObject, pick: Maker['pick']): unknown {
  if (Array.isArray(schema.type)) {
    const types = schema.type.toSorted((a, b) => Number(a === 'null') - Number(b === 'null'));
    return types[pick(types.length)];
  }
  return (
    schema.type ?? keywordsOf.find(([, words]) => words.some((word) => Object.hasOwn(schema, word)))?.[0]
  );
}
