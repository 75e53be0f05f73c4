import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Pause, Pauses } from '../../core/reconcile/ports.ts';
import { itemKeys, type Table } from './table.ts';

/** The reconciler's pause, one item. Reads are consistent: once it is begun, no step of a pass begins. */
export function createPauses({ name: TableName, documents }: Table): Pauses {
  const Key = itemKeys.pause();
  return {
    async read() {
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return toPause(Item);
    },
    async begin({ since, by, reason = '' }) {
      const { Attributes } = await documents.send(
        new UpdateCommand({
          TableName,
          Key,
          UpdateExpression:
            'SET since = if_not_exists(since, :since), pausedBy = if_not_exists(pausedBy, :by), reason = if_not_exists(reason, :reason)',
          ExpressionAttributeValues: { ':since': since, ':by': by, ':reason': reason },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return toPause(Attributes) ?? { since, by, reason };
    },
    async end() {
      const { Attributes } = await documents.send(
        new DeleteCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }),
      );
      return toPause(Attributes);
    },
  };
}

function toPause(item: Record<string, unknown> | undefined): Pause | undefined {
  if (item === undefined) return undefined;
  const reason = item.reason ? String(item.reason) : undefined;
  return { since: Number(item.since), by: String(item.pausedBy), reason };
}
