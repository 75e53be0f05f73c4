import type { KeyRecords } from '../../../core/keys/ports.ts';
import type { Table } from '../table.ts';
import { createCreationWrites } from './creation-writes.ts';
import { createEndWrites } from './end-writes.ts';
import { createPlanChangeWrites } from './plan-change-writes.ts';
import { createRotationWrites } from './rotation-writes.ts';

type KeyWrites = Omit<KeyRecords, 'find' | 'findByHash' | 'listAll' | 'listUnfinished' | 'listVisible'>;

/** Every change of a key is one transaction, with its intent in it: nobody ever sees half of one. */
export function createKeyWrites(table: Table): KeyWrites {
  return {
    ...createCreationWrites(table),
    ...createRotationWrites(table),
    ...createPlanChangeWrites(table),
    ...createEndWrites(table),
  };
}
