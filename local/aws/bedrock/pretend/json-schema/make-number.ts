import type { JsonObject } from '../../json-fields.ts';

/** A number within the bounds, small and positive where possible. @param options.ordinal for different numbers */
export function makeNumber(schema: JsonObject, options: { isInteger: boolean; ordinal: number }): number {
  const step = numberOr(schema.multipleOf, options.isInteger ? 1 : 0);
  const low = numberOr(schema.minimum, Number.NEGATIVE_INFINITY);
  const high = numberOr(schema.maximum, Number.POSITIVE_INFINITY);
  const above = numberOr(schema.exclusiveMinimum, Number.NEGATIVE_INFINITY);
  const below = numberOr(schema.exclusiveMaximum, Number.POSITIVE_INFINITY);
  const inside = (value: number) => value >= low && value <= high && value > above && value < below;
  const preferred = 1 + options.ordinal;
  if (step === 0) {
    const bottom = Math.max(low, above);
    const top = Math.min(high, below);
    const middle =
      Number.isFinite(bottom) && Number.isFinite(top)
        ? (bottom + top) / 2
        : Number.isFinite(bottom)
          ? bottom + 1
          : top - 1;
    return [preferred, bottom + 1 + options.ordinal, middle, bottom, top].find(inside) ?? preferred;
  }
  const start = Math.ceil(Math.max(low, above) / step);
  const end = Math.floor(Math.min(high, below) / step);
  const first = Number.isFinite(start) ? start : Number.isFinite(end) ? end - 2 - options.ordinal : 0;
  const multiples = [Math.ceil(preferred / step), first + options.ordinal, first, first + 1, first + 2];
  return (multiples.map((multiple) => multiple * step).find(inside) ?? preferred) + 0;
}

const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;
