import { ThrottledError } from '../../errors.ts';
import type { Plan } from '../../plans.ts';
import type { KeyRecord, PlanBindings, PlanChange } from '../ports.ts';
import { workingIds } from '../standing.ts';

/** One call to API Gateway and the one that takes it back. Both may be repeated. */
export interface Step {
  run(): Promise<unknown>;
  undo(): Promise<unknown>;
}

/**
 * Moves every working secret of a key in API Gateway, one after the other, so that each is out of both
 * plans for a moment only. A plan that `daypass.yml` no longer has is gone there too, with its bindings.
 */
export function planChangeSteps(
  ports: { gateway: PlanBindings; plans: readonly Plan[] },
  record: KeyRecord,
  change: PlanChange,
  now: number,
): Step[] {
  const { bindToPlan, unbindFromPlan } = ports.gateway;
  const usagePlanOf = (name: string) => ports.plans.find((plan) => plan.name === name)?.usagePlanName;
  const from = usagePlanOf(record.plan);
  const to = usagePlanOf(change.plan);
  return workingIds(record, now).flatMap((id) => [
    ...(from === undefined
      ? []
      : [{ run: () => unbindFromPlan(id, from), undo: () => bindToPlan(id, from) }]),
    ...(to === undefined ? [] : [{ run: () => bindToPlan(id, to), undo: () => unbindFromPlan(id, to) }]),
  ]);
}

/**
 * Runs the steps and lists each in `tried` as soon as it may have been applied: one whose reply was lost may have
 * been. One that was throttled was not.
 */
export async function runSteps(steps: readonly Step[], tried: Step[]): Promise<void> {
  for (const step of steps) {
    try {
      await step.run();
    } catch (error) {
      if (!(error instanceof ThrottledError)) tried.push(step);
      throw error;
    }
    tried.push(step);
  }
}
