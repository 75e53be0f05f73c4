import { type JsonSchema, referredName, type SchemasByName } from '../openapi.ts';

/** Realistic values, by field name. */
export interface ExampleWords {
  values: Readonly<Record<string, unknown>>;
  /** Optional fields that an example includes. */
  shown: readonly string[];
  /** Whether a list that may be empty has an entry. */
  fillsLists?: boolean;
}

/** A value that fits the schema, with the required fields, those with a default, and those worth showing. */
export function schemaExample(schema: JsonSchema, schemas: SchemasByName, words: ExampleWords): unknown {
  return exampleOf(schema, { schemas, words, within: [] }, '');
}

interface Making {
  schemas: SchemasByName;
  words: ExampleWords;
  within: readonly string[];
}

function exampleOf(schema: JsonSchema, making: Making, name: string): unknown {
  const referred = referredName(schema);
  if (referred !== undefined) {
    const target = making.schemas[referred];
    if (target === undefined || making.within.includes(referred)) return {};
    return exampleOf(target, { ...making, within: [...making.within, referred] }, name);
  }
  if (schema.const !== undefined) return schema.const;
  const word = making.words.values[name];
  if (word !== undefined && fits(word, schema)) return word;
  const known = schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (known !== undefined) return known;
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return exampleOf(likeliest(union, making.words), making, name);
  return ofType(schema, making);
}

function ofType(schema: JsonSchema, making: Making): unknown {
  switch ([schema.type ?? (schema.properties && 'object')].flat()[0]) {
    case 'object':
      return objectOf(schema, making);
    case 'array': {
      const isFilled = schema.minItems !== undefined || making.words.fillsLists === true;
      return isFilled && schema.items?.not === undefined ? [exampleOf(schema.items ?? {}, making, '')] : [];
    }
    case 'string':
      return stringOf(schema);
    case 'integer':
    case 'number':
      return Math.max(0, schema.minimum ?? 0);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema, making: Making): Record<string, unknown> {
  const shown = Object.entries(properties).filter(
    ([name, field]) =>
      required.includes(name) || field.default !== undefined || making.words.shown.includes(name),
  );
  return Object.fromEntries(shown.map(([name, field]) => [name, exampleOf(field, making, name)]));
}

const formats: Readonly<Record<string, string>> = {
  email: 'ada@example.com',
  date: '2026-11-22',
  'date-time': '2026-11-22T12:00:00.000Z',
  uri: 'https://example.com/',
};

function stringOf({ format = '', minLength = 0, maxLength }: JsonSchema): string {
  return (formats[format] ?? 'text'.padEnd(minLength, '.')).slice(0, maxLength);
}

/** The variant that one of the example values belongs to, such as the message of a user. */
function likeliest(union: readonly JsonSchema[], { values }: ExampleWords): JsonSchema {
  const known = union.find(({ properties = {} }) =>
    Object.entries(properties).some(
      ([name, field]) => field.const !== undefined && field.const === values[name],
    ),
  );
  return known ?? union.find(({ type }) => type !== 'null') ?? {};
}

/** Fields of the same name may differ in type. */
function fits(word: unknown, schema: JsonSchema): boolean {
  if (schema.enum !== undefined) return schema.enum.includes(word);
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return union.some((one) => fits(word, one));
  const types = [schema.type ?? []].flat();
  if (word === null) return types.includes('null');
  if (word === null) return types.includes('null');
  if (typeof word === 'number') return types.includes('number') || types.includes('integer');
  return types.includes(typeof word);
}
