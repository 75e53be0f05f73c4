import type * as z from 'zod';
import { DaypassError } from '../../core/errors.ts';

/**
 * What the contract says of a body or query, or a refusal that names the field. Values are never repeated:
 * they may be secrets.
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
  const described = issues.flatMap((issue) => describe(issue, []));
  const [first] = described;
  const message = described.map((issue) => `${issue.param || 'The body'} ${issue.text}`).join('; ');
  const unknown = described.every((issue) => issue.unknownField);
  return new DaypassError(unknown ? 'unsupported_parameter' : 'invalid_request', `${message}.`, {
    param: first?.param || undefined,
  });
}

interface Described {
  param: string;
  text: string;
  unknownField: boolean;
}

function describe(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): Described[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      param: [...path, key].join('.'),
      text: 'is not a field of this call',
      unknownField: true,
    }));
  }
  const inner = innerIssues(issue);
  if (inner.length > 0) return inner.flatMap((one) => describe(one, path));
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const text = missing ? 'is required' : plain(issue.message);
  return [{ param: path.join('.'), text, unknownField: text.startsWith('is not supported') }];
}

/**
 * Where a value has the kind of one of several shapes, and is wrong only deeper down, that place is told: `input` as a
 * list whose third item is wrong. What can't be honoured at all is told as a whole.
 */
function innerIssues(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.message.startsWith('is not supported')) return [];
  return issue.errors.find((branch) => branch.every(({ path }) => path.length > 0)) ?? [];
}

/** Zod's built-in messages, made to follow a field's name. */
function plain(message: string): string {
  return /^must |^is /.test(message)
    ? message
    : `is wrong: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
