import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../archive/item-json.ts';
import { kindNames, kindOf } from '../archive/item-kinds.ts';
import { say } from '../command.ts';
import type { Connection } from '../connect.ts';
import type { Deployment } from '../deployment.ts';
import { decide } from './decide.ts';
import { batchSize, type KeyFacts, nameOf, readHere } from './key-facts.ts';
import type { Source } from './open-source.ts';

export interface Counts {
  kinds: Map<string, { found: number; here: number; added: number; left: number }>;
  /** How many were left out, by why. */
  reasons: Map<string, number>;
}

const progressEvery = 5000;
/** At once; a table on demand takes thousands a second. */
const writes = 20;

/** Puts what the table lacks. What another put meanwhile stays. */
export async function restoreItems(
  connection: Connection,
  deployment: Deployment,
  { source, facts, dryRun }: { source: Source; facts: KeyFacts; dryRun: boolean },
): Promise<Counts> {
  const counts: Counts = { kinds: new Map(), reasons: new Map() };
  const client = connection.dynamoDb();
  const put = (item: Item) =>
    client
      .send(
        new PutItemCommand({
          TableName: deployment.tableName,
          Item: item,
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
  let seen = 0;
  const restore = async (batch: readonly Item[]) => {
    const here = await readHere(connection, deployment, batch);
    const missing: Item[] = [];
    for (const item of batch) {
      const kind = kindOf(item);
      const count = counts.kinds.get(kind.name) ?? { found: 0, here: 0, added: 0, left: 0 };
      counts.kinds.set(kind.name, count);
      count.found += 1;
      const decided = here.has(nameOf(item)) ? undefined : decide(item, kind, facts, Date.now());
      if (decided === undefined) count.here += 1;
      else if (typeof decided === 'string') {
        count.left += 1;
        counts.reasons.set(decided, (counts.reasons.get(decided) ?? 0) + 1);
      } else {
        count.added += 1;
        missing.push(decided);
      }
    }
    for (let at = 0; !dryRun && at < missing.length; at += writes)
      await Promise.all(missing.slice(at, at + writes).map(put));
    const before = Math.floor(seen / progressEvery);
    seen += batch.length;
    if (Math.floor(seen / progressEvery) > before) say(`${seen.toLocaleString('en-US')} records looked at …`);
  };
  let batch: Item[] = [];
  for await (const item of source.items()) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    await restore(batch);
    batch = [];
  }
  await restore(batch);
  const order = new Map(kindNames.map((name, at) => [name, at]));
  counts.kinds = new Map(
    [...counts.kinds].sort(([one], [other]) => (order.get(one) ?? 0) - (order.get(other) ?? 0)),
  );
  return counts;
}
