import {
  type AnySchema,
  type Definition,
  isObject,
  type Others,
  raise,
  raiseInside,
  worded,
} from './definition.ts';

export type Shape = Readonly<Record<string, AnySchema>>;

export function parseObject(shape: Shape, others: Others): Definition['parse'] {
  const fields = Object.entries(shape);
  return (payload, context, by) => {
    const sent = payload.value;
    if (!isObject(sent)) return raise(payload, by, { code: 'invalid_type', expected: 'object' });
    const read: Record<string, unknown> = {};
    payload.value = read;
    for (const [name, schema] of fields) {
      const { absent, staysAbsent } = schema.definition;
      const isPresent = name in sent;
      const { value, issues } = schema.run({ value: sent[name], issues: [] }, context);
      if (!isPresent && absent !== undefined && staysAbsent) {
        if (absent === 'optional' || issues.length > 0) continue;
      }
      raiseInside(payload, name, issues);
      if (!isPresent && absent === undefined) {
        if (issues.length > 0) continue;
        raise(payload, {}, { code: 'invalid_type', expected: 'nonoptional', input: undefined, path: [name] });
      } else if (value !== undefined || isPresent || (absent === 'defaulted' && !staysAbsent)) {
        read[name] = value;
      }
    }
    if (others === 'dropped') return payload;
    const keys: string[] = [];
    for (const name in sent) {
      if (Object.hasOwn(shape, name)) continue;
      if (others === 'refused') keys.push(name);
      else if (name !== '__proto__') read[name] = sent[name];
    }
    if (keys.length === 0) return payload;
    return raise(payload, by, { code: 'unrecognized_keys', keys, input: sent, continue: true });
  };
}

export function parseRecord(key: AnySchema, value: AnySchema): Definition['parse'] {
  return (payload, context, by) => {
    const sent = payload.value;
    if (!isObject(sent)) return raise(payload, by, { code: 'invalid_type', expected: 'record' });
    const read: Record<PropertyKey, unknown> = {};
    payload.value = read;
    for (const name of Object.keys(sent)) {
      if (name === '__proto__') continue;
      const named = key.run({ value: name, issues: [] }, context);
      if (named.issues.length > 0) {
        const issues = worded(named.issues, context);
        raise(payload, by, { code: 'invalid_key', origin: 'record', issues, input: name, path: [name] });
        continue;
      }
      const entry = value.run({ value: sent[name], issues: [] }, context);
      raiseInside(payload, name, entry.issues);
      if (named.value !== '__proto__') read[named.value as string] = entry.value;
    }
    return payload;
  };
}

/** By the values that a field takes in each option. */
export function parseDiscriminated(
  discriminator: string,
  options: readonly AnySchema[],
): Definition['parse'] {
  const byValue = new Map<unknown, AnySchema>();
  for (const option of options) {
    const field = option.definition.shape?.[discriminator]?.definition;
    if (field?.values === undefined) throw new Error(`An option is not told apart by ${discriminator}`);
    for (const value of field.values) byValue.set(value, option);
    if (field.absent !== undefined) byValue.set(undefined, option);
  }
  return (payload, context, by) => {
    const { value } = payload;
    if (!isObject(value)) return raise(payload, by, { code: 'invalid_type', expected: 'object' });
    const option = byValue.get(value[discriminator]);
    if (option !== undefined) return option.run(payload, context);
    return raise(payload, by, {
      code: 'invalid_union',
      errors: [],
      discriminator,
      options: [...byValue.keys()],
      path: [discriminator],
    });
  };
}
