import { isObject, type JsonObject, ownMember, setMember } from '../../json-fields.ts';

/** One schema for both, as far as keywords can be joined; validation catches the rest. */
export function mergeSchemas(a: JsonObject, b: unknown): JsonObject {
  if (!isObject(b)) return a;
  const merged: JsonObject = { ...a };
  for (const [keyword, value] of Object.entries(b)) {
    const own = ownMember(merged, keyword);
    setMember(merged, keyword, own === undefined ? value : join(keyword, own, value));
  }
  return merged;
}

function join(keyword: string, own: unknown, other: unknown): unknown {
  switch (keyword) {
    case 'properties':
    case 'patternProperties':
    case '$defs':
    case 'definitions':
      return joinProperties(own, other);
    case 'required':
      return [...new Set([own, other].flat())];
    case 'enum':
      return [own].flat().filter((value) => [other].flat().includes(value));
    case 'allOf':
    case 'anyOf':
      return keyword === 'allOf' ? [own, other].flat() : other;
    case 'type':
      return joinTypes(own, other);
    case 'minimum':
    case 'exclusiveMinimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return Math.max(Number(own), Number(other));
    case 'maximum':
    case 'exclusiveMaximum':
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return Math.min(Number(own), Number(other));
    case 'items':
    case 'additionalProperties':
      return isObject(own) ? mergeSchemas(own, other) : other;
    default:
      return other;
  }
}

function joinProperties(own: unknown, other: unknown): JsonObject {
  const joined: JsonObject = isObject(own) ? { ...own } : {};
  for (const [name, schema] of Object.entries(isObject(other) ? other : {})) {
    const mine = ownMember(joined, name);
    setMember(joined, name, isObject(mine) ? mergeSchemas(mine, schema) : schema);
  }
  return joined;
}

function joinTypes(own: unknown, other: unknown): unknown {
  const common = [own].flat().filter((type) => [other].flat().includes(type));
  // Integers are numbers.
  if (common.length === 0 && [own, other].flat().includes('integer')) return 'integer';
  return common.length === 1 ? common[0] : common;
}
