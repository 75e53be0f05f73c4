import * as checks from './checks.ts';
import { dateForm, datetimeForm, emailForm } from './forms.ts';
import { parseDiscriminated, parseObject, parseRecord, type Shape } from './objects.ts';
import {
  type AnySchema,
  type Check,
  type Context,
  type Definition,
  type Described,
  type Others,
  type Payload,
  raise,
  raiseInside,
  run,
  runUnion,
  type ToWords,
  worded,
} from './schema.ts';

type Parameters = checks.Parameters | undefined;

/**
 * Takes the place of `zod` in the bundles of functions and in the console, at a twentieth of its bytes: the part of it
 * that the contract and forms use, with the same values read and the same mistakes found (docs/decisions/0019-validation-in-bundles.md).
 */
class Schema implements AnySchema {
  readonly definition: Definition;

  constructor(definition: Definition) {
    this.definition = definition;
  }

  run(payload: Payload, context: Context): Payload {
    return run(this.definition, payload, context);
  }
  safeParse(value: unknown, { error }: { error?: ToWords } = {}) {
    const context = { toWords: error };
    const { value: data, issues } = this.run({ value, issues: [] }, context);
    return issues.length === 0
      ? { success: true, data }
      : { success: false, error: { issues: worded(issues, context) } };
  }
  parse(value: unknown) {
    const { success, data, error } = this.safeParse(value);
    if (!success)
      throw new Error(error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
    return data;
  }
  get shape() {
    return this.definition.shape;
  }
  unwrap() {
    return this.definition.inner;
  }

  // The OpenAPI document alone has descriptions, and it is made by zod itself.
  describe(_text: string) {
    return this;
  }
  meta(_data: object) {
    return this;
  }

  optional() {
    return optional(this);
  }
  nullable() {
    return nullable(this);
  }
  nullish() {
    return optional(nullable(this));
  }
  default(value: unknown) {
    const { values } = this.definition;
    return new Schema({
      parse: (payload, context) => {
        const result = payload.value === undefined ? payload : this.run(payload, context);
        if (result.value === undefined) result.value = value;
        return result;
      },
      absent: 'defaulted',
      values,
      inner: this,
    });
  }
  transform(change: Change) {
    return pipe(this, transformed(change));
  }
  pipe(next: Schema) {
    return pipe(this, next);
  }

  min(bound: number, parameters?: Parameters) {
    return this.#bounded('too_small', bound, parameters);
  }
  max(bound: number, parameters?: Parameters) {
    return this.#bounded('too_big', bound, parameters);
  }
  #bounded(code: 'too_small' | 'too_big', bound: number, parameters: Parameters) {
    return this.#with((this.definition.isNumber ? checks.size : checks.length)(code, bound, parameters));
  }
  regex(expression: RegExp, parameters?: Parameters) {
    return this.#with(checks.pattern(expression, 'regex', parameters));
  }
  trim() {
    return this.#with({
      check(payload) {
        payload.value = (payload.value as string).trim();
      },
    });
  }
  refine(test: (value: never) => unknown, parameters?: Parameters) {
    return this.#with(checks.custom(test, parameters));
  }
  superRefine(look: Change) {
    return this.#with({
      check(payload, by) {
        look(payload.value as never, reporting(payload, by, true));
      },
    });
  }
  #with(check: Check) {
    return new Schema({ ...this.definition, checks: [...(this.definition.checks ?? []), check] });
  }

  // Of an object.
  pick(names: Readonly<Record<string, true>>) {
    const { definition } = this;
    const kept = Object.entries(definition.shape ?? {}).filter(([name]) => Object.hasOwn(names, name));
    return object(Object.fromEntries(kept), definition.others ?? 'dropped', definition.toWords);
  }
  extend(shape: Shape) {
    const { definition } = this;
    return object({ ...definition.shape, ...shape }, definition.others ?? 'dropped', definition.toWords);
  }
  /** With its checks, which `extend` refuses. */
  safeExtend(shape: Shape) {
    const { checks = [] } = this.definition;
    return new Schema({ ...this.extend(shape).definition, checks });
  }
}

/** Changes or looks at a value, and may say what is wrong with it. */
type Change = (value: never, context: Reporting) => unknown;
interface Reporting {
  addIssue(issue: { code: string; path?: PropertyKey[]; message?: string }): void;
}

const reporting = (payload: Payload, by: Described, goesOn: boolean): Reporting => ({
  addIssue: (issue) => void raise(payload, by, { ...issue, continue: goesOn }),
});

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

function object(shape: Shape, others: Others, toWords: ToWords | undefined) {
  return new Schema({ toWords, shape, others, parse: parseObject(shape, others) });
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

function optional(inner: Schema) {
  const { absent, values } = inner.definition;
  const substitutes = absent === 'defaulted';
  return new Schema({
    inner,
    absent: substitutes ? 'defaulted' : 'optional',
    staysAbsent: true,
    values: values && new Set([...values, undefined]),
    parse(payload, context) {
      if (payload.value !== undefined) return inner.run(payload, context);
      if (!substitutes) return payload;
      const { value, issues } = inner.run({ value: undefined, issues: [] }, context);
      if (issues.length === 0) payload.value = value;
      return payload;
    },
  });
}

function nullable(inner: Schema) {
  const { absent, staysAbsent, values } = inner.definition;
  return new Schema({
    inner,
    absent,
    staysAbsent,
    values: values && new Set([...values, null]),
    parse: (payload, context) => (payload.value === null ? payload : inner.run(payload, context)),
  });
}

function transformed(change: Change) {
  return new Schema({
    absent: 'optional',
    parse(payload, _context, by) {
      payload.value = change(payload.value as never, reporting(payload, by, false));
      return payload;
    },
  });
}

/** A value that was wrong goes no further; one with fields too many may. */
function pipe(first: Schema, next: Schema) {
  const { absent, values } = first.definition;
  const { staysAbsent } = next.definition;
  return new Schema({
    absent,
    staysAbsent,
    values,
    parse(payload, context) {
      const result = first.run(payload, context);
      if (result.issues.every(({ code }) => code === 'unrecognized_keys')) {
        return next.run({ value: result.value, issues: result.issues }, context);
      }
      result.aborted = true;
      return result;
    },
  });
}

export const preprocess = (change: Change, next: Schema) => pipe(transformed(change), next);

export { looseObject, nothing as null, oneOf as enum, plainObject as object, strictObject };
