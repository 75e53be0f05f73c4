import type { KeyNames } from '../../../core/metering/usage.ts';
import { itemKeys, type Table } from '../table.ts';
import { readItems } from '../table-reads.ts';

export function createDynamoKeyNames(table: Table): KeyNames {
  return {
    async of(userId, keyIds) {
      const records = await readItems(
        table,
        keyIds.map((keyId) => itemKeys.key(userId, keyId)),
      );
      return new Map(records.map(({ keyId, name }) => [String(keyId), String(name)]));
    },
  };
}
