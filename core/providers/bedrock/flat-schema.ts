import { isRecord, referenced, type Schema } from './closed-schema.ts';

const combinations = ['allOf', 'anyOf', 'oneOf'];
/** What a schema may say for it to be joined with another. */
const joined = new Set([
  '$defs',
  'additionalProperties',
  'definitions',
  'description',
  'properties',
  'required',
  'title',
  'type',
]);

/**
 * A tool's schema without `allOf`, `anyOf` and `oneOf` at the top, where Claude doesn't take them.
 * @returns the schema itself where it has none, undefined where no schema without them says the same
 */
export function flatSchema(schema: Schema): Schema | undefined {
  if (!combinations.some((keyword) => keyword in schema)) return schema;
  const { allOf = [], anyOf, oneOf, ...rest } = schema;
  // References into what is taken apart would lead nowhere.
  if (/"\$ref":"#\/(allOf|anyOf|oneOf)/.test(JSON.stringify(schema))) return undefined;
  const [first, second] = [onlyOne(anyOf), onlyOne(oneOf)];
  if (!Array.isArray(allOf) || first === undefined || second === undefined) return undefined;
  const parts = [...allOf, ...first, ...second].map((part) => flatPart(part, schema));
  return parts.every((part) => part !== undefined) ? joinAll([rest, ...parts]) : undefined;
}

/** A single alternative has to hold as it is; several can't be told without the keyword. */
function onlyOne(alternatives: unknown): unknown[] | undefined {
  if (alternatives === undefined) return [];
  return Array.isArray(alternatives) && alternatives.length === 1 ? alternatives : undefined;
}

function flatPart(part: unknown, root: Schema): Schema | undefined {
  if (!isRecord(part)) return undefined;
  const { $ref, ...beside } = part;
  const target = typeof $ref === 'string' ? referenced($ref, root) : {};
  if (target === undefined || target === root || ($ref !== undefined && Object.keys(beside).length > 0)) {
    return undefined;
  }
  const flat = flatSchema($ref === undefined ? part : target);
  const isPlain = flat !== undefined && Object.keys(flat).every((keyword) => joined.has(keyword));
  return isPlain && [undefined, 'object'].includes(flat.type as string | undefined) ? flat : undefined;
}

function joinAll(parts: readonly Schema[]): Schema | undefined {
  const properties = new Map<string, unknown>();
  for (const [name, schema] of parts.flatMap((part) => Object.entries(propertiesOf(part)))) {
    const known = properties.get(name);
    const isNew = known === undefined || JSON.stringify(known) === JSON.stringify(schema);
    properties.set(name, isNew ? schema : { allOf: [known, schema] });
  }
  const rest = restOfAll(parts, [...properties.keys()]);
  if (rest === undefined) return undefined;
  const required = [...new Set(parts.flatMap((part) => (Array.isArray(part.required) ? part.required : [])))];
  return {
    ...Object.assign({}, ...parts.toReversed()),
    ...definitionsOf(parts),
    ...rest,
    ...(properties.size > 0 && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
  };
}

/**
 * What other properties may be. A part that restricts them restricts those of the other parts too, unless it knows them.
 * @returns undefined where that can't be said of all parts together
 */
function restOfAll(parts: readonly Schema[], names: readonly string[]): Schema | undefined {
  const strict = parts.filter((part) => ![undefined, true].includes(part.additionalProperties as boolean));
  const [first] = strict;
  if (first === undefined) return {};
  const isSame = strict.every(
    (part) =>
      JSON.stringify(part.additionalProperties) === JSON.stringify(first.additionalProperties) &&
      names.every((name) => Object.hasOwn(propertiesOf(part), name)),
  );
  return isSame ? { additionalProperties: first.additionalProperties } : undefined;
}

function definitionsOf(parts: readonly Schema[]): Schema {
  const all = (keyword: string) =>
    Object.assign({}, ...parts.toReversed().map((part) => part[keyword] ?? {}));
  return Object.fromEntries(
    ['$defs', 'definitions']
      .map((keyword) => [keyword, all(keyword)] as const)
      .filter(([, defined]) => Object.keys(defined).length > 0),
  );
}

function propertiesOf({ properties }: Schema): Schema {
  return isRecord(properties) ? properties : {};
}
