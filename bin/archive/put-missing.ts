import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { say, table } from '../command.ts';
import type { Connection } from '../connect.ts';
import type { Deployment } from '../deployment.ts';
import type { Item } from './item-json.ts';
import { type ItemKind, kindNames, kindOf } from './item-kinds.ts';
import { batchSize, nameOf, readHere } from './read-here.ts';

export interface Counts {
  kinds: Map<string, { found: number; here: number; added: number; left: number }>;
  /** How many were left out, by why. */
  reasons: Map<string, number>;
}

const progressEvery = 5000;
/** At the same time. An on-demand table takes thousands a second. */
const writes = 20;

/**
 * Puts what the table lacks. What is there stays as it is, also what comes to be there meanwhile.
 * @param decide the item as it is to be put; a text says why it is left out
 */
export async function putMissing(
  connection: Connection,
  deployment: Deployment,
  items: AsyncIterable<Item>,
  { decide, dryRun }: { decide(item: Item, kind: ItemKind): Promise<Item | string>; dryRun: boolean },
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
  const putBatch = async (batch: readonly Item[]) => {
    const decisions = await Promise.all(
      batch.map(async (item) => {
        const kind = kindOf(item);
        return { kind, decided: await decide(item, kind) };
      }),
    );
    const wanted = decisions.flatMap(({ decided }) => (typeof decided === 'string' ? [] : [decided]));
    const here = await readHere(connection, deployment, wanted);
    const missing: Item[] = [];
    for (const { kind, decided } of decisions) {
      const count = counts.kinds.get(kind.name) ?? { found: 0, here: 0, added: 0, left: 0 };
      counts.kinds.set(kind.name, count);
      count.found += 1;
      if (typeof decided === 'string') {
        count.left += 1;
        counts.reasons.set(decided, (counts.reasons.get(decided) ?? 0) + 1);
      } else if (here.has(nameOf(decided))) count.here += 1;
      else {
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
  for await (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    await putBatch(batch);
    batch = [];
  }
  await putBatch(batch);
  const order = new Map(kindNames.map((name, at) => [name, at]));
  counts.kinds = new Map(
    [...counts.kinds].sort(([one], [other]) => (order.get(one) ?? 0) - (order.get(other) ?? 0)),
  );
  return counts;
}

export function printCounts(counts: Counts, dryRun: boolean): void {
  const rows = [...counts.kinds].map(
    ([name, { found, here, added, left }]) => [name, found, here, here + added, left] as const,
  );
  const sum = (at: 1 | 2 | 3 | 4) => rows.reduce((total, row) => total + row[at], 0);
  const after = dryRun ? 'would be here' : 'here now';
  const head = ['', 'in the file or table', 'here before', after, 'left out'];
  for (const line of table([head, ...rows, ['all', sum(1), sum(2), sum(3), sum(4)]])) say(line);
  for (const [reason, count] of counts.reasons) say(`left out ${count}: ${reason}`);
}
