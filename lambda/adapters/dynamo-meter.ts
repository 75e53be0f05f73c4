import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SharedLimits } from '../../core/catalog.ts';
import type { Charge, Meter } from '../../core/metering.ts';
import { beforeModelMs, within } from './call-time.ts';
import { countRefusal, refund, settle } from './dynamo-meter-books.ts';
import { charge } from './dynamo-meter-charge.ts';
import { createSpendCeiling, refuseBySpend, type SpendReading } from './dynamo-spend.ts';
import { itemKeys, type Table } from './table.ts';

/** Past this many left-over entries the item is tidied in passing. */
const leftoverTolerance = 12;

/**
 * @param limits those beyond a key; where none but spend is limited, every charge is one write
 * @param onSpendRead told whenever the day's spend was read
 */
export function createDynamoMeter(
  table: Table,
  limits: SharedLimits = {},
  onSpendRead: (reading: SpendReading) => void = () => {},
): Meter {
  const spend = createSpendCeiling(table, limits, onSpendRead);
  return {
    charge: (request) =>
      within(beforeModelMs, async () =>
        (await spend?.isReached(request.now))
          ? refuseBySpend(table, request)
          : charge(table, limits, request),
      ),
    refund: (charge, model, reason) => refund(table, charge, model, reason),
    async settle(settlement) {
      await settle(table, settlement, spend);
      await tidy(table, settlement.charge);
    },
    countRefusal: countRefusal(table),
  };
}

/** Once in a while, so that the metering item stays within one write unit (1 KB). */
async function tidy(table: Table, charge: Pick<Charge, 'meterId' | 'leftovers'>): Promise<void> {
  const { windowIds, chargeIds } = charge.leftovers;
  if (windowIds.length + chargeIds.length < leftoverTolerance) return;
  const names = Object.fromEntries(windowIds.map((id, index) => [`#w${index}`, id]));
  const remove = windowIds.length > 0 ? `REMOVE ${Object.keys(names).join(', ')}` : '';
  const forget = chargeIds.length > 0 ? 'DELETE charged :ids' : '';
  const command = new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.meter(charge.meterId),
    ConditionExpression: 'attribute_exists(pk)',
    UpdateExpression: `${remove} ${forget}`.trim(),
    ...(windowIds.length > 0 && { ExpressionAttributeNames: names }),
    ...(chargeIds.length > 0 && { ExpressionAttributeValues: { ':ids': new Set(chargeIds) } }),
  });
  await table.documents.send(command).catch((error: unknown) => {
    // Nothing to do when the key was revoked meanwhile; a transaction in the way leaves it to the next call.
    const passes =
      error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
    if (!passes) throw error;
  });
}
