import type { KeyRecord } from '../../../core/keys/ports.ts';
import { itemKeys, type Table } from '../table.ts';
import type { Write } from '../transact.ts';

/** A value works until it is rotated away or its key ends: for the metering write, longer than any clock. */
export const noEnd = Number.MAX_SAFE_INTEGER;

/** The look-up of a key by its value's hash. */
export function putHash(table: Table, { userId, keyId }: KeyRecord, valueHash: string): Write {
  return { Put: { TableName: table.name, Item: { ...itemKeys.hash(valueHash), userId, keyId } } };
}
