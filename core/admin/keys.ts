import { DaypassError } from '../errors.ts';
import { describeKey, describeKeys } from '../keys/describe-key.ts';
import type { KeyMeters, KeyRecord, KeyRecords } from '../keys/ports.ts';
import { type EndKeyPorts, revokeKey } from '../keys/revoke-key.ts';
import type { Page } from '../page.ts';
import type { AdminUserRecords, AllKeys } from './ports.ts';

export interface ListKeysPorts {
  allKeys: Pick<AllKeys, 'listLive'>;
  records: Pick<KeyRecords, 'listVisible'>;
  meters: Pick<KeyMeters, 'read'>;
  users: Pick<AdminUserRecords, 'read'>;
}

/** Keys of one user, ended ones too, or keys of all users that have not ended. */
export async function listKeys(
  { allKeys, records, meters, users }: ListKeysPorts,
  { userId, ...page }: Page & { userId?: string | undefined },
  now: number,
) {
  const found = userId === undefined ? await allKeys.listLive(page) : await records.listVisible(userId, page);
  const userIds = [...new Set(found.records.map((record) => record.userId))];
  const [described, people] = await Promise.all([
    describeKeys(meters, found.records, now),
    users.read(userIds),
  ]);
  return {
    data: described.map((key, at) => withUser(key, found.records[at]?.userId ?? '', people)),
    nextCursor: found.nextCursor,
  };
}

/** As the audit trail, keys know their users' ids alone. */
function withUser<Key>(key: Key, userId: string, people: ReadonlyMap<string, { email: string }>) {
  return { ...key, userId, userEmail: people.get(userId)?.email || null };
}

export interface RevokeAnyKeyPorts extends EndKeyPorts {
  allKeys: Pick<AllKeys, 'ownerOf'>;
  records: EndKeyPorts['records'] & Pick<KeyRecords, 'find'>;
  users: Pick<AdminUserRecords, 'read'>;
  onUndoFailed(step: string, keyId: string, error: unknown): void;
}

/** @throws DaypassError `not_found` for a key that has ended, too */
export async function revokeAnyKey(ports: RevokeAnyKeyPorts, keyId: string | undefined) {
  const record = await findLiveKey(ports, keyId);
  const revoked = await revokeKey(ports, record);
  const people = await ports.users.read([record.userId]);
  return withUser(describeKey(revoked, undefined, ports.clock.now()), record.userId, people);
}

async function findLiveKey(
  { allKeys, records }: Pick<RevokeAnyKeyPorts, 'allKeys' | 'records'>,
  keyId: string | undefined,
): Promise<KeyRecord> {
  const userId = keyId === undefined ? undefined : await allKeys.ownerOf(keyId);
  const record = userId === undefined ? undefined : await records.find(userId, keyId ?? '');
  if (record?.status === 'active') return record;
  throw new DaypassError(
    'not_found',
    'There is no such key, or it has ended. GET /v1/admin/api-keys lists them.',
  );
}
