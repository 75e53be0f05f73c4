import { undoCreate } from './create-key.ts';
import type { KeyRecords } from './ports.ts';
import { type EndKeyPorts, finishEnd } from './revoke-key.ts';

export interface RevokeAllPorts extends EndKeyPorts {
  records: Pick<KeyRecords, 'listUnfinished' | 'find' | 'end' | 'release' | 'abandon' | 'finishIntent'>;
  onUndoFailed(step: string, keyId: string, error: unknown): void;
}

/**
 * Ends every key of a user. The gate refuses all of them before the first is deleted in API Gateway, which takes a while;
 * the reconciler finishes what fails there.
 */
export async function revokeAllKeys(ports: RevokeAllPorts, userId: string): Promise<void> {
  const { records, clock, onUndoFailed } = ports;
  const left = await records.listUnfinished(userId);
  const active = left.filter(({ status }) => status === 'active');
  for (const record of active) await records.end(record, 'revoked', clock.now());
  // A key that is being created would otherwise become active a moment later.
  for (const record of left) if (record.status === 'creating') await undoCreate(ports, record);
  for (const { keyId } of active) {
    try {
      // Read again, since the key may have been rotated after it was listed.
      const ended = await records.find(userId, keyId);
      if (ended !== undefined) await finishEnd(ports, ended);
    } catch (error) {
      onUndoFailed('revoke-key', keyId, error);
    }
  }
}
