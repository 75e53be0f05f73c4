import type { BillingWork } from '../billing/ports.ts';
import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import { undoCreate } from '../keys/create-key.ts';
import type { GatewayKeys, KeyRecord, KeyRecords } from '../keys/ports.ts';
import { finishEnd } from '../keys/revoke-key.ts';
import type { DeletedBy, Directory, HasTime, UserRecords } from './ports.ts';

export interface DeleteAccountPorts {
  users: Pick<UserRecords, 'beginDeletion' | 'deleteAll' | 'finishDeletion'>;
  records: Pick<KeyRecords, 'listUnfinished' | 'find' | 'end' | 'release' | 'abandon' | 'finishIntent'>;
  gateway: Pick<GatewayKeys, 'delete' | 'findIdByName'>;
  directory: Pick<Directory, 'deleteUser'>;
  /** Undefined: nothing is sold. */
  billingWork?: Pick<BillingWork, 'end'> | undefined;
  clock: Clock;
}

/**
 * Deletes a user and everything of theirs. The intent is written first and deleted last, so an interrupted deletion is
 * finished by the reconciler, or by the user calling again. Finished steps are not repeated.
 * @param hasTime called before each step that may take long
 * @returns `unfinished` if the time was over before the end
 */
export async function deleteAccount(
  ports: DeleteAccountPorts,
  userId: string,
  hasTime: HasTime,
): Promise<'deleted' | 'unfinished'> {
  await ports.users.beginDeletion(userId, ports.clock.now(), { as: 'user' });
  return finish(ports, userId, hasTime);
}

/** From now on no new key can be created that the list would miss. */
async function finish(
  ports: DeleteAccountPorts,
  userId: string,
  hasTime: HasTime,
): Promise<'deleted' | 'unfinished'> {
  const { users, records, directory, clock } = ports;
  const left = await records.listUnfinished(userId);
  // First the gate refuses every key, which needs only the table; API Gateway is slow and may be unavailable.
  for (const record of left) {
    if (record.status === 'active') await records.end(record, 'revoked', clock.now());
  }
  for (const record of left) {
    if (!(await hasTime())) return 'unfinished';
    await removeKey(ports, record);
  }
  // Before the record is gone, which names the customer.
  if (!(await hasTime())) return 'unfinished';
  await ports.billingWork?.end(userId);
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
  // Read again, since the key may have been rotated after it was listed.
  const record = await ports.records.find(read.userId, read.keyId);
  if (record !== undefined) await finishEnd(ports, record);
}

/**
 * The same, for a call. A deletion that has begun will be finished, so later failures are reported as a delay and not as the
 * caller's fault.
 * @param by who deletes it; an admin's deletion also forgets what admins decided about the address
 * @throws DaypassError `service_unavailable` if the reconciler has to finish it, `user_suspended`
 */
export async function deleteAccountNow(
  ports: DeleteAccountPorts,
  userId: string,
  hasTime: () => boolean,
  by: DeletedBy,
): Promise<void> {
  const whose = by.as === 'user' ? 'Your' : 'The';
  // If this fails, nothing has begun.
  await ports.users.beginDeletion(userId, ports.clock.now(), by);
  const outcome = await finish(ports, userId, hasTime).catch((error: unknown) => {
    throw stillUnderWay(whose, error);
  });
  if (outcome === 'unfinished') throw stillUnderWay(whose);
}

function stillUnderWay(whose: string, cause?: unknown): DaypassError {
  return new DaypassError(
    'service_unavailable',
    `${whose} account is being deleted, which takes longer than this call may. It goes on by itself within minutes; you may also call again.`,
    { retryAfterSeconds: 60, cause },
  );
}
