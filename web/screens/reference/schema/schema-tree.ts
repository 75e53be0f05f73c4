import { choiceWords } from '../../../language/list-words.ts';
import { t } from '../../../language/t.ts';
import { type JsonSchema, referredName, resolved, type SchemasByName } from '../openapi.ts';
import { schemaFacts } from './schema-facts.ts';

/** A schema as people read it: a name, a type, and what is inside. */
export interface SchemaNode {
  /** A field's name; for a variant of a union, what tells it from the others. */
  name: string | undefined;
  /** `string`, `list of object`, `integer or null`. */
  type: string;
  required: boolean;
  description: string | undefined;
  /** `at most 200 characters`, `default 100`. */
  facts: readonly string[];
  /** The only allowed values, as JSON. */
  values: readonly string[];
  /** Fields of the object, or of the objects in the list. */
  fields: readonly SchemaNode[];
  /** If it is a union. */
  variants: readonly SchemaNode[];
}

export function schemaTree(schema: JsonSchema, schemas: SchemasByName): SchemaNode {
  return nodeOf(schema, { schemas, within: [] }, undefined, true);
}

interface Reading {
  schemas: SchemasByName;
  /** Names being read, to end the recursion of schemas that contain themselves. */
  within: readonly string[];
}

function nodeOf(
  schema: JsonSchema,
  reading: Reading,
  name: string | undefined,
  required: boolean,
): SchemaNode {
  const { description } = schema;
  const plain = { name, required, description, facts: [], values: [], fields: [], variants: [] };
  const referred = referredName(schema);
  if (referred !== undefined) {
    const target = reading.schemas[referred];
    if (target === undefined || reading.within.includes(referred)) return { ...plain, type: referred };
    const within = [...reading.within, referred];
    const node = nodeOf(target, { ...reading, within }, name, required);
    return { ...node, description: description ?? node.description };
  }
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return { ...plain, ...unionOf(union, reading) };
  if (schema.items !== undefined) {
    const items = nodeOf(schema.items, reading, undefined, true);
    const { values, fields, variants } = items;
    const type = t('list of {type}', { type: variants.length > 0 ? kinds(variants) : items.type });
    return { ...plain, values, fields, variants, type, facts: schemaFacts(schema) };
  }
  return {
    ...plain,
    type: typeWords(schema, reading),
    facts: schemaFacts(schema),
    values: valuesOf(schema),
    fields: fieldsOf(schema, reading),
  };
}

type Inside = Pick<SchemaNode, 'type' | 'facts' | 'values' | 'fields' | 'variants'>;

/** A union of simple types is one line; each object is a variant of its own. */
function unionOf(union: readonly JsonSchema[], reading: Reading): Inside {
  const orNull = union.some(isNull) ? ['null'] : [];
  const variants = union.filter((one) => !isNull(one)).map((one) => variantOf(one, reading));
  const [only] = variants;
  if (variants.length === 1 && only !== undefined) {
    const { type, facts, values, fields, variants } = only;
    return { type: choiceWords([type, ...orNull]), facts, values, fields, variants };
  }
  if (variants.every(({ fields, variants }) => fields.length + variants.length === 0)) {
    const types = new Set(variants.map(({ type }) => type));
    const gathered = {
      facts: variants.flatMap(({ facts }) => facts),
      values: variants.flatMap(({ values }) => values),
    };
    return { ...gathered, type: choiceWords([...types, ...orNull]), fields: [], variants: [] };
  }
  const type = choiceWords([t('one of {kinds}', { kinds: kinds(variants) }), ...orNull]);
  return { type, facts: [], values: [], fields: [], variants };
}

function variantOf(schema: JsonSchema, reading: Reading): SchemaNode {
  const { properties = {}, title } = resolved(schema, reading.schemas);
  const fixed = Object.entries(properties).find(([, { const: value }]) => value !== undefined);
  const name =
    fixed === undefined ? (title ?? referredName(schema)) : `${fixed[0]}: ${JSON.stringify(fixed[1].const)}`;
  return nodeOf(schema, reading, name, true);
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema, reading: Reading): SchemaNode[] {
  return Object.entries(properties).map(([name, schema]) =>
    nodeOf(schema, reading, name, required.includes(name)),
  );
}

function valuesOf({ enum: values, const: value }: JsonSchema): string[] {
  return (values ?? (value === undefined ? [] : [value])).map((one) => JSON.stringify(one));
}

function typeWords(schema: JsonSchema, reading: Reading): string {
  const { type, format, additionalProperties, properties } = schema;
  if (typeof additionalProperties === 'object' && properties === undefined)
    return t('map of {type}', { type: nodeOf(additionalProperties, reading, undefined, true).type });
  const words = type === undefined ? t('any value') : choiceWords([type].flat());
  return format === undefined ? words : `${words} (${format})`;
}

const kinds = ({ length: count }: readonly SchemaNode[]): string =>
  t('{count, plural, one {# kind} other {# kinds}}', { count });

const isNull = ({ type }: JsonSchema): boolean => type === 'null';
