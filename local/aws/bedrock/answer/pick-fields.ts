import { invalid } from '../errors.ts';
import { isObject, type JsonObject, ownMember, setMember } from '../json-fields.ts';

/**
 * The fields that JSON Pointers lead to, in their places; undefined when they lead nowhere.
 * @throws AwsError ValidationException for what is no JSON Pointer
 */
export function pickFields(fields: JsonObject, pointers: readonly string[]): JsonObject | undefined {
  let picked: JsonObject | undefined;
  for (const pointer of pointers) {
    const names = parsePointer(pointer);
    const value = names.reduce<unknown>(
      (at, name) => (isObject(at) ? ownMember(at, name) : undefined),
      fields,
    );
    if (value === undefined) continue;
    picked ??= {};
    place(picked, names, value);
  }
  return picked;
}

/** RFC 6901: `/stop_sequence`. */
export function parsePointer(pointer: string): string[] {
  if (!/^(\/([^~/]|~[01])*)+$/.test(pointer)) {
    throw invalid(`The JSON Pointer '${pointer}' in additionalModelResponseFieldPaths is not valid.`);
  }
  return pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function place(target: JsonObject, names: string[], value: unknown): void {
  const [name, ...rest] = names;
  if (name === undefined) return;
  if (rest.length === 0) {
    setMember(target, name, value);
    return;
  }
  const inner = ownMember(target, name);
  const next = isObject(inner) ? inner : {};
  setMember(target, name, next);
  place(next, rest, value);
}
