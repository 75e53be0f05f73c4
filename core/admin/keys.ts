import { DaypassError } from '../errors.ts';
import { describeKey, describeKeys } from '../keys/describe-key.ts';
import type { KeyMeters, KeyRecord, KeyRecords } from '../keys/ports.ts';
import { type EndKeyPorts, revokeKey } from '../keys/revoke-key.ts';
import type { Page } from '../page.ts';
import type { AllKeys } from './ports.ts';

export interface ListKeysPorts {
  allKeys: Pick<AllKeys, 'listLive'>;
  records: Pick<KeyRecords, 'listVisible'>;
  meters: Pick<KeyMeters, 'read'>;
}

/** Keys of one user, ended ones too, or keys of all users that have not ended. */
export async function listKeys(
  { allKeys, records, meters }: ListKeysPorts,
  { userId, ...page }: Page & { userId?: string | undefined },
  now: number,
) {
  const found = userId === undefined ? await allKeys.listLive(page) : await records.listVisible(userId, page);
  const described = await describeKeys(meters, found.records, now);
  return {
    data: described.map((key, at) => ({ ...key, userId: found.records[at]?.userId ?? '' })),
    nextCursor: found.nextCursor,
  };
}

export interface RevokeAnyKeyPorts extends EndKeyPorts {
  allKeys: Pick<AllKeys, 'ownerOf'>;
  records: EndKeyPorts['records'] & Pick<KeyRecords, 'find'>;
  onUndoFailed(step: string, keyId: string, error: unknown): void;
}

/** @throws DaypassError `not_found` for a key that has ended, too */
export async function revokeAnyKey(ports: RevokeAnyKeyPorts, keyId: string | undefined) {
  const record = await findLiveKey(ports, keyId);
  const revoked = await revokeKey(ports, record);
  return { ...describeKey(revoked, undefined, ports.clock.now()), userId: record.userId };
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
