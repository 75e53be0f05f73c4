import { warningSteps } from '../contract/warning-steps.ts';
import type { Charge, ChargeResult, MeterPorts, SpendWarning, WarningStep } from './ports.ts';
import type { SpendStanding, Standing } from './windows.ts';

/** The highest step that what is spent of a limit in dollars has reached. */
export function reachedStep({ limit, remaining }: Standing): WarningStep | undefined {
  const used = 100 * (1 - remaining / limit);
  return warningSteps.findLast((step) => used >= step);
}

/**
 * Notes what a settled call's limits in dollars have reached, of the key's and the user's limits each the one with the
 * smallest share left. Calls at the same time don't know of each other's cost: the next call notes what they missed.
 */
export async function noteWarnings(
  { warnings }: Pick<MeterPorts, 'warnings'>,
  { userId, keyId, spend, shared }: Charge,
  costNanoDollars: number,
): Promise<void> {
  if (warnings === undefined) return;
  const due = (of: 'key' | 'user', standing: SpendStanding | undefined): SpendWarning[] => {
    if (standing === undefined) return [];
    const { limit, resetsAt, window } = standing;
    const step = reachedStep({ ...standing, remaining: standing.remaining - costNanoDollars / 1e9 });
    return step === undefined ? [] : [{ of, userId, keyId, step, window, limit, resetsAt }];
  };
  await Promise.all(
    [...due('key', spend), ...due('user', shared?.spend)].map((warning) => warnings.add(warning)),
  );
}

/** Notes that a limit in dollars is spent, which has just refused a call. */
export async function noteSpent(
  { warnings }: Pick<MeterPorts, 'warnings'>,
  { of, unit, window, standing, userId, keyId }: Extract<ChargeResult, { outcome: 'exceeded' }>,
): Promise<void> {
  if (unit !== 'dollars' || (window !== 'day' && window !== 'month')) return;
  const { limit, resetsAt } = standing;
  const whose = of === 'user' ? 'user' : 'key';
  await warnings?.add({ of: whose, userId, keyId, step: 100, window, limit, resetsAt });
}
