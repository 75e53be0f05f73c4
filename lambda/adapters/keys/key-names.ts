import type { KeyNames } from '../../../core/metering/usage.ts';
import { readItems } from '../batch-read.ts';
import { itemKeys, type Table } from '../table.ts';

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
