import { removeFromGateway } from '../keys/revoke-key.ts';
import { findPlan } from '../plans.ts';
import type { KeyRecord } from '../ports.ts';
import type { Action, GatewayKey, ReconcilePorts } from './ports.ts';

export interface KeyFacts {
  record: KeyRecord;
  /** What API Gateway has, by id. */
  inventory: ReadonlyMap<string, GatewayKey>;
  /** Ids bound to each plan, by its public name. */
  bound: ReadonlyMap<string, ReadonlySet<string>>;
  /** How young a key is left alone. */
  graceMs: number;
}

/** Brings one live key's record and API Gateway to agree. */
export async function repairKey(ports: ReconcilePorts, facts: KeyFacts, dryRun: boolean): Promise<Action[]> {
  const { record } = facts;
  const now = ports.clock.now();
  const act = async (kind: Action['kind'], work: () => Promise<void>): Promise<Action[]> => {
    if (!dryRun) await work();
    return [{ kind, subject: record.keyId }];
  };
  const end = (status: 'revoked' | 'expired') => async () => {
    await ports.records.end(record, status, now);
    await removeFromGateway(ports, record);
  };

  if (record.status !== 'active' || record.apiKeyId === undefined) return [];
  if (record.expiresAt !== undefined && record.expiresAt <= now) return act('expire', end('expired'));
  if (now - (record.rotatedAt ?? record.createdAt) < facts.graceMs) return [];
  // Its value is stored nowhere, so a key that API Gateway has lost can't be made again.
  if (!facts.inventory.has(record.apiKeyId)) return act('end-broken', end('revoked'));

  const { apiKeyId, previous } = record;
  const actions: Action[] = [];
  if (!facts.bound.get(record.plan)?.has(apiKeyId)) {
    const plan = findPlan(ports.plans, record.plan);
    actions.push(...(await act('bind', () => ports.gateway.bindToPlan(apiKeyId, plan.usagePlanName))));
  }
  if (previous !== undefined && previous.endsAt <= now) {
    const drop = async () => {
      await ports.gateway.delete(previous.apiKeyId);
      await ports.records.dropPrevious(record);
    };
    actions.push(...(await act('drop-previous', drop)));
  }
  return actions;
}
