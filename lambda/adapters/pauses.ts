import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { PassesUnderWay, PassUnderWay, Pause, Pauses } from '../../core/reconcile/ports.ts';
import { itemKeys, type Table } from './table.ts';

/** The reconciler's pauses, an item each. Reads are consistent: once one has begun, a pass changes nothing more. */
export function createPauses(table: Table): Pauses {
  const { name: TableName, documents } = table;
  return {
    async list() {
      const pauses = (await itemsOf(table, itemKeys.pause(''))).map(toPause);
      return pauses.sort((one, other) => one.since - other.since);
    },
    async begin({ id, since, by, reason = '' }) {
      const { Attributes = {} } = await documents.send(
        new UpdateCommand({
          TableName,
          Key: itemKeys.pause(id),
          UpdateExpression:
            'SET since = if_not_exists(since, :since), pausedBy = if_not_exists(pausedBy, :by), reason = if_not_exists(reason, :reason)',
          ExpressionAttributeValues: { ':since': since, ':by': by, ':reason': reason },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return toPause(Attributes);
    },
    async end(id) {
      await documents.send(new DeleteCommand({ TableName, Key: itemKeys.pause(id) }));
    },
  };
}

/** A pass writes its item before it reads the pauses, so that whoever reads the items after a pause misses none. */
export function createPassesUnderWay(table: Table): PassesUnderWay {
  const { name: TableName, documents } = table;
  return {
    async list(now) {
      const items = await itemsOf(table, itemKeys.passUnderWay(''));
      // One that crashed has left its item, which DynamoDB deletes some time later.
      return items.map(toPass).filter(({ endsAt }) => endsAt > now);
    },
    async begin({ id, since, endsAt }) {
      const ttl = Math.ceil(endsAt / 1000);
      const Item = { ...itemKeys.passUnderWay(id), since, endsAt, ttl };
      await documents.send(new PutCommand({ TableName, Item }));
    },
    async end(id) {
      await documents.send(new DeleteCommand({ TableName, Key: itemKeys.passUnderWay(id) }));
    },
  };
}

type Item = Record<string, unknown>;

/** @param sk how the items' sort keys begin */
async function itemsOf({ name, documents }: Table, { pk, sk }: { pk: string; sk: string }): Promise<Item[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ConsistentRead: true,
    }),
  );
  return Items;
}

const idOf = ({ sk }: Item) => String(sk).replace(/^[A-Z]+#/, '');

function toPause(item: Item): Pause {
  const reason = item.reason ? String(item.reason) : undefined;
  return { id: idOf(item), since: Number(item.since), by: String(item.pausedBy), reason };
}

function toPass(item: Item): PassUnderWay {
  return { id: idOf(item), since: Number(item.since), endsAt: Number(item.endsAt) };
}
