import type { Plan } from '../plans.ts';

/**
 * API Gateway's usage plan counts every call with a secret of a key, including those that we refuse or refund. Its quota
 * is the plan's own limit, so uncharged calls would use up the plan. The gate therefore tracks what the fence has counted
 * and lifts it in time (docs/metering.md).
 */
export interface FenceStanding {
  /** The secret's id in API Gateway. */
  apiKeyId: string;
  /** Of the metering item that holds the count. */
  meterId: string;
  /** API Gateway's id of the plan; unknown for keys made before it was stored. */
  usagePlanId: string | undefined;
  /** Public name of the plan. */
  plan: string;
  /** The fence's day, UTC. */
  date: string;
  /** Calls with this secret that API Gateway has let in today. */
  counted: number;
  /** The count at which the fence closes; undefined: the plan's own limit. */
  room: number | undefined;
  /** How often it was lifted today, for all secrets of the key. */
  lifts: number;
  /** Requests that the gate still allows today. */
  left: number;
}

export interface Fence {
  /** Sets how many more calls API Gateway lets in today. */
  setRemaining(usagePlanId: string, apiKeyId: string, remaining: number): Promise<void>;
}

/** A lift is claimed before API Gateway is asked, so that concurrent calls make it once. */
export interface FenceLifts {
  /** @returns false if another call has claimed it, or no lift is left today */
  claimLift(standing: FenceStanding, remaining: number): Promise<boolean>;
  /** Records that the lift failed and the fence is where it was. It still counts as one of the day's. */
  recordFailedLift(standing: FenceStanding): Promise<void>;
}

export interface FencePorts {
  meter: FenceLifts;
  fence: Fence;
  plans: readonly Plan[];
  onMeterFailed(step: 'lift', error: unknown): void;
}

/** After these, API Gateway stops a caller whose calls keep being refused, which saves an invocation and a write each. */
export const mostLiftsPerDay = 10;
/** How many calls past the plan's last one still reach the gate, whose 429 gives the limit and the reset. */
const openPastTheEnd = 3;

/**
 * What to set API Gateway's remaining calls of the day to, if anything.
 * @param isLast whether this call took the last request of the gate's day
 */
export function liftTo(plans: readonly Plan[], standing: FenceStanding, isLast: boolean): number | undefined {
  const plan = plans.find(({ name }) => name === standing.plan);
  if (plan?.requestsPerDay === undefined || standing.lifts >= mostLiftsPerDay) return undefined;
  const remaining = (standing.room ?? plan.requestsPerDay) - standing.counted;
  if (standing.left > 0) return remaining <= 0 ? standing.left + plan.requestsPerDay : undefined;
  return isLast && remaining < openPastTheEnd ? openPastTheEnd : undefined;
}

/** Lifts the fence if needed. Never throws: a throttled control plane costs the lift, not the call. */
export async function liftFence(ports: FencePorts, standing: FenceStanding | undefined, isLast = false) {
  if (standing?.usagePlanId === undefined) return;
  const remaining = liftTo(ports.plans, standing, isLast);
  if (remaining === undefined) return;
  try {
    if (!(await ports.meter.claimLift(standing, remaining))) return;
    try {
      await ports.fence.setRemaining(standing.usagePlanId, standing.apiKeyId, remaining);
    } catch (error) {
      await ports.meter.recordFailedLift(standing);
      throw error;
    }
  } catch (error) {
    ports.onMeterFailed('lift', error);
  }
}
