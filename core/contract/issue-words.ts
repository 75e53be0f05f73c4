import type * as z from 'zod';

/**
 * What follows a field's name in a refusal, in place of zod's own words: `must be a string, not a list`. Schemas that say
 * it better have a message of their own, which comes first. Never repeats a value, which may be a secret.
 */
export function issueWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, issue.input);
    case 'too_small':
      return boundWords(issue.origin, 'at least', Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return boundWords(issue.origin, 'at most', Number(issue.maximum), issue.inclusive !== false);
    case 'invalid_value':
      return `must be ${listed(issue.values.map(quoted))}`;
    case 'invalid_format':
      return issue.pattern === undefined
        ? `must have the form of ${issue.format}`
        : `must match the pattern ${issue.pattern}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_key':
      return `is not accepted as a name: it ${issue.issues[0]?.message ?? 'is not valid'}`;
    case 'invalid_union':
      return unionWords(issue.errors);
    default:
      return 'is not valid';
  }
}

const typeNames: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** @param input undefined: the field is missing */
export function typeWords(expected: string, input: unknown): string {
  if (input === undefined) return 'is required';
  const wanted = typeNames[expected] ?? expected;
  const found = typeNames[input === null ? 'null' : Array.isArray(input) ? 'array' : typeof input];
  // Of the right kind, and still wrong: 1.5 is no whole number.
  const isNear = found === wanted || (expected === 'int' && typeof input === 'number');
  return isNear || found === undefined ? `must be ${wanted}` : `must be ${wanted}, not ${found}`;
}

function boundWords(
  origin: string,
  bound: 'at least' | 'at most',
  count: number,
  inclusive: boolean,
): string {
  if (origin === 'string' && count === 1 && bound === 'at least') return 'must not be empty';
  if (origin === 'string') return `must have ${bound} ${count} ${count === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' && count === 0) return 'must be empty';
  if (origin === 'array') return `must hold ${bound} ${count} ${count === 1 ? 'entry' : 'entries'}`;
  if (!inclusive) return `must be ${bound === 'at least' ? 'above' : 'below'} ${count}`;
  return `must be ${bound} ${count}`;
}

/** What any of the shapes would take: `must be a string or a list`. */
function unionWords(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const wanted = errors.flatMap(([first]) =>
    first !== undefined && first.path.length === 0 && first.message.startsWith('must be ')
      ? [first.message.slice('must be '.length).replace(/, not .*$/, '')]
      : [],
  );
  return wanted.length === 0 ? 'is not valid' : `must be ${[...new Set(wanted)].join(' or ')}`;
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? 'something else';
  return `one of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const quoted = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value));
