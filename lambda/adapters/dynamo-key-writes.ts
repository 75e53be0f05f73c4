import type { KeyRecords } from '../../core/ports.ts';
import { createCreationWrites } from './dynamo-creation-writes.ts';
import { createEndWrites } from './dynamo-end-writes.ts';
import { createPlanChangeWrites } from './dynamo-plan-change-writes.ts';
import { createRotationWrites } from './dynamo-rotation-writes.ts';
import type { Table } from './table.ts';

type KeyWrites = Omit<KeyRecords, 'find' | 'findByHash' | 'listAll' | 'listUnsettled' | 'listVisible'>;

/** Every change of a key is one transaction, with its intent in it: nobody ever sees half of one. */
export function createKeyWrites(table: Table): KeyWrites {
  return {
    ...createCreationWrites(table),
    ...createRotationWrites(table),
    ...createPlanChangeWrites(table),
    ...createEndWrites(table),
  };
}
