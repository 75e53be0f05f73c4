import type { z } from 'zod';

/**
 * Reads a template resource's resolved properties. A property the schema does not list, or a value it does not
 * take, is refused by name: on AWS it would change what the API does.
 */
export function parseProperties<S extends z.ZodType>(
  resource: { type: string; id: string },
  schema: S,
  properties: unknown,
): z.output<S> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw refusal(
    resource,
    parsed.error.issues.map((issue) => describe(issue, properties)),
  );
}

export const refusal = (resource: { type: string; id: string }, lines: readonly string[]): Error =>
  new Error(`${resource.type} '${resource.id}': ${lines.join('; ')}`);

function describe(issue: z.core.$ZodIssue, properties: unknown): string {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => (at === '' ? key : `${at}.${key}`)).join(', ');
    return `${names} is not supported by the local API Gateway`;
  }
  return `${at}: ${issue.message} (the template has ${JSON.stringify(valueAt(properties, issue.path))})`;
}

const valueAt = (properties: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    properties,
  );
