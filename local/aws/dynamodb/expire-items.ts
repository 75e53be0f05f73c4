import type { Clock } from '../../clock.ts';
import { type CallEngine, EngineError } from './engine-client.ts';

type Item = Record<string, Record<string, unknown>>;

export interface ExpiringTable {
  name: string;
  keyAttributes: string[];
  timeToLiveAttribute: string;
}

const pageItems = 1_000;
const parallelDeletes = 8;
const fiveYearsSeconds = 5 * 365 * 24 * 60 * 60;

/**
 * Deletes what has expired by `clock`, as DynamoDB does with a delay: numbers only, and nothing that claims to
 * have expired more than five years ago.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 * @returns how many items it deleted
 */
export async function expireItems(call: CallEngine, clock: Clock, table: ExpiringTable): Promise<number> {
  const nowSeconds = Math.floor(clock.now() / 1000);
  const expired = {
    ExpressionAttributeNames: { '#ttl': table.timeToLiveAttribute },
    ExpressionAttributeValues: {
      ':now': { N: String(nowSeconds) },
      ':oldest': { N: String(nowSeconds - fiveYearsSeconds) },
      ':number': { S: 'N' },
    },
  };
  const condition = 'attribute_type(#ttl, :number) AND #ttl < :now AND #ttl > :oldest';
  const remove = async (item: Item) => {
    try {
      // Under the same condition: its expiry may have been postponed since it was read.
      await call('DeleteItem', {
        TableName: table.name,
        Key: Object.fromEntries(table.keyAttributes.map((name) => [name, item[name]])),
        ConditionExpression: condition,
        ...expired,
      });
      return 1;
    } catch (error) {
      if (error instanceof EngineError && error.code === 'ConditionalCheckFailedException') return 0;
      throw error;
    }
  };

  let deleted = 0;
  let from: Item | undefined;
  do {
    const page = await call<{ Items: Item[]; LastEvaluatedKey?: Item }>('Scan', {
      TableName: table.name,
      Limit: pageItems,
      FilterExpression: condition,
      ...expired,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    for (let index = 0; index < page.Items.length; index += parallelDeletes) {
      const counts = await Promise.all(page.Items.slice(index, index + parallelDeletes).map(remove));
      deleted += counts.reduce<number>((sum, count) => sum + count, 0);
    }
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return deleted;
}
