import type { Directory } from './accounts.ts';
import { undoCreate } from './keys/create-key.ts';
import { removeFromGateway } from './keys/revoke-key.ts';
import type { Clock, GatewayKeys, KeyRecord, KeyRecords, UserRecords } from './ports.ts';

export interface DeleteAccountPorts {
  users: Pick<UserRecords, 'beginDeletion' | 'deleteAll' | 'settleDeletion'>;
  records: Pick<KeyRecords, 'listAll' | 'end' | 'abandon' | 'settleIntent'>;
  gateway: Pick<GatewayKeys, 'delete' | 'findIdByName'>;
  directory: Pick<Directory, 'deleteUser'>;
  clock: Clock;
}

/**
 * Deletes a user with everything that is theirs. The intent is written first and goes last, so a deletion that
 * is cut off anywhere is finished by the reconciler, or by the user calling again.
 */
export async function deleteAccount(ports: DeleteAccountPorts, userId: string): Promise<void> {
  // From here on no new key can be made that the list below would miss.
  await ports.users.beginDeletion(userId, ports.clock.now());
  for (const record of await ports.records.listAll(userId)) await removeKey(ports, record);
  await ports.users.deleteAll(userId, ports.clock.now());
  await ports.directory.deleteUser(userId);
  await ports.users.settleDeletion(userId);
}

async function removeKey(ports: DeleteAccountPorts, record: KeyRecord): Promise<void> {
  if (record.status === 'creating') {
    await undoCreate(ports, record);
    return;
  }
  if (record.status === 'active') await ports.records.end(record, 'revoked', ports.clock.now());
  await removeFromGateway(ports, record);
}
