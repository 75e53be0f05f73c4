import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import { undoCreate } from '../keys/create-key.ts';
import type { GatewayKeys, KeyRecord, KeyRecords } from '../keys/ports.ts';
import { finishEnd } from '../keys/revoke-key.ts';
import type { Directory, UserRecords } from './ports.ts';

export interface DeleteAccountPorts {
  users: Pick<UserRecords, 'beginDeletion' | 'deleteAll' | 'finishDeletion'>;
  records: Pick<KeyRecords, 'listUnfinished' | 'find' | 'end' | 'release' | 'abandon' | 'finishIntent'>;
  gateway: Pick<GatewayKeys, 'delete' | 'findIdByName'>;
  directory: Pick<Directory, 'deleteUser'>;
  clock: Clock;
}

/**
 * Deletes a user with everything that is theirs. The intent is written first and goes last, so a deletion that is cut
 * off anywhere is finished by the reconciler, or by the user calling again. Each step is kept as it is done, and the
 * next call goes on behind it.
 * @param hasTime asked before each step that may take long
 * @returns `unfinished` when the time was over before the end
 */
export async function deleteAccount(
  ports: DeleteAccountPorts,
  userId: string,
  hasTime: () => boolean,
): Promise<'deleted' | 'unfinished'> {
  await ports.users.beginDeletion(userId, ports.clock.now());
  return finish(ports, userId, hasTime);
}

/** No new key can be made any more that the list would miss. */
async function finish(
  ports: DeleteAccountPorts,
  userId: string,
  hasTime: () => boolean,
): Promise<'deleted' | 'unfinished'> {
  const { users, records, directory, clock } = ports;
  const left = await records.listUnfinished(userId);
  // First no key works any more, which takes the table alone; API Gateway is slow, and may be out of order.
  for (const record of left) {
    if (record.status === 'active') await records.end(record, 'revoked', clock.now());
  }
  for (const record of left) {
    if (!hasTime()) return 'unfinished';
    await removeKey(ports, record);
  }
  if (!(await users.deleteAll(userId, clock.now(), hasTime))) return 'unfinished';
  await directory.deleteUser(userId);
  await users.finishDeletion(userId);
  return 'deleted';
}

async function removeKey(ports: DeleteAccountPorts, read: KeyRecord): Promise<void> {
  if (read.status === 'creating') {
    await undoCreate(ports, read);
    return;
  }
  // Read again: it may have been rotated between the list and its end.
  const record = await ports.records.find(read.userId, read.keyId);
  if (record !== undefined) await finishEnd(ports, record);
}

/**
 * The same for the user who asks for it. Once it has begun it will end, so whatever keeps it from ending now is told
 * as that, and is never the caller's fault.
 * @throws DaypassError `service_unavailable` when the reconciler is left to finish it
 */
export async function deleteOwnAccount(
  ports: DeleteAccountPorts,
  userId: string,
  hasTime: () => boolean,
): Promise<void> {
  // What fails here has begun nothing, and is told as it is.
  await ports.users.beginDeletion(userId, ports.clock.now());
  const outcome = await finish(ports, userId, hasTime).catch((error: unknown) => {
    throw stillUnderWay(error);
  });
  if (outcome === 'unfinished') throw stillUnderWay();
}

function stillUnderWay(cause?: unknown): DaypassError {
  return new DaypassError(
    'service_unavailable',
    'Your account is being deleted, which takes longer than this call may. It goes on by itself within minutes; you may also call again.',
    { retryAfterSeconds: 60, cause },
  );
}
