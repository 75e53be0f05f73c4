import { countWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import type { JsonSchema } from '../openapi.ts';

/** A schema's constraints, in words. */
export function schemaFacts(schema: JsonSchema): string[] {
  return [
    spanWords(within(schema.minimum), within(schema.maximum), figure),
    spanWords(schema.minLength, schema.maxLength, characters),
    spanWords(schema.minItems, schema.maxItems, entries),
    // A pattern beside a format only spells the format out.
    schema.pattern === undefined || schema.format !== undefined
      ? undefined
      : t('matches {pattern}', { pattern: schema.pattern }),
    schema.default === undefined
      ? undefined
      : t('default {value}', { value: JSON.stringify(schema.default) }),
  ].filter((fact) => fact !== undefined);
}

/** Every integer schema has the bounds of safe integers, which say nothing. */
const within = (bound: number | undefined): number | undefined =>
  bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;

type Counted = (count: number) => string;

const figure: Counted = countWords;
const characters: Counted = (count) =>
  t('{count, plural, one {# character} other {# characters}}', { count });
const entries: Counted = (count) => t('{count, plural, one {# entry} other {# entries}}', { count });

function spanWords(
  least: number | undefined,
  most: number | undefined,
  counted: Counted,
): string | undefined {
  if (least !== undefined && most !== undefined)
    return least === most
      ? t('exactly {amount}', { amount: counted(least) })
      : t('{least} to {most}', { least: countWords(least), most: counted(most) });
  if (least !== undefined)
    return least === 0 ? undefined : t('at least {amount}', { amount: counted(least) });
  return most === undefined ? undefined : t('at most {amount}', { amount: counted(most) });
}
