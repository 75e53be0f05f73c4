import * as z from 'zod';
import { fieldClass } from '../core/contract/chat/unhonoured-fields.ts';

interface Schema {
  [fieldClass]?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema | boolean;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/**
 * Every field that a request's schema knows, as dotted paths: `messages[].content[].text`. Shapes that stand side by
 * side share their fields, and what a caller's own schema holds is no field of ours.
 */
export function fieldsOf(schema: z.ZodType): string[] {
  return [...new Set(walk(toJson(schema), '').map(({ field }) => field))].sort();
}

/** Those of a class in every shape that has them: see fieldClass. */
export function fieldsOfClass(schema: z.ZodType, name: string): string[] {
  const found = walk(toJson(schema), '');
  const others = new Set(found.filter(({ inner }) => inner[fieldClass] !== name).map(({ field }) => field));
  return fieldsOf(schema).filter((field) => !others.has(field));
}

const toJson = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', reused: 'inline', unrepresentable: 'any' }) as Schema;

interface Found {
  field: string;
  inner: Schema;
}

function walk(schema: Schema, path: string): Found[] {
  const { properties = {}, items, prefixItems = [], anyOf = [], oneOf = [], allOf = [] } = schema;
  const named = Object.entries(properties).flatMap(([name, inner]) => {
    const field = path === '' ? name : `${path}.${name}`;
    return [{ field, inner }, ...walk(inner, field).map((found) => classed(found, inner))];
  });
  const listed = typeof items === 'object' ? [items, ...prefixItems] : prefixItems;
  return [
    ...named,
    ...listed.flatMap((inner) => walk(inner, `${path}[]`)),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((inner) => walk(inner, path)),
  ];
}

/** What is inside a field that has no effect has none either. */
function classed(found: Found, outer: Schema): Found {
  const name = found.inner[fieldClass] ?? outer[fieldClass];
  return name === undefined ? found : { ...found, inner: { ...found.inner, [fieldClass]: name } };
}
