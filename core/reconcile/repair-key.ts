import { readGatewayKeyName } from '../keys/key-id.ts';
import type { KeyRecord } from '../keys/ports.ts';
import { finishEnd } from '../keys/revoke-key.ts';
import { changedAt, hasExpired, workingIds } from '../keys/standing.ts';
import { findPlan } from '../plans.ts';
import { planToApply } from './apply-plan.ts';
import type { Pass } from './attempt-and-park.ts';
import { act } from './pause.ts';
import type { ActionKind, GatewayKey, ReconcilePorts } from './ports.ts';

export interface KeyFacts {
  record: KeyRecord;
  /** What API Gateway has, by id. */
  inventory: ReadonlyMap<string, GatewayKey>;
  /** Ids bound to each plan, by its public name. */
  bound: ReadonlyMap<string, ReadonlySet<string>>;
  /** API Gateway's ids of the plans, by its names of them. */
  usagePlanIds: ReadonlyMap<string, string>;
  /** How young a key is left alone. */
  graceMs: number;
}

/** Makes API Gateway and the record of one live key agree. */
export async function repairKey(pass: Pass, facts: KeyFacts): Promise<void> {
  const { ports } = pass;
  const { record } = facts;
  const now = ports.clock.now();
  const repair = (kind: ActionKind, work: () => Promise<void>) =>
    act(pass, { kind, subject: record.keyId }, work);
  const end = (status: 'revoked' | 'expired') => async () => {
    await ports.records.end(record, status, now);
    await finishEnd(ports, record);
  };

  if (record.status !== 'active' || record.apiKeyId === undefined) return;
  if (hasExpired(record, now)) return repair('expire', end('expired'));
  if (now - changedAt(record) < facts.graceMs) return;
  // The secret is stored nowhere, so a key that API Gateway has lost can't be restored.
  if (!facts.inventory.has(record.apiKeyId)) {
    // The record was restored as it was before a rotation: it stays, as its key does, until an operator decides.
    if (!hasOtherSecret(facts)) await repair('end-broken', end('revoked'));
    return;
  }

  const { previous } = record;
  const ids = workingIds(record, now).filter((id) => facts.inventory.has(id));
  const isBound = ids.every((id) => facts.bound.get(record.plan)?.has(id));
  // An interrupted change of plan is undone by its intent.
  if (!isBound && record.planChange === undefined) {
    await repair('bind', () => bindAsRecorded(ports, facts, ids));
  }
  const plan = ports.plans.find(({ name }) => name === record.plan);
  if (plan !== undefined && record.planChange === undefined) {
    const usagePlanId = facts.usagePlanIds.get(plan.usagePlanName);
    const apply = await planToApply(ports, record, plan, usagePlanId);
    if (apply !== undefined) await repair('apply-plan', apply);
  }
  if (previous !== undefined && previous.endsAt <= now) {
    await repair('drop-previous', async () => {
      await ports.gateway.delete(previous.apiKeyId);
      await ports.records.forgetPreviousSecret(record);
    });
  }
}

/** Whether API Gateway has a secret of the key that the record doesn't name. */
function hasOtherSecret({ record, inventory }: KeyFacts): boolean {
  const named = new Set([record.apiKeyId, record.previous?.apiKeyId]);
  return [...inventory.values()].some(
    ({ id, name }) => !named.has(id) && readGatewayKeyName(name)?.keyId === record.keyId,
  );
}

/** API Gateway binds a key to one plan of a stage: a call that was applied late may have left it on another. */
async function bindAsRecorded(
  { gateway, plans }: ReconcilePorts,
  { record, bound }: KeyFacts,
  ids: readonly string[],
): Promise<void> {
  const plan = findPlan(plans, record.plan);
  for (const id of ids) {
    const others = plans.filter(({ name }) => name !== plan.name && bound.get(name)?.has(id));
    for (const { usagePlanName } of others) await gateway.unbindFromPlan(id, usagePlanName);
    await gateway.bindToPlan(id, plan.usagePlanName);
  }
}
