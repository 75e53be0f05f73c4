import type { KeyRecords } from '../../../core/keys/ports.ts';
import type { Table } from '../table.ts';
import { createCreationWrites } from './creation-writes.ts';
import { createEndWrites } from './end-writes.ts';
import { createKeyLists } from './key-lists.ts';
import { createKeyReads } from './key-records.ts';
import { createPlanChangeWrites } from './plan-change-writes.ts';
import { createRotationWrites } from './rotation-writes.ts';
import { createSettingsWrites } from './settings-writes.ts';

/**
 * Everything that the table does for keys, for the reconciler; a route takes only the parts that it needs. Every change of a
 * key is one transaction that includes its intent, so that no half change is ever seen.
 */
export function createDynamoKeys(table: Table): KeyRecords {
  return {
    ...createKeyReads(table),
    ...createKeyLists(table),
    ...createCreationWrites(table),
    ...createRotationWrites(table),
    ...createPlanChangeWrites(table),
    ...createSettingsWrites(table),
    ...createEndWrites(table),
  };
}
