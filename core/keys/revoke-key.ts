import type { Clock } from '../clock.ts';
import { gatewayKeyName } from './key-id.ts';
import type { GatewayKeys, KeyRecord, KeyRecords } from './ports.ts';

export interface EndKeyPorts {
  records: Pick<KeyRecords, 'end' | 'release' | 'finishIntent'>;
  gateway: Pick<GatewayKeys, 'delete' | 'findIdByName'>;
  clock: Clock;
}

/**
 * Ends a key. From the transaction on the gate refuses it, whatever API Gateway still lets through. So the revocation
 * succeeds even if API Gateway can't delete the key: the intent stays, and the reconciler finishes it.
 */
export async function revokeKey(
  ports: EndKeyPorts & {
    records: Pick<KeyRecords, 'find'>;
    onUndoFailed(step: string, keyId: string, error: unknown): void;
  },
  record: KeyRecord,
): Promise<KeyRecord> {
  const ended = record.status === 'active' ? await endNow(ports, record) : record;
  await finishEnd(ports, ended).catch((error: unknown) => {
    ports.onUndoFailed('revoke-key', record.keyId, error);
  });
  // The record now has the last counters.
  return (await ports.records.find(record.userId, record.keyId).catch(() => undefined)) ?? ended;
}

/** Reads the record again, since the key may have been rotated meanwhile. */
async function endNow(
  { records, clock }: { records: Pick<KeyRecords, 'find' | 'end'>; clock: Clock },
  record: KeyRecord,
): Promise<KeyRecord> {
  await records.end(record, 'revoked', clock.now());
  return (await records.find(record.userId, record.keyId)) ?? { ...record, status: 'revoked' };
}

/** Frees an ended key's place, deletes all its secrets in API Gateway, then the intent. Can be repeated. */
export async function finishEnd(ports: Omit<EndKeyPorts, 'clock'>, record: KeyRecord): Promise<void> {
  await ports.records.release(record);
  const ids = [record.apiKeyId, record.previous?.apiKeyId];
  // An interrupted rotation may have created a secret that the record doesn't name.
  if (record.rotation !== undefined) {
    ids.push(await ports.gateway.findIdByName(gatewayKeyName(record, record.rotation.valueHash)));
  }
  for (const id of ids) if (id !== undefined) await ports.gateway.delete(id);
  await ports.records.finishIntent(record.keyId);
}
