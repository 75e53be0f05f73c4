import * as checks from './checks.ts';
import { type Check, type Others, raise, raiseInside, runUnion } from './definition.ts';
import { dateForm, datetimeForm, emailForm } from './forms.ts';
import { parseDiscriminated, parseRecord, type Shape } from './objects.ts';
import { type Change, object, type Parameters, pipe, Schema, transformed } from './schema.ts';

/**
 * This folder takes the place of `zod` in the bundles of functions and in the console, at a twentieth of its bytes: the part of it
 * that the contract and forms use, with the same values read and the same mistakes found (docs/decisions/0019-validation-in-bundles.md).
 */

/** What a transformation returns that has said what is wrong. */
export const NEVER = Object.freeze({ status: 'aborted' });

/** A kind of value, known by its type. */
function kind(expected: string, isOne: (value: unknown) => boolean, parameters?: Parameters, more?: object) {
  return new Schema({
    toWords: checks.toWordsOf(parameters),
    parse: (payload, _context, by) =>
      isOne(payload.value) ? payload : raise(payload, by, { code: 'invalid_type', expected }),
    ...more,
  });
}

const isString = (value: unknown) => typeof value === 'string';

export const string = (parameters?: Parameters) => kind('string', isString, parameters);
export const number = (parameters?: Parameters) =>
  kind('number', Number.isFinite, parameters, { isNumber: true });
export const int = (parameters?: Parameters) =>
  kind('number', Number.isFinite, parameters, {
    isNumber: true,
    checks: [checks.wholeNumber(parameters)],
  });
export const boolean = (parameters?: Parameters) =>
  kind('boolean', (value) => typeof value === 'boolean', parameters);
const nothing = () => kind('null', (value) => value === null, undefined, { values: new Set([null]) });
export const never = () => kind('never', () => false);
export const unknown = () => new Schema({ parse: (payload) => payload });

const format = (check: Check, parameters: Parameters) =>
  kind('string', isString, parameters, { checks: [check] });
export const url = (parameters?: Parameters) => format(checks.url(parameters), parameters);
export const email = (parameters?: Parameters) =>
  format(checks.pattern(emailForm, 'email', parameters), parameters);
export const iso = {
  date: (parameters?: Parameters) =>
    format(checks.pattern(new RegExp(`^${dateForm}$`), 'date', parameters), parameters),
  datetime: (parameters?: Parameters & { offset?: boolean; precision?: -1 }) =>
    format(checks.pattern(datetimeForm(parameters), 'datetime', parameters), parameters),
};

/** @param values one, or a list of them */
export function literal(values: unknown, parameters?: Parameters) {
  return oneOf(Array.isArray(values) ? values : [values], parameters);
}
function oneOf(values: readonly unknown[], parameters: Parameters) {
  const all = new Set(values);
  return new Schema({
    toWords: checks.toWordsOf(parameters),
    values: all,
    parse: (payload, _context, by) =>
      all.has(payload.value) ? payload : raise(payload, by, { code: 'invalid_value', values }),
  });
}

/** @param test undefined: every value is right */
export const custom = (test?: (value: never) => unknown, parameters?: Parameters) =>
  new Schema({
    toWords: checks.toWordsOf(parameters),
    parse: (payload) => payload,
    checks: test === undefined ? [] : [checks.custom(test, parameters, true)],
  });

export function array(entry: Schema, parameters?: Parameters) {
  return new Schema({
    toWords: checks.toWordsOf(parameters),
    parse(payload, context, by) {
      const sent = payload.value;
      if (!Array.isArray(sent)) return raise(payload, by, { code: 'invalid_type', expected: 'array' });
      payload.value = sent.map((value, at) => {
        const result = entry.run({ value, issues: [] }, context);
        raiseInside(payload, at, result.issues);
        return result.value;
      });
      return payload;
    },
  });
}

/** Of entries that none may be absent of. */
export function tuple(entries: readonly Schema[]) {
  return new Schema({
    parse(payload, context, by) {
      const sent = payload.value;
      if (!Array.isArray(sent)) return raise(payload, by, { code: 'invalid_type', expected: 'tuple' });
      const bound = { origin: 'array', inclusive: true, input: sent };
      const { length } = entries;
      if (sent.length < length) return raise(payload, by, { code: 'too_small', minimum: length, ...bound });
      if (sent.length > length) raise(payload, by, { code: 'too_big', maximum: length, ...bound });
      payload.value = entries.map((entry, at) => {
        const result = entry.run({ value: sent[at], issues: [] }, context);
        raiseInside(payload, at, result.issues);
        return result.value;
      });
      return payload;
    },
  });
}

const objectOf = (others: Others) => (shape: Shape, parameters?: Parameters) =>
  object(shape, others, checks.toWordsOf(parameters));
const [strictObject, looseObject, plainObject] = [objectOf('refused'), objectOf('kept'), objectOf('dropped')];

export const record = (key: Schema, value: Schema) => new Schema({ parse: parseRecord(key, value) });

export function union(options: readonly Schema[], parameters?: Parameters) {
  const definitions = options.map(({ definition }) => definition);
  const absent = (['defaulted', 'optional'] as const).find((how) =>
    definitions.some((each) => each.absent === how),
  );
  return new Schema({
    toWords: checks.toWordsOf(parameters),
    absent,
    staysAbsent: definitions.some((each) => each.staysAbsent),
    values: definitions.every((each) => each.values !== undefined)
      ? new Set(definitions.flatMap((each) => [...(each.values ?? [])]))
      : undefined,
    parse: (payload, context, by) => runUnion(options, payload, context, by),
  });
}

export const discriminatedUnion = (
  discriminator: string,
  options: readonly Schema[],
  parameters?: Parameters,
) =>
  new Schema({
    toWords: checks.toWordsOf(parameters),
    parse: parseDiscriminated(discriminator, options),
  });

export const preprocess = (change: Change, next: Schema) => pipe(transformed(change), next);

export { looseObject, nothing as null, oneOf as enum, plainObject as object, strictObject };
