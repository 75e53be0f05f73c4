import type { JsonObject } from '../../json-fields.ts';
import type { Maker } from './maker.ts';

export function makeArray(schema: JsonObject, maker: Maker): unknown[] {
  const tuple = listOf(schema.prefixItems) ?? listOf(schema.items) ?? [];
  const wanted = maker.isShallow ? Math.max(1, tuple.length) : tuple.length;
  const fewest = Math.max(
    numberOr(schema.minItems, 0),
    numberOr(schema.minContains, 1) * has(schema.contains),
  );
  const length = Math.min(Math.max(wanted, fewest), numberOr(schema.maxItems, Number.POSITIVE_INFINITY));
  return Array.from({ length }, (_, ordinal) => {
    const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
    return maker.make(tuple[ordinal] ?? schema.contains ?? rest, { ordinal });
  });
}

const listOf = (value: unknown): unknown[] | undefined => (Array.isArray(value) ? value : undefined);
const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;
const has = (value: unknown): number => (value === undefined ? 0 : 1);
