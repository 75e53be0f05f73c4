import * as checks from './checks.ts';
import {
  type AnySchema,
  type Check,
  type Context,
  type Definition,
  type Described,
  type Others,
  type Payload,
  raise,
  run,
  type ToWords,
  worded,
} from './definition.ts';
import { parseObject, type Shape } from './objects.ts';

export type Parameters = checks.Parameters | undefined;

/** What zod's schemas can be asked for, and how one is made of another. */
export class Schema implements AnySchema {
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
export type Change = (value: never, context: Reporting) => unknown;
interface Reporting {
  addIssue(issue: { code: string; path?: PropertyKey[]; message?: string }): void;
}

const reporting = (payload: Payload, by: Described, goesOn: boolean): Reporting => ({
  addIssue: (issue) => void raise(payload, by, { ...issue, continue: goesOn }),
});

export function object(shape: Shape, others: Others, toWords: ToWords | undefined) {
  return new Schema({ toWords, shape, others, parse: parseObject(shape, others) });
}
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

export function transformed(change: Change) {
  return new Schema({
    absent: 'optional',
    parse(payload, _context, by) {
      payload.value = change(payload.value as never, reporting(payload, by, false));
      return payload;
    },
  });
}

/** A value that was wrong goes no further; one with fields too many may. */
export function pipe(first: Schema, next: Schema) {
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
