import { undoCreate } from './create-key.ts';
import type { KeyRecords } from './ports.ts';
import { type EndKeyPorts, finishEnd } from './revoke-key.ts';

export interface RevokeAllPorts extends EndKeyPorts {
  records: Pick<KeyRecords, 'listUnfinished' | 'find' | 'end' | 'release' | 'abandon' | 'finishIntent'>;
  onUndoFailed(step: string, keyId: string, error: unknown): void;
}

/**
 * Ends every key of a user. The gate refuses all of them before any is removed from API Gateway, which takes a while;
 * what fails there the reconciler finishes.
 */
export async function revokeAllKeys(ports: RevokeAllPorts, userId: string): Promise<void> {
  const { records, clock, onUndoFailed } = ports;
  const left = await records.listUnfinished(userId);
  const active = left.filter(({ status }) => status === 'active');
  for (const record of active) await records.end(record, 'revoked', clock.now());
  // One that is being made would come to life a moment later.
  for (const record of left) if (record.status === 'creating') await undoCreate(ports, record);
  for (const { keyId } of active) {
    try {
      // Read again: it may have been rotated between the list and its end.
      const ended = await records.find(userId, keyId);
      if (ended !== undefined) await finishEnd(ports, ended);
    } catch (error) {
      onUndoFailed('revoke-key', keyId, error);
    }
  }
}
