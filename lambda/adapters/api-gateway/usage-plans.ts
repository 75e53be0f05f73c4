import {
  type APIGatewayClient,
  ConflictException,
  CreateUsagePlanKeyCommand,
  DeleteUsagePlanKeyCommand,
  NotFoundException,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import type { PlanBindings } from '../../../core/keys/ports.ts';
import { retrying } from '../retrying.ts';
import { refusingThrottles, throttled } from './refusals.ts';

/**
 * API Gateway makes one binding at a time in a Region and refuses others meanwhile with a conflict, which only its message
 * distinguishes from others (https://github.com/serverless/serverless/issues/12065).
 */
const concurrent = /concurrent modification/i;

/**
 * How long a plan's id is remembered by name. A deployment updates functions before usage plans, so if it renames plans or
 * swaps two names, new functions read the old names first.
 */
const rememberedMs = 60_000;

/** Which keys are in which usage plan. */
export function createPlanBindings(client: APIGatewayClient, clock: { now(): number } = Date): PlanBindings {
  const known = new Map<string, { id: string; at: number }>();
  const idOf = async (usagePlanName: string) => {
    const found = known.get(usagePlanName);
    const at = clock.now();
    if (found !== undefined && at - found.at < rememberedMs) return found.id;
    const id = await findUsagePlanId(client, usagePlanName);
    known.set(usagePlanName, { id, at });
    return id;
  };
  return {
    bindToPlan: (keyId, usagePlanName) =>
      refusingThrottles(async () => {
        const usagePlanId = await idOf(usagePlanName);
        const command = new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' });
        try {
          await oneAtATime(() => client.send(command));
        } catch (error) {
          if (!isBoundAlready(error)) throw error;
        }
        return usagePlanId;
      }),

    unbindFromPlan: (keyId, usagePlanName) =>
      refusingThrottles(async () => {
        const usagePlanId = await idOf(usagePlanName);
        const command = new DeleteUsagePlanKeyCommand({ usagePlanId, keyId });
        try {
          await oneAtATime(() => client.send(command));
        } catch (error) {
          if (!(error instanceof NotFoundException)) throw error;
        }
      }),

    findPlans: (usagePlanNames) =>
      refusingThrottles(async () => {
        const ids = new Map<string, string>();
        for (const name of usagePlanNames) ids.set(name, await idOf(name));
        return ids;
      }),
  };
}

/** Bound to this plan, by an attempt whose reply was lost, and not to another plan. */
function isBoundAlready(error: unknown): boolean {
  return error instanceof ConflictException && !/multiple usage plans/i.test(error.message);
}

/** @throws ThrottledError if other bindings stay in the way */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  return retrying(
    { attempts: 6, firstWaitMs: 200, passes: isConcurrent, giveUp: (error) => throttled(error, 5) },
    work,
  );
}

function isConcurrent(error: unknown): boolean {
  return error instanceof ConflictException && concurrent.test(error.message);
}

/**
 * Plans are looked up by name because their ids in the environment of a function behind the same API would be a dependency
 * cycle in the template.
 */
export async function findUsagePlanId(client: APIGatewayClient, name: string): Promise<string> {
  for await (const page of paginateGetUsagePlans({ client, pageSize: 500 }, {})) {
    const plan = page.items?.find((item) => item.name === name);
    if (plan?.id !== undefined) return plan.id;
  }
  throw new Error(`API Gateway has no usage plan named ${name}`);
}
