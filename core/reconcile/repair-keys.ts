import { readGatewayKeyName } from '../keys/key-id.ts';
import { attemptRepair, type Pass } from './attempt-and-park.ts';
import { inTurns } from './in-turns.ts';
import { act, change } from './pause.ts';
import type { GatewayKey, ReconcilePorts } from './ports.ts';
import { repairKey } from './repair-key.ts';

/**
 * A key that no record names and that is older than this was known to earlier passes, or they would have deleted it: its
 * record is lost, or was restored as it was before a rotation, and nothing else has its secret.
 */
const unknownAfterMs = 3_600_000;

export interface RepairTimes {
  /** How young a key is left alone. */
  graceMs: number;
  /** What one key takes at most. */
  keyShareMs: number;
  /** Whether keys are deleted whose records are lost. */
  deletesUnknown: boolean;
}

/** Makes API Gateway agree with the live keys, then deletes there what belongs to no live key. */
export async function repairKeys(pass: Pass, times: RepairTimes): Promise<void> {
  const { ports } = pass;
  // Live keys are read first: a key made after that is in the inventory only, and young.
  const live = await Array.fromAsync(ports.live.list());
  const inventory = new Map<string, GatewayKey>();
  for await (const key of ports.inventory.keys()) inventory.set(key.id, key);
  const bound = new Map(
    await Promise.all(
      ports.plans.map(
        async (plan) => [plan.name, await ports.inventory.boundTo(plan.usagePlanName)] as const,
      ),
    ),
  );
  const usagePlanIds = await ports.gateway.findPlans(ports.plans.map(({ usagePlanName }) => usagePlanName));
  const known = new Set<string>();
  for (const { userId, keyId } of live) {
    if (!pass.hasTime()) return;
    await attemptRepair(pass, { subject: keyId, userId }, times.keyShareMs, async () => {
      const record = await ports.records.find(userId, keyId);
      if (record === undefined) return;
      for (const id of [record.apiKeyId, record.previous?.apiKeyId]) if (id !== undefined) known.add(id);
      await repairKey(pass, { record, inventory, bound, usagePlanIds, graceMs: times.graceMs });
    });
  }
  const candidates = [...inventory.values()].filter(({ id }) => !known.has(id));
  await deleteOrphans(
    pass,
    times,
    inTurns(candidates, ({ name }) => readGatewayKeyName(name)?.userId ?? ''),
  );
  if (pass.hasTime()) await dropNotes(pass);
}

/** Keys that no live record names. Their records are asked once more, in case they came to be meanwhile. */
async function deleteOrphans(
  pass: Pass,
  { graceMs, keyShareMs, deletesUnknown }: RepairTimes,
  candidates: readonly GatewayKey[],
): Promise<void> {
  const { ports, report } = pass;
  for (const key of candidates) {
    if (!pass.hasTime()) break;
    const ageMs = ports.clock.now() - key.createdAt;
    if (ageMs < graceMs) continue;
    const owner = readGatewayKeyName(key.name);
    // What an intent is about is removed by its own means, once.
    if (owner === undefined || pass.standing.has(owner.keyId)) continue;
    await attemptRepair(pass, { subject: key.id, userId: owner.userId }, keyShareMs, async () => {
      const claim = await claimOn(ports, key, owner);
      if (claim === 'claimed') return;
      if (claim === 'unknown' && ageMs >= unknownAfterMs && !deletesUnknown) {
        report.actions.push({ kind: 'keep-unknown', subject: key.id });
        report.parked += 1;
        return;
      }
      await act(pass, { kind: 'delete-orphan', subject: key.id }, () => ports.gateway.delete(key.id));
    });
  }
}

type Claim = 'claimed' | 'over' | 'unknown';

/** Whether a record, or an operation under way or to be finished, still has a use for the key; `unknown`: none names it. */
async function claimOn(
  ports: ReconcilePorts,
  key: GatewayKey,
  owner: { userId: string; keyId: string; valueStart: string },
): Promise<Claim> {
  const record = await ports.records.find(owner.userId, owner.keyId);
  if (record === undefined) return 'unknown';
  if (record.status === 'creating') return 'claimed';
  // An ended key needs none of its secrets, not even one made by an interrupted rotation.
  if (record.status !== 'active') return 'over';
  const isBeingMade = record.rotation?.valueHash.startsWith(owner.valueStart) === true;
  if (isBeingMade || [record.apiKeyId, record.previous?.apiKeyId].includes(key.id)) return 'claimed';
  // Its own if the record was restored as it was before a rotation.
  return 'unknown';
}

/** What neither failed in this whole step nor is parked has been repaired, or is gone. */
async function dropNotes(pass: Pass): Promise<void> {
  const over = [...pass.notes.values()].filter(({ subject }) => !pass.failing.has(subject));
  for (const note of over) await change(pass, () => pass.ports.intents.remove(note));
}
