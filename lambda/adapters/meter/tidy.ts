import type { Leftovers } from '../../../core/metering/ports.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { isNamed } from '../transact.ts';

/** From this many leftovers on, the item is tidied. */
const tolerance = 12;
/** An expression has at most 4 KB; later calls remove the rest. */
const mostAtOnce = 100;

/** Removes leftovers after a call, so that the metering item stays within one write unit (1 KB) or two. */
export async function tidy(
  table: HotTable,
  { meterId, leftovers }: { meterId: string; leftovers: Leftovers },
): Promise<void> {
  if (leftovers.windowIds.length + leftovers.chargeIds.length < tolerance) return;
  const windowIds = leftovers.windowIds.slice(0, mostAtOnce);
  const chargeIds = leftovers.chargeIds.slice(0, mostAtOnce);
  const names = Object.fromEntries(windowIds.map((id, index) => [`#w${index}`, id]));
  const remove = windowIds.length > 0 ? `REMOVE ${Object.keys(names).join(', ')}` : '';
  const forget = chargeIds.length > 0 ? 'DELETE charged :ids' : '';
  const update = {
    TableName: table.name,
    Key: itemKeys.meter(meterId),
    ConditionExpression: 'attribute_exists(pk)',
    UpdateExpression: `${remove} ${forget}`.trim(),
    ...(windowIds.length > 0 && { ExpressionAttributeNames: names }),
    ...(chargeIds.length > 0 && { ExpressionAttributeValues: { ':ids': new Set(chargeIds) } }),
  };
  await table.items.update(update).catch((error: unknown) => {
    // The key was revoked meanwhile, or a transaction is in the way, which leaves it to the next call.
    const passes =
      isNamed(error, 'ConditionalCheckFailedException') || isNamed(error, 'TransactionConflictException');
    if (!passes) throw error;
  });
}
