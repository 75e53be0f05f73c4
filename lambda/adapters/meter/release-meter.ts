import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type LeftCounters, revValue, unchanged } from '../keys/places.ts';
import { itemKeys, type Table } from '../table.ts';
import type { Write } from '../transact.ts';
import { keptCounters } from './counter-names.ts';
import type { MeterItem } from './item.ts';

export async function readMeter(table: Table, meterId: string): Promise<MeterItem | undefined> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.name, Key: itemKeys.meter(meterId), ConsistentRead: true }),
  );
  return Item as MeterItem | undefined;
}

/** What a metering item leaves to its key's place. */
export function leftBy(meter: MeterItem | undefined, now = 0): LeftCounters | undefined {
  if (meter === undefined) return undefined;
  return { counters: keptCounters(meter as unknown as Record<string, unknown>, now), limits: meter.limits };
}

/** Deletes a metering item only if it is as it was read, so that no call counted since is lost with it. */
export function deleteMeter(table: Table, meterId: string, read: MeterItem | undefined): Write {
  const values = revValue(read ?? {});
  return {
    Delete: {
      TableName: table.name,
      Key: itemKeys.meter(meterId),
      ConditionExpression: read === undefined ? 'attribute_not_exists(pk)' : unchanged(read),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
  };
}
