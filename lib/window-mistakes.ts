import type * as z from 'zod';
import { dayMs, requestRows, windowAt } from '../core/metering/windows.ts';
import { mistake } from './mistake.ts';

const long = requestRows.slice(requestRows.findIndex(({ kind }) => kind === 'day'));

/**
 * Limits of weeks and months that contradict the limit of a shorter window: lower than it, so that it could not be used
 * up, or so high that it stops every call first.
 */
export function windowMistakes(limits: Record<string, unknown>, path: PropertyKey[]): z.core.$ZodIssue[] {
  return long.flatMap((row, at) => {
    const limit = limits[row.field];
    if (typeof limit !== 'number') return [];
    const messages = long.slice(0, at).flatMap((shorter) => {
      const lower = limits[shorter.field];
      if (typeof lower !== 'number') return [];
      const times = mostIn(row.kind, shorter.kind);
      if (limit < lower) return [`must be at least ${lower}, which is ${shorter.field}`];
      if (limit <= times * lower) return [];
      return [`must be at most ${times * lower}: with ${shorter.field} ${lower} no more can be used`];
    });
    return messages.slice(0, 1).map((message) => mistake([...path, row.field], limit, message));
  });
}

type Kind = (typeof long)[number]['kind'];

/** How many windows of the shorter kind one of the longer kind touches at most. */
function mostIn(longer: Kind, shorter: Kind): number {
  const days = longestDays(longer) / longestDays(shorter);
  // What doesn't fit evenly begins and ends within a window: a month of 31 days may touch six weeks.
  return Number.isInteger(days) ? days : Math.ceil(days) + 1;
}

function longestDays(kind: Kind): number {
  const lengths = Array.from({ length: 366 }, (_, at) => {
    const { endsAt } = windowAt(kind, at * dayMs);
    return (windowAt(kind, endsAt).endsAt - endsAt) / dayMs;
  });
  return Math.max(...lengths);
}
