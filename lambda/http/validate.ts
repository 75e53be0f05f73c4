import type * as z from 'zod';
import { DaypassError } from '../../core/errors.ts';

/** How many mistakes a refusal names; it counts the others. */
const mostNamed = 5;
const mostOfAName = 100;

/**
 * Parses a body or query by the contract. A refusal names the field and never repeats a value, which may be a secret.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, what: 'body' | 'query'): T {
  if (what === 'body' && value === undefined) {
    throw new DaypassError('invalid_request', 'This call needs a JSON body.');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw toRefusal(result.error.issues);
}

function toRefusal(issues: readonly z.core.$ZodIssue[]): DaypassError {
  const named: Described[] = [];
  let more = 0;
  let unknown = true;
  for (const issue of issues) {
    for (const described of describe(issue, [])) {
      unknown &&= described.unknownField;
      if (named.length < mostNamed) named.push(described);
      else more += 1;
    }
  }
  const texts = named.map(({ param, text }) => `${shortened(param) || 'The body'} ${text}`);
  if (more > 0) texts.push(`and ${more} more`);
  return new DaypassError(unknown ? 'unsupported_parameter' : 'invalid_request', `${texts.join('; ')}.`, {
    param: named[0]?.param || undefined,
    unknownFields: named.filter((one) => one.unknownField).map(({ param }) => shortened(param)),
  });
}

/** Names of unknown fields come from the caller and may have any length. */
function shortened(name: string): string {
  return name.length <= mostOfAName ? name : `${name.slice(0, mostOfAName - 1)}…`;
}

interface Described {
  param: string;
  text: string;
  unknownField: boolean;
}

function* describe(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): Generator<Described> {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      yield { param: [...path, key].join('.'), text: 'is not a field of this call', unknownField: true };
    }
    return;
  }
  const inner = innerIssues(issue);
  if (inner.length > 0) {
    for (const one of inner) yield* describe(one, path);
    return;
  }
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const text = missing ? 'is required' : plain(issue.message);
  yield { param: path.join('.'), text, unknownField: text.startsWith('is not supported') };
}

/**
 * If a value has the type of one of several shapes and is wrong only deeper down, that place is named: for a list, the
 * wrong item. An unsupported value is named as a whole.
 */
function innerIssues(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.message.startsWith('is not supported')) return [];
  return issue.errors.find((branch) => branch.every(({ path }) => path.length > 0)) ?? [];
}

/** Makes zod's built-in messages follow a field's name. */
function plain(message: string): string {
  return /^must |^is /.test(message)
    ? message
    : `is wrong: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
