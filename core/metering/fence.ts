import type { Plan } from '../plans.ts';

/**
 * API Gateway's usage plan counts every call with a value of a key, also those that we refuse or give back. Its quota
 * is the plan's own number, so what is not charged would eat the plan: the gate reckons what the fence has counted, and
 * lifts it in time (docs/metering.md).
 */
export interface FenceStanding {
  /** The value's id in API Gateway. */
  apiKeyId: string;
  /** Of the metering item that keeps the reckoning. */
  meterId: string;
  /** API Gateway's id of the plan; unknown for keys made before it was kept. */
  usagePlanId: string | undefined;
  /** Public name of the plan. */
  plan: string;
  /** UTC. The fence's own day. */
  date: string;
  /** Calls with this value that API Gateway has let in today. */
  counted: number;
  /** The count at which the fence is closed; undefined: the plan's own number. */
  room: number | undefined;
  /** How often it was lifted today, for all values of the key. */
  lifts: number;
  /** Requests that the gate still has for today. */
  left: number;
}

export interface Fence {
  /** Sets how many more calls API Gateway lets in today. */
  setRemaining(usagePlanId: string, apiKeyId: string, remaining: number): Promise<void>;
}

/** The books' side of a lift. */
export interface LiftBooks {
  /** @returns false when somebody else lifted it meanwhile, or has no lift left today */
  claimLift(standing: FenceStanding, remaining: number): Promise<boolean>;
  /** The lift failed: the fence is where it was. The lift itself is used up. */
  dropLift(standing: FenceStanding): Promise<void>;
}

export interface FencePorts {
  meter: LiftBooks;
  fence: Fence;
  plans: readonly Plan[];
  onBooksFailed(step: 'lift', error: unknown): void;
}

/** Past this, API Gateway stops a caller whose requests keep being refused, which saves a function run and a write each. */
export const mostLiftsPerDay = 10;
/** How many calls past the plan's last one still reach the gate, whose 429 tells limit and reset. */
const openPastTheEnd = 3;

/**
 * What API Gateway's rest of the day has to be set to, if at all.
 * @param isLast whether this very call took the last request of the gate's day
 */
export function liftTo(plans: readonly Plan[], standing: FenceStanding, isLast: boolean): number | undefined {
  const plan = plans.find(({ name }) => name === standing.plan);
  if (plan === undefined || standing.lifts >= mostLiftsPerDay) return undefined;
  const remaining = (standing.room ?? plan.requestsPerDay) - standing.counted;
  if (standing.left > 0) return remaining <= 0 ? standing.left + plan.requestsPerDay : undefined;
  return isLast && remaining < openPastTheEnd ? openPastTheEnd : undefined;
}

/** Lifts the fence if it is time to. Never throws: a throttled control plane costs the lift, not the call. */
export async function liftFence(ports: FencePorts, standing: FenceStanding | undefined, isLast = false) {
  if (standing?.usagePlanId === undefined) return;
  const remaining = liftTo(ports.plans, standing, isLast);
  if (remaining === undefined) return;
  try {
    if (!(await ports.meter.claimLift(standing, remaining))) return;
    try {
      await ports.fence.setRemaining(standing.usagePlanId, standing.apiKeyId, remaining);
    } catch (error) {
      await ports.meter.dropLift(standing);
      throw error;
    }
  } catch (error) {
    ports.onBooksFailed('lift', error);
  }
}
