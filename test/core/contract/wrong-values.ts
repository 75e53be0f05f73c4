import * as z from 'zod';

const anything: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e9,
  '',
  ' ',
  'x y*',
  'x'.repeat(9_000),
  [],
  [[]],
  {},
  { 'un known': 1 },
];

const texts = ['x', 'a@example.com', 'data:image/png;base64,AAAA', '2026-01-02', 'example.com', 'refresh'];

type Definition = z.core.$ZodType['_zod']['def'] & Record<string, unknown>;
const definitionOf = (schema: z.core.$ZodType) => schema._zod.def as Definition;

/**
 * Values for a schema of which each is wrong in one place at most, with every kind of wrong in every place. Some are right
 * after all.
 */
export function* wrongValues(schema: z.core.$ZodType): Generator<unknown> {
  yield* anything;
  const definition = definitionOf(schema);
  for (const inner of innerOf(definition)) yield* wrongValues(inner);
  if (definition.type === 'object') {
    const right = rightValue(schema) as object;
    for (const [name, field] of Object.entries(definition.shape as Record<string, z.core.$ZodType>)) {
      for (const wrong of wrongValues(field)) yield { ...right, [name]: wrong };
    }
    yield { ...right, unknown: 1 };
  }
  if (definition.type === 'array') {
    const element = definition.element as z.core.$ZodType;
    for (const wrong of wrongValues(element)) yield [wrong];
    yield Array(600).fill(rightValue(element));
  }
  if (definition.type === 'record') {
    for (const wrong of wrongValues(definition.valueType as z.core.$ZodType)) yield { name: wrong };
    for (const name of ['', 'x'.repeat(300), 'no*', '__proto__']) yield { [name]: 'x' };
    yield Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`name${at}`, 'x']));
  }
}

function innerOf(definition: Definition): z.core.$ZodType[] {
  const {
    innerType,
    in: before,
    out: after,
    options,
  } = definition as {
    innerType?: z.core.$ZodType;
    in?: z.core.$ZodType;
    out?: z.core.$ZodType;
    options?: z.core.$ZodType[];
  };
  return [innerType, before, after, ...(options ?? [])].filter((inner) => inner !== undefined);
}

/** Fields that may be left out are. */
function rightValue(schema: z.core.$ZodType): unknown {
  const definition = definitionOf(schema);
  if (definition.type === 'object') {
    return Object.fromEntries(
      Object.entries(definition.shape as Record<string, z.core.$ZodType>)
        .filter(([, field]) => field._zod.optin !== 'optional')
        .map(([name, field]) => [name, rightValue(field)]),
    );
  }
  if (definition.type === 'array') return [rightValue(definition.element as z.core.$ZodType)];
  if (definition.type === 'literal') return (definition.values as unknown[])[0];
  if (definition.type === 'enum') return Object.values(definition.entries as object)[0];
  const [inner] = innerOf(definition);
  if (inner !== undefined) return rightValue(inner);
  return [...texts, 1, true, {}].find((value) => z.safeParse(schema, value).success);
}
