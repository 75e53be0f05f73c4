/** Words for readers: they may change at will, and are three quarters of the document. */
const prose = new Set(['description', 'summary', 'example', 'examples', 'tags', 'title']);

/** The document of a release as it is kept: valid OpenAPI, without prose. */
export function withoutProse(document: object): object {
  return stripped(document, '') as object;
}

/** @param name of the field that holds the value */
function stripped(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((one) => stripped(one, ''));
  if (typeof value !== 'object' || value === null) return value;
  // Names of fields, components and statuses are the API's own.
  const areNames = ['properties', 'schemas', 'responses', 'headers', 'paths', 'securitySchemes'].includes(
    name,
  );
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => areNames || !prose.has(field) || isNeeded(field, name, value))
      .map(([field, inside]) => [field, stripped(inside, areNames ? '' : field)]),
  );
}

/** OpenAPI wants a title of the whole, and a description of each answer, which lists a refusal's codes. */
function isNeeded(field: string, name: string, value: object): boolean {
  return (field === 'title' && name === 'info') || (field === 'description' && 'content' in value);
}

/** A line for each path and schema, so that a release's changes can be read in a diff. */
export function releaseText(document: object): string {
  const { paths, components, ...head } = withoutProse(document) as Record<string, object>;
  const { schemas = {}, ...others } = components as Record<string, object>;
  const lines = (entries: object) =>
    `{\n${Object.entries(entries)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(',\n')}\n}`;
  const start = JSON.stringify({ ...head, components: others }).slice(0, -2);
  return `${start},"schemas":${lines(schemas)}},"paths":${lines(paths ?? {})}}\n`;
}
