import type { Exchange } from './recording-proxy.ts';

/** What a client sends, without its words: for the fixtures in `shapes`. */
export interface Shape {
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

/** Fields whose values the APIs define. */
const literals = new Set(
  (
    'type role model effort summary ttl detail media_type status phase service_tier mode scope display keep ' +
    'verbosity truncation format tool_choice reasoning_effort finish_reason mime_type prefix_mismatch_behavior'
  ).split(' '),
);
/** Fields that hold what our own answers said. */
const ours = new Set(['signature', 'encrypted_content', 'thinking', 'data']);
const schemas = new Set(['input_schema', 'parameters', 'schema']);

/**
 * Keeps fields, structure and the APIs' own words. Every other text becomes a word of our own: the same for the same
 * text, so that what belongs together still does.
 */
export function shapeOf({ path, headers, body }: Exchange): Shape {
  const words = new Map<string, string>();
  const word = (kind: string, text: string) => {
    const known = words.get(`${kind} ${text}`);
    if (known !== undefined) return known;
    const made = `${kind}_${[...words.keys()].filter((key) => key.startsWith(`${kind} `)).length + 1}`;
    words.set(`${kind} ${text}`, made);
    return made;
  };
  const plain = (text: string) => (text.trim() === '' ? text : 'Words of our own.');

  const reshape = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => reshape(item, typeof item === 'object' ? '' : field));
      return field === 'tools' ? distinct(items) : items;
    }
    if (typeof value === 'object' && value !== null) {
      // What our own answer thought, which its signature is of.
      if ('type' in value && /^(summary|reasoning)_text$/.test(String(value.type))) return value;
      if (schemas.has(field)) return schema(value);
      if (field === 'input') return { [word('field', 'input')]: 'A value.' };
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reshape(inner, key)]));
    }
    if (typeof value !== 'string') return value;
    if (literals.has(field) || ours.has(field) || field === 'include') return value;
    if (field === 'arguments') return value.trim() === '' ? value : '{"field_1":"A value."}';
    if (/^(call_id|tool_call_id|tool_use_id|id|item_id|prompt_cache_key)$/.test(field))
      return word('id', value);
    if (field === 'name' || field === 'namespace') return word('name', value);
    if (value.startsWith('{')) return JSON.stringify(reshape(JSON.parse(value), ''));
    return plain(value);
  };

  /** A JSON Schema: keywords stay, names of properties and choices don't. */
  const schema = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(schema);
    if (typeof value !== 'object' || value === null) return value;
    const { required, ...rest } = Object.fromEntries(
      Object.entries(value).map(([keyword, inner]) => [keyword, schemaKeyword(keyword, inner)]),
    );
    if (required === undefined) return rest;
    const kept = new Set(Object.keys((rest.properties as object | undefined) ?? {}));
    return { ...rest, required: (required as string[]).filter((name) => kept.has(name)) };
  };
  const renamed = (text: unknown) => word('field', String(text));
  const schemaKeyword = (keyword: string, inner: unknown): unknown => {
    switch (keyword) {
      case 'properties':
        return Object.fromEntries(
          distinct(
            Object.entries(inner as object).map(([name, property]) => [renamed(name), schema(property)]),
          ) as [string, unknown][],
        );
      case '$defs':
      case 'definitions':
        return Object.fromEntries(
          Object.entries(inner as object).map(([name, property]) => [renamed(name), schema(property)]),
        );
      case 'patternProperties':
        return Object.fromEntries(
          Object.values(inner as object).map((property) => ['^[a-z]+$', schema(property)]),
        );
      case 'required':
        return (inner as string[]).map(renamed);
      case 'enum':
        return (inner as unknown[]).map((choice) =>
          typeof choice === 'string' ? word('choice', choice) : choice,
        );
      case 'const':
      case 'default':
        return typeof inner === 'string' ? word('choice', inner) : inner;
      case 'examples':
        return ['A value.'];
      case 'pattern':
        return '^[a-z]+$';
      case '$ref':
        return String(inner).replace(/[^/]+$/, (name) => (name === '#' ? name : renamed(name)));
      case 'title':
      case 'description':
      case '$comment':
        return plain(String(inner));
      default:
        return schema(inner);
    }
  };

  return { path: path.replace(/\?.*/, ''), headers, body: reshape(body, '') };
}

/** Of what differs in its names alone, the first: whatever is taken once is taken again. */
function distinct(items: unknown[]): unknown[] {
  const nameless = (item: unknown) => JSON.stringify(item).replaceAll(/"(name|field|choice)_\d+"/g, '""');
  return [...new Map(items.toReversed().map((item) => [nameless(item), item])).values()].toReversed();
}
