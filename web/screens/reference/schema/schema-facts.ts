import { countWords } from '../../../parts/figure-words.ts';
import type { JsonSchema } from '../openapi.ts';

/** A schema's constraints, in words. */
export function schemaFacts(schema: JsonSchema): string[] {
  return [
    spanWords(within(schema.minimum), within(schema.maximum)),
    spanWords(schema.minLength, schema.maxLength, { one: 'character', many: 'characters' }),
    spanWords(schema.minItems, schema.maxItems, { one: 'entry', many: 'entries' }),
    // A pattern beside a format only spells the format out.
    schema.pattern === undefined || schema.format !== undefined ? undefined : `matches ${schema.pattern}`,
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
  ].filter((fact) => fact !== undefined);
}

/** Every integer schema has the bounds of safe integers, which say nothing. */
const within = (bound: number | undefined): number | undefined =>
  bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;

function spanWords(least: number | undefined, most: number | undefined, unit?: Unit): string | undefined {
  if (least !== undefined && most !== undefined)
    return least === most ? `exactly ${words(least, unit)}` : `${countWords(least)} to ${words(most, unit)}`;
  if (least !== undefined) return least === 0 ? undefined : `at least ${words(least, unit)}`;
  return most === undefined ? undefined : `at most ${words(most, unit)}`;
}

interface Unit {
  one: string;
  many: string;
}

function words(count: number, unit?: Unit): string {
  const figure = countWords(count);
  if (unit === undefined) return figure;
  return `${figure} ${count === 1 ? unit.one : unit.many}`;
}
