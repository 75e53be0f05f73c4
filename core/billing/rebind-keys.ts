import type { UserRecord } from '../accounts/ports.ts';
import { DaypassError } from '../errors.ts';
import { type ChangePlanPorts, changePlan } from '../keys/change-plan/change-plan.ts';
import { undoCutOffChange } from '../keys/change-plan/undo-plan-change.ts';
import type { KeyRecord, KeyRecords } from '../keys/ports.ts';
import { keyIsBusy } from '../keys/require-changeable.ts';
import { type EndKeyPorts, revokeKey } from '../keys/revoke-key.ts';
import { hasExpired } from '../keys/standing.ts';
import { isUnlimited, mayUsePlan, type Plan } from '../plans.ts';

export interface RebindKeysPorts extends ChangePlanPorts {
  gateway: ChangePlanPorts['gateway'] & EndKeyPorts['gateway'];
  records: ChangePlanPorts['records'] & EndKeyPorts['records'] & Pick<KeyRecords, 'listUnfinished'>;
}

/**
 * Moves keys off plans that are no longer paid for: to another that is, else to a free one, with the same secret. A key that
 * no plan has a place for is revoked. Keys on plans without a price stay where they are.
 * @throws DaypassError `key_busy` if a key is being made or changed on such a plan; the others may not have been moved
 */
export async function rebindKeys(ports: RebindKeysPorts, user: UserRecord): Promise<void> {
  const now = ports.clock.now();
  const unpaid = ports.plans.filter(
    (plan) => plan.stripePriceId !== undefined && !mayUsePlan(plan, user, now),
  );
  const isUnpaid = (name: string | undefined) => unpaid.some((plan) => plan.name === name);
  const records = await ports.records.listUnfinished(user.userId);
  let isBusy = false;
  for (const record of records) {
    if (!isUnpaid(record.plan) && !isUnpaid(record.planChange?.plan)) continue;
    if (record.status === 'creating') isBusy = true;
    if (record.status !== 'active' || hasExpired(record, now)) continue;
    const settled = await undoCutOffChange(ports, record);
    if (isUnpaid(settled.plan)) await rebind(ports, user, settled);
  }
  if (isBusy) throw keyIsBusy();
}

async function rebind(ports: RebindKeysPorts, user: UserRecord, record: KeyRecord): Promise<void> {
  for (const target of targetsOf(ports, user)) {
    try {
      await changePlan(ports, record, target, undefined);
      return;
    } catch (error) {
      if (codeOf(error) === 'key_ended') return;
      // No place is free on this plan, or it has none of the key's models.
      if (!['key_exists', 'invalid_request'].includes(codeOf(error) ?? '')) throw error;
    }
  }
  await revokeKey(ports, record);
}

/** The plans that the user may have, those paid for first, and of each kind the largest. */
function targetsOf({ plans, clock }: RebindKeysPorts, user: UserRecord): Plan[] {
  const isFree = (plan: Plan) => (plan.stripePriceId === undefined ? 1 : 0);
  return plans
    .filter((plan) => !isUnlimited(plan) && mayUsePlan(plan, user, clock.now()))
    .toSorted((a, b) => isFree(a) - isFree(b) || (b.requestsPerDay ?? 0) - (a.requestsPerDay ?? 0));
}

function codeOf(error: unknown) {
  return error instanceof DaypassError ? error.code : undefined;
}
