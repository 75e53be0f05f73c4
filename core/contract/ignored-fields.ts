const header = 'x-daypass-ignored';

/** For the contract of a route: its description, by name. */
export const ignoredHeaderContract = {
  [header]: 'Fields of the request that had no effect, separated by commas; left out if there are none',
};

/**
 * Fields of a request that parsing left out, by their paths in docs/compatibility.md: `tools[].defer_loading`. Schemas
 * refuse unknown fields, so each is a hint: see chat/unhonoured-fields.ts. A field without a value asks for nothing.
 */
export function ignoredFields(sent: unknown, read: unknown): string[] {
  const ignored = new Set<string>();
  collect(sent, read, '', ignored);
  return [...ignored];
}

function collect(sent: unknown, read: unknown, path: string, ignored: Set<string>): void {
  if (sent === read || !isObject(sent) || !isObject(read)) return;
  if (Array.isArray(sent)) {
    for (const [at, item] of sent.entries()) collect(item, read[at], `${path}[]`, ignored);
    return;
  }
  for (const [name, value] of Object.entries(sent)) {
    if (value === null) continue;
    const field = path === '' ? name : `${path}.${name}`;
    if (read[name] === undefined) ignored.add(field);
    else collect(value, read[name], field, ignored);
  }
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The header of an answer that names fields without effect; empty if there are none. */
export function ignoredHeaders(fields: readonly string[]): Record<string, string> {
  return fields.length === 0 ? {} : { [header]: [...new Set(fields)].join(', ') };
}
