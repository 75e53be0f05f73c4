import { invalid } from '../errors.ts';
import { isObject, type JsonObject, wrongType } from '../json-fields.ts';

/** A member of a Smithy union: its name and its unparsed value. */
export function parseUnion(
  value: unknown,
  path: string,
  shape: string,
): { kind: string; object: JsonObject } {
  if (!isObject(value)) throw wrongType(path, 'a structure');
  const set = Object.keys(value).filter((name) => value[name] !== undefined && value[name] !== null);
  const [kind] = set;
  if (kind === undefined || set.length !== 1) {
    throw invalid(
      `The ${shape} object at ${path} must set exactly one of the following fields; it sets ${set.length}: ${set.join(', ')}.`,
    );
  }
  return { kind, object: value };
}
