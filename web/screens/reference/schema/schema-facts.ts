import type { JsonSchema } from '../openapi.ts';

/** What a value must keep to, in words. */
export function schemaFacts(schema: JsonSchema): string[] {
  return [
    spanWords(within(schema.minimum), within(schema.maximum)),
    spanWords(schema.minLength, schema.maxLength, { one: 'character', many: 'characters' }),
    spanWords(schema.minItems, schema.maxItems, { one: 'entry', many: 'entries' }),
    // Where a format is told, the pattern only spells it out.
    schema.pattern === undefined || schema.format !== undefined ? undefined : `matches ${schema.pattern}`,
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
  ].filter((fact) => fact !== undefined);
}

/** The ends of the safe integers stand in every schema of an integer and say nothing. */
const within = (bound: number | undefined): number | undefined =>
  bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;

function spanWords(least: number | undefined, most: number | undefined, unit?: Unit): string | undefined {
  if (least !== undefined && most !== undefined)
    return least === most
      ? `exactly ${words(least, unit)}`
      : `${least.toLocaleString('en')} to ${words(most, unit)}`;
  if (least !== undefined) return least === 0 ? undefined : `at least ${words(least, unit)}`;
  return most === undefined ? undefined : `at most ${words(most, unit)}`;
}

interface Unit {
  one: string;
  many: string;
}

function words(count: number, unit?: Unit): string {
  const figure = count.toLocaleString('en');
  if (unit === undefined) return figure;
  return `${figure} ${count === 1 ? unit.one : unit.many}`;
}
