import type * as z from 'zod';
import { issueWords, typeWords } from '../../core/contract/issue-words.ts';
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
  const result = schema.safeParse(value, { error: issueWords, reportInput: true });
  if (result.success) return result.data;
  throw toRefusal(result.error.issues);
}

function toRefusal(issues: readonly z.core.$ZodIssue[]): DaypassError {
  const named: Described[] = [];
  let more = 0;
  let unknown = true;
  let last: Described | undefined;
  for (const issue of issues) {
    for (const described of describe(issue, [])) {
      // What else is wrong with a field follows from the first: a list is no string, and so has too few characters.
      if (!described.unknownField && described.param === last?.param) continue;
      last = described;
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
  const text = wordsOf(issue);
  yield { param: path.join('.'), text, unknownField: text.startsWith('is not supported') };
}

/** A message of the schema's own is about values that are there, and of the right kind. */
function wordsOf(issue: z.core.$ZodIssue): string {
  const { input, message } = issue;
  if (issue.code === 'invalid_type' && (input === undefined || issue.expected === 'object')) {
    return typeWords(issue.expected, input);
  }
  return isMissing(issue) ? `is required, and ${message}` : message;
}

/** Reports of a union name the field that distinguishes its shapes, and hold the object around it. */
function isMissing({ code, input, path, ...issue }: z.core.$ZodIssue): boolean {
  if (code === 'invalid_union' && 'discriminator' in issue) {
    return !Object.hasOwn(Object(input), path.at(-1) ?? '');
  }
  return code !== 'invalid_type' && input === undefined;
}

/**
 * If a value has the type of one of several shapes and is wrong only deeper down, that place is named: for a list, the
 * wrong item. An unsupported value is named as a whole.
 */
function innerIssues(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.message.startsWith('is not supported')) return [];
  return issue.errors.find((branch) => branch.every(({ path }) => path.length > 0)) ?? [];
}
