import type { Clock, GatewayKeys, KeyRecord, KeyRecords } from '../ports.ts';

export interface RevokeKeyPorts {
  records: Pick<KeyRecords, 'revoke'>;
  gateway: Pick<GatewayKeys, 'delete'>;
  clock: Clock;
  onUndoFailed(step: string, keyId: string, error: unknown): void;
}

/**
 * Ends a key. Our own gate refuses it from the transaction on, whatever API Gateway still lets through, so a
 * failing removal there does not fail the revocation.
 */
export async function revokeKey(ports: RevokeKeyPorts, record: KeyRecord): Promise<KeyRecord> {
  if (record.status !== 'revoked') await ports.records.revoke(record, ports.clock.now());
  if (record.apiKeyId !== undefined) {
    await ports.gateway.delete(record.apiKeyId).catch((error: unknown) => {
      ports.onUndoFailed('revoke-key', record.keyId, error);
    });
  }
  return { ...record, status: 'revoked' };
}
