import type { Directory } from './accounts.ts';
import { gatewayKeyName } from './keys/create-key.ts';
import type { Clock, GatewayKeys, KeyRecord, KeyRecords, UserRecords } from './ports.ts';

export interface DeleteAccountPorts {
  users: Pick<UserRecords, 'markDeleting' | 'deleteAll'>;
  records: Pick<KeyRecords, 'listAll' | 'revoke'>;
  gateway: Pick<GatewayKeys, 'delete' | 'findIdByName'>;
  directory: Pick<Directory, 'deleteUser'>;
  clock: Clock;
}

/**
 * Deletes a user with everything that is theirs. The login goes last: whatever fails before, the user can call
 * again and the deletion picks up where it stopped.
 */
export async function deleteAccount(ports: DeleteAccountPorts, userId: string): Promise<void> {
  // From here on no new key can be made that the list below would miss.
  await ports.users.markDeleting(userId);
  for (const record of await ports.records.listAll(userId)) await deleteKey(ports, record);
  await ports.users.deleteAll(userId);
  await ports.directory.deleteUser(userId);
}

async function deleteKey(ports: DeleteAccountPorts, record: KeyRecord): Promise<void> {
  const apiKeyId = record.apiKeyId ?? (await ports.gateway.findIdByName(gatewayKeyName(record.keyId)));
  await ports.records.revoke({ ...record, apiKeyId }, ports.clock.now());
  if (apiKeyId !== undefined) await ports.gateway.delete(apiKeyId);
}
