import type { Clock, GatewayKeys, KeyRecord, KeyRecords } from '../ports.ts';
import { gatewayKeyName } from './gateway-key-name.ts';

export interface EndKeyPorts {
  records: Pick<KeyRecords, 'end' | 'settleIntent'>;
  gateway: Pick<GatewayKeys, 'delete' | 'findIdByName'>;
  clock: Clock;
}

/**
 * Ends a key. Our own gate refuses it from the transaction on, whatever API Gateway still lets through, so a
 * failing removal there does not fail the revocation: the written intent stays, and the reconciler finishes.
 */
export async function revokeKey(
  ports: EndKeyPorts & { onUndoFailed(step: string, keyId: string, error: unknown): void },
  record: KeyRecord,
): Promise<KeyRecord> {
  if (record.status === 'active') await ports.records.end(record, 'revoked', ports.clock.now());
  await removeFromGateway(ports, record).catch((error: unknown) => {
    ports.onUndoFailed('revoke-key', record.keyId, error);
  });
  return { ...record, status: record.status === 'active' ? 'revoked' : record.status };
}

/** Removes every value of an ended key from API Gateway, then its intent. Repeating it is harmless. */
export async function removeFromGateway(ports: Omit<EndKeyPorts, 'clock'>, record: KeyRecord): Promise<void> {
  const ids = [record.apiKeyId, record.previous?.apiKeyId];
  // A rotation cut off in the middle may have made a key that no record names.
  if (record.rotation !== undefined) {
    ids.push(await ports.gateway.findIdByName(gatewayKeyName(record, record.rotation.valueHash)));
  }
  for (const id of ids) if (id !== undefined) await ports.gateway.delete(id);
  await ports.records.settleIntent(record.keyId);
}
