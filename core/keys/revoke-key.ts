import type { Clock } from '../clock.ts';
import { gatewayKeyName } from './key-id.ts';
import type { GatewayKeys, KeyRecord, KeyRecords } from './ports.ts';

export interface EndKeyPorts {
  records: Pick<KeyRecords, 'end' | 'release' | 'finishIntent'>;
  gateway: Pick<GatewayKeys, 'delete' | 'findIdByName'>;
  clock: Clock;
}

/**
 * Ends a key. Our own gate refuses it from the transaction on, whatever API Gateway still lets through, so a
 * failing removal there does not fail the revocation: the written intent stays, and the reconciler finishes.
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
  // Its last counters are on it now.
  return (await ports.records.find(record.userId, record.keyId).catch(() => undefined)) ?? ended;
}

/** Read again: it may have been rotated since it was read. */
async function endNow(
  { records, clock }: { records: Pick<KeyRecords, 'find' | 'end'>; clock: Clock },
  record: KeyRecord,
): Promise<KeyRecord> {
  await records.end(record, 'revoked', clock.now());
  return (await records.find(record.userId, record.keyId)) ?? { ...record, status: 'revoked' };
}

/** Frees the place of an ended key, removes every value of it from API Gateway, then its intent. Repeating it is harmless. */
export async function finishEnd(ports: Omit<EndKeyPorts, 'clock'>, record: KeyRecord): Promise<void> {
  await ports.records.release(record);
  const ids = [record.apiKeyId, record.previous?.apiKeyId];
  // A rotation cut off in the middle may have made a key that no record names.
  if (record.rotation !== undefined) {
    ids.push(await ports.gateway.findIdByName(gatewayKeyName(record, record.rotation.valueHash)));
  }
  for (const id of ids) if (id !== undefined) await ports.gateway.delete(id);
  await ports.records.finishIntent(record.keyId);
}
