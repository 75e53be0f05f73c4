import type * as z from 'zod';

/**
 * All mistakes of a settings file, one a line: `plans[0].requestsPerDay is 'ten': must be a whole number`.
 * @param others of files beside it, as lines
 */
export function describeMistakes(
  file: string,
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  others: readonly string[] = [],
): string {
  const lines = [...issues.flatMap((issue) => describe(issue, value)), ...others];
  const count = lines.length === 1 ? 'a mistake' : `${lines.length} mistakes`;
  return `${file} has ${count}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

function describe(issue: z.core.$ZodIssue, root: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${pathText([...issue.path, key])} is not a setting: remove it or check its spelling`,
    );
  }
  const written = at(root, issue.path);
  const found = written === undefined ? issue.input : written;
  const path = pathText(issue.path);
  if (found === undefined) return [`${path} is missing: ${allowed(issue)}`];
  return [`${path} is ${show(found)}: ${allowed(issue)}`];
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must ')) return issue.message;
  if (issue.code === 'invalid_type') return `must be ${words[issue.expected] ?? `a ${issue.expected}`}`;
  return issue.message;
}

/** Zod's types, in the words of people who write YAML. */
const words: Partial<Record<string, string>> = { array: 'a list', object: 'a section with fields' };

function at(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

/** `plans[0].name`, as people write paths. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
