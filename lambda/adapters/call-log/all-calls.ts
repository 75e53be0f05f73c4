import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AllCalls, AllCallsQuery, UserCall } from '../../../core/metering/call-log.ts';
import { dayMs, dayOf } from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';
import { cursorOf, matches, readCursor, toCall } from './call-log.ts';
import { callShards, callsIndex, callsOfDay } from './ledger.ts';

type Item = Record<string, unknown>;

/** Lines that a filtered page reads at most, and days that any page looks through. */
const mostRead = 2000;
const mostDays = 14;

/** The lines of all users' calls, day by day, through the index that has them by their day. */
export function createAllCalls(table: Table): AllCalls {
  return {
    async list(query) {
      const cursor = readCursor(query);
      if (query.from > query.to || (cursor !== undefined && cursor.at < query.from))
        return { calls: [], nextCursor: null };
      const found: UserCall[] = [];
      let read = 0;
      let below = cursor?.sk;
      let day = dayOf(cursor?.at ?? query.to);
      for (let days = 0; days < mostDays; days += 1) {
        let last: string | undefined;
        for await (const item of linesOfDay(table, query, day, below)) {
          if (found.length === query.limit || read === mostRead)
            return { calls: found, nextCursor: last ?? query.cursor ?? null };
          read += 1;
          last = cursorOf(item);
          const call = { ...toCall(item), userId: userOf(item) };
          if (matches(call, query)) found.push(call);
        }
        if (day <= dayOf(query.from)) return { calls: found, nextCursor: null };
        // Everything of the day has been listed: the next page begins below its first moment.
        below = undefined;
        const begins = `${day}T00:00:00.000Z~0`;
        if (found.length === query.limit || days === mostDays - 1)
          return { calls: found, nextCursor: begins };
        day = dayOf(Date.parse(day) - dayMs);
      }
      return { calls: found, nextCursor: null };
    },
  };
}

/** Newest first, merged from the shards. @param below a sort key: only lines before it */
async function* linesOfDay(
  table: Table,
  query: AllCallsQuery,
  day: string,
  below: string | undefined,
): AsyncIterable<Item> {
  const heads = await Promise.all(
    Array.from({ length: callShards }, async (_, shard) => {
      const lines = linesOfShard(table, query, callsOfDay(day, shard), below)[Symbol.asyncIterator]();
      return { lines, next: await lines.next() };
    }),
  );
  for (;;) {
    const left = heads.filter(({ next }) => next.done !== true);
    const [first] = left.sort((one, other) =>
      String((one.next.value as Item).sk) < String((other.next.value as Item).sk) ? 1 : -1,
    );
    if (first === undefined) return;
    yield first.next.value as Item;
    first.next = await first.lines.next();
  }
}

async function* linesOfShard(
  table: Table,
  { from, to, limit }: AllCallsQuery,
  partition: string,
  below: string | undefined,
): AsyncIterable<Item> {
  const { sk: first } = itemKeys.ledger('', new Date(from).toISOString(), '');
  // '~' sorts after every character of a charge's id.
  const last = below ?? itemKeys.ledger('', new Date(to).toISOString(), '~').sk;
  let start: Item | undefined;
  do {
    const page = await table.documents.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: callsIndex,
        KeyConditionExpression: 'callsOn = :on AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':on': partition, ':from': first, ':to': last },
        ScanIndexForward: false,
        Limit: Math.max(20, Math.ceil((2 * limit) / callShards)),
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of page.Items ?? []) if (item.sk !== below) yield item;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

const users = itemKeys.user('').pk;

function userOf({ pk }: Item): string {
  return String(pk).slice(users.length);
}
