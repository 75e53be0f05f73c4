/** Pure arithmetic of fixed UTC windows. All times are milliseconds since the epoch. */

export const windowKinds = ['minute', 'hour', 'day'] as const;
export type WindowKind = (typeof windowKinds)[number];

const lengthsMs: Record<WindowKind, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export interface Window {
  kind: WindowKind;
  /** Names the window uniquely and sorts by time: `day-2026-11-22`, `minute-2026-11-22T10:05`. */
  id: string;
  endsAt: number;
}

/** How much of the ISO time names each window. */
const idLengths: Record<WindowKind, number> = { minute: 16, hour: 13, day: 10 };

export function windowAt(kind: WindowKind, now: number): Window {
  const length = lengthsMs[kind];
  return {
    kind,
    id: `${kind}-${new Date(now).toISOString().slice(0, idLengths[kind])}`,
    // The Unix epoch is midnight UTC and Unix days have no leap seconds, so division finds every boundary.
    endsAt: (Math.floor(now / length) + 1) * length,
  };
}

/** A key's standing in its tightest or exceeded window, as the rate-limit headers tell it. */
export interface Standing {
  limit: number;
  remaining: number;
  resetsAt: number;
}

/** Whole seconds, rounded up so that a caller who waits as told is never early; at least one. */
export function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / 1000));
}

/** The UTC date, `2026-11-22`. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
