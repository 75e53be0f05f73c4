import * as z from 'zod';
import { fieldClass } from '../chat/unhonoured-fields.ts';

export type Json = { [name: string]: unknown };

export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    reused: 'inline',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const written = jsonSchema as Json;
      unwrapSingle(written);
      // Spells out for 300 bytes each what the format says.
      if (written.format === 'date-time' || written.format === 'date') delete written.pattern;
    },
  }) as Json;
  return rest;
}

/** zod writes a union of one as `oneOf` with one entry. */
function unwrapSingle(schema: Json): void {
  for (const union of ['oneOf', 'anyOf']) {
    const variants = schema[union];
    if (!Array.isArray(variants) || variants.length !== 1) continue;
    delete schema[union];
    Object.assign(schema, { ...variants[0], ...schema });
  }
}

const refersTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** Schemas with a title are written once, among the components, and referred to: a third of the document's bytes. */
export class SharedSchemas {
  readonly byTitle: Record<string, Json> = {};

  /** @returns the schema, with references in place of the titled ones within, and of itself */
  share(schema: unknown): Json {
    if (Array.isArray(schema)) return schema.map((one) => this.share(one)) as unknown as Json;
    if (typeof schema !== 'object' || schema === null) return schema as unknown as Json;
    const inside = Object.fromEntries(
      Object.entries(schema).map(([name, value]) => [name, isValue(name) ? value : this.share(value)]),
    );
    return typeof inside.title === 'string' ? this.#refer(inside.title, inside) : inside;
  }

  #refer(title: string, { description, ...schema }: Json): Json {
    const known = this.byTitle[title];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`two schemas have the title ${title}`);
    this.byTitle[title] = schema;
    return { ...refersTo(title), ...(description !== undefined && { description }) };
  }
}

/** What stands there is no schema. */
const isValue = (name: string): boolean => ['const', 'enum', 'default', 'example', 'examples'].includes(name);

/** Optional fields that readers look for first. */
const sought = [
  'instructions',
  'system',
  'stream',
  'max_completion_tokens',
  'max_output_tokens',
  'max_tokens',
  'temperature',
  'stop',
  'stop_sequences',
  'tools',
  'tool_choice',
  'response_format',
  'text',
  'output_config',
  'reasoning_effort',
  'reasoning',
  'thinking',
];

/** The fields as readers need them: what must be sent, what may be, and last what clients may send and nothing honours. */
export function inOrder(schema: unknown): Json {
  if (Array.isArray(schema)) return schema.map(inOrder) as unknown as Json;
  if (typeof schema !== 'object' || schema === null) return schema as Json;
  const { properties, ...rest } = schema as { properties?: Record<string, Json>; required?: string[] };
  const inside = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, inOrder(value)]));
  if (properties === undefined) return inside;
  const placeOf = ([name, field]: [string, Json]) => {
    if (rest.required?.includes(name)) return -1;
    if (field[fieldClass] !== undefined) return sought.length + 1;
    const place = sought.indexOf(name);
    return place < 0 ? sought.length : place;
  };
  const ordered = Object.entries(properties).toSorted((one, other) => placeOf(one) - placeOf(other));
  return {
    ...inside,
    properties: Object.fromEntries(ordered.map(([name, field]) => [name, inOrder(field)])),
  };
}
