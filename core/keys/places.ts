import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import type { Plan } from '../plans.ts';
import type { KeyRecords } from './ports.ts';
import { hasExpired } from './standing.ts';

/**
 * Frees the places of ended keys, so that the user need not wait for the reconciler: until its next pass, a key keeps its
 * place if it has expired or its end was interrupted.
 * @returns whether any were freed
 */
export async function freePlaces(
  ports: { records: Pick<KeyRecords, 'listAll' | 'end' | 'release'>; clock: Clock },
  wanted: { userId: string; plan: string },
): Promise<boolean> {
  const now = ports.clock.now();
  const onPlan = (await ports.records.listAll(wanted.userId)).filter(({ plan }) => plan === wanted.plan);
  const expired = onPlan.filter((record) => record.status === 'active' && hasExpired(record, now));
  for (const record of expired) await ports.records.end(record, 'expired', now);
  const ended = [...expired, ...onPlan.filter(({ closing }) => closing)];
  for (const record of ended) await ports.records.release(record);
  return ended.length > 0;
}

/** If there are fewer active keys than places, a key is being created, moved or ended, and a retry may succeed. */
export async function noPlaceLeft(
  ports: { records: Pick<KeyRecords, 'listAll'> },
  userId: string,
  plan: Plan,
): Promise<DaypassError> {
  const records = await ports.records.listAll(userId);
  const active = records.filter((record) => record.status === 'active' && record.plan === plan.name);
  return active.length < plan.maxKeysPerPlan ? placeIsBusy(plan) : keyExists(plan);
}

function placeIsBusy(plan: Plan): DaypassError {
  return new DaypassError(
    'key_busy',
    `A key is being added to the plan '${plan.name}' or removed from it right now. Check your keys in a moment, or try again.`,
    { param: 'plan', retryAfterSeconds: 5 },
  );
}

function keyExists(plan: Plan): DaypassError {
  const held = plan.maxKeysPerPlan === 1 ? 'an active key' : `${plan.maxKeysPerPlan} active keys`;
  return new DaypassError(
    'key_exists',
    `You already have ${held} on the plan '${plan.name}'. Revoke one first, or choose another plan.`,
    { param: 'plan' },
  );
}

/**
 * Identifies whose places a key takes: a hash of the address, so that an account that is deleted and created again finds
 * what it used, and only the hash is kept in between. In lower case, since Cognito ignores the case of addresses.
 */
export function personOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 32);
}
