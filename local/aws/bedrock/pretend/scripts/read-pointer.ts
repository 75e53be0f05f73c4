import { parsePointer } from '../../answer/pick-fields.ts';
import { isObject, ownMember } from '../../json.ts';

/** What a JSON Pointer leads to, list items by their number; the empty one leads to the whole. */
export function readPointer(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  return parsePointer(pointer).reduce<unknown>((at, name) => {
    if (Array.isArray(at)) return at[Number(name)];
    return isObject(at) ? ownMember(at, name) : undefined;
  }, value);
}
