import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import type { Plan } from '../plans.ts';
import { gatewayKeyName } from './key-id.ts';
import { hashKeySecret, newKeySecret } from './key-secret.ts';
import type { GatewayKeys, KeyRecord, KeyRecords, RotationIntent } from './ports.ts';
import { changedMeanwhile, keyHasEnded, keyIsBusy, requireChangeable } from './require-changeable.ts';
import { type UndoingPorts, undoing } from './undoing.ts';

export interface RotateKeyPorts extends UndoingPorts {
  records: Pick<KeyRecords, 'find' | 'beginRotation' | 'completeRotation' | 'abandonRotation'>;
  gateway: GatewayKeys;
  clock: Clock;
  plans: readonly Plan[];
}

/**
 * Gives a key a new secret. Both secrets work, counted as one key, until the old one's grace period ends; then the
 * reconciler removes it from API Gateway.
 * @returns the record and the new secret, which is stored nowhere
 * @throws DaypassError `key_ended`, `key_busy`, `service_unavailable`
 */
export async function rotateKey(
  ports: RotateKeyPorts,
  record: KeyRecord,
  graceSeconds: number,
): Promise<{ record: KeyRecord; secret: string }> {
  const now = ports.clock.now();
  requireChangeable(record, now);
  const plan = ports.plans.find(({ name }) => name === record.plan);
  if (plan === undefined) throw planIsGone(record);
  const secret = newKeySecret();
  const rotation: RotationIntent = {
    valueHash: hashKeySecret(secret),
    last4: secret.slice(-4),
    startedAt: now,
    graceEndsAt: now + graceSeconds * 1000,
  };
  if (!(await begin(ports, record, rotation))) throw await changedMeanwhile(ports.records, record);
  const rotated = await provision(ports, { ...record, rotation }, rotation, secret, plan);
  return { record: rotated, secret };
}

/** Undoes a rotation whose reply was lost, which would otherwise keep the key busy until the next pass of the reconciler. */
async function begin(ports: RotateKeyPorts, record: KeyRecord, rotation: RotationIntent): Promise<boolean> {
  try {
    return await ports.records.beginRotation(record, rotation);
  } catch (error) {
    await undoing(ports, 'rotate-key', record.keyId, () => ports.records.abandonRotation(record, rotation));
    throw error;
  }
}

async function provision(
  ports: RotateKeyPorts,
  record: KeyRecord,
  rotation: RotationIntent,
  secret: string,
  plan: Plan,
): Promise<KeyRecord> {
  const name = gatewayKeyName(record, rotation.valueHash);
  let apiKeyId: string | undefined;
  try {
    apiKeyId = await ports.gateway.create({ name, secret, description: `Daypass key on ${plan.name}` });
    await ports.gateway.bindToPlan(apiKeyId, plan.usagePlanName);
    const rotated = await ports.records.completeRotation(record, rotation, apiKeyId);
    if (rotated === undefined) throw keyIsBusy();
    return rotated;
  } catch (error) {
    const outcome = await undoing(ports, 'rotate-key', record.keyId, () =>
      undoRotation(ports, record, rotation),
    );
    if (outcome === 'ended') throw keyHasEnded(error);
    if (outcome === undefined || outcome === 'undone') throw error;
    return outcome;
  }
}

/**
 * Undoes a rotation that did not complete. The record is restored first, so that a late completion is refused. If the new
 * secret then can't be deleted, the reconciler finds it as an orphan.
 * @returns the rotated record if the rotation had completed and only its reply was lost; `ended` if the key has ended
 */
export async function undoRotation(
  ports: Pick<RotateKeyPorts, 'gateway'> & { records: Pick<KeyRecords, 'find' | 'abandonRotation'> },
  record: KeyRecord,
  rotation: RotationIntent,
): Promise<KeyRecord | 'undone' | 'ended'> {
  let outcome: 'undone' | 'ended' = 'undone';
  if (!(await ports.records.abandonRotation(record, rotation))) {
    const found = await ports.records.find(record.userId, record.keyId);
    const values = [found?.valueHash, found?.previous?.valueHash];
    if (found?.status === 'active' && values.includes(rotation.valueHash)) return found;
    if (found?.status !== 'active') outcome = 'ended';
  }
  const apiKeyId = await ports.gateway.findIdByName(gatewayKeyName(record, rotation.valueHash));
  if (apiKeyId !== undefined) await ports.gateway.delete(apiKeyId);
  return outcome;
}

/** Its usage plan is gone too, so a new secret could not be bound to one. */
function planIsGone({ plan }: KeyRecord): DaypassError {
  return new DaypassError(
    'key_ended',
    `The plan '${plan}' of this key is no longer offered, so it can’t be rotated. Move it to another plan with PATCH /v1/api-keys/{id}, or revoke it.`,
  );
}
