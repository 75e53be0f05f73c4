import type { ActionKind, ReconcileReport } from './ports.ts';

/** What a pass came to, without the ids of keys and users. */
export interface LastPass {
  at: number;
  complete: boolean;
  failures: number;
  parked: number;
  /** How often it did what. */
  actions: Partial<Record<ActionKind, number>>;
}

export function summaryOf({ complete, failures, parked, actions }: ReconcileReport, at: number): LastPass {
  const counts: LastPass['actions'] = {};
  for (const { kind } of actions) counts[kind] = (counts[kind] ?? 0) + 1;
  return { at, complete, failures, parked, actions: counts };
}
