import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isKeyId } from '../../../core/keys/key-id.ts';
import {
  plusUsage,
  type UsageDay,
  type UsageQuery,
  type UsageRecords,
} from '../../../core/metering/usage.ts';
import { findRecord } from '../keys/find-record.ts';
import { keysOf } from '../keys/key-records.ts';
import { itemKeys, type Table } from '../table.ts';
import { invalidCursor, readItems } from '../table-reads.ts';
import { usageOn } from './day-usage.ts';

/** Usage is in rows, and that of the day in which a key was last used on its metering item: see day-usage.ts. */
export function createDynamoUsage(table: Table): UsageRecords {
  return {
    async list(query) {
      const start = readCursor(query);
      for (;;) {
        const current = await currentDays(table, query);
        const rows = await readRows(table, query, start);
        // A day that was moved to its row in between would be counted twice.
        const after = current.length === 0 ? [] : await currentDays(table, query);
        if (current.some((day) => !after.some((other) => isSameDay(day, other)))) continue;
        const days = sumOf(
          rows,
          current.filter((day) => start === undefined || sortKeyOf(day) < start),
        );
        const page = days.slice(0, query.limit);
        const last = page.at(-1);
        const more = days.length > query.limit && last !== undefined;
        return { days: page, nextCursor: more ? `${last.date}~${last.keyId}` : null };
      }
    },
  };
}

/** Date and key id, by which rows sort. */
const sortKeyOf = ({ date, keyId }: Pick<UsageDay, 'date' | 'keyId'>) => `${date}~${keyId}`;
const isSameDay = (one: UsageDay, other: UsageDay) => sortKeyOf(one) === sortKeyOf(other);

/** The last day of the page before. DynamoDB refuses a start outside the queried range. */
function readCursor({ cursor, from, to }: UsageQuery): string | undefined {
  if (cursor === undefined) return undefined;
  const [, date = '', keyId = ''] = /^(\d{4}-\d{2}-\d{2})~(.+)$/.exec(cursor) ?? [];
  if (!isKeyId(keyId) || date < from || date > to) throw invalidCursor();
  return cursor;
}

/** What is on the metering items of the user's keys. */
async function currentDays(table: Table, { userId, keyId, from, to }: UsageQuery): Promise<UsageDay[]> {
  const records =
    keyId === undefined
      ? (await Array.fromAsync(keysOf(table, userId))).flat()
      : [await findRecord(table, { userId, keyId })];
  const meters = records.flatMap((record) => {
    const id = record?.meterId ?? record?.apiKeyId;
    // That of a key whose end is complete is in rows.
    return id === undefined || (record?.status !== 'active' && record?.closing !== true) ? [] : [id];
  });
  const items = await readItems(table, meters.map(itemKeys.meter));
  return items
    .flatMap((item) =>
      usageOn(item).map(({ date, amounts }) => toDay({ keyId: item.keyId, date, ...amounts })),
    )
    .filter(({ date }) => date >= from && date <= to);
}

/** As many as the page needs, and one more. Rows of one key are filtered from all that are read, so no page size fits. */
async function readRows(table: Table, query: UsageQuery, start: string | undefined): Promise<UsageDay[]> {
  const { pk, sk } = itemKeys.usage(query.userId, query.from, '');
  const [date = '', keyId = ''] = start?.split('~') ?? [];
  const pages = paginateQuery(
    {
      client: table.documents,
      ...(start !== undefined && { startingToken: itemKeys.usage(query.userId, date, keyId) }),
      ...(query.keyId === undefined && { pageSize: query.limit + 1 }),
    },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': pk,
        ':from': sk,
        // '~' sorts after every character of a key id.
        ':to': itemKeys.usage(query.userId, query.to, '~').sk,
        ...(query.keyId !== undefined && { ':keyId': query.keyId }),
      },
      ...(query.keyId !== undefined && { FilterExpression: 'keyId = :keyId' }),
      ScanIndexForward: false,
      ConsistentRead: true,
    },
  );
  const rows: UsageDay[] = [];
  for await (const page of pages) {
    rows.push(...(page.Items ?? []).map(toDay));
    if (rows.length > query.limit) break;
  }
  return rows;
}

/** Newest first. */
function sumOf(rows: readonly UsageDay[], current: readonly UsageDay[]): UsageDay[] {
  const days = new Map(rows.map((row) => [sortKeyOf(row), row]));
  for (const day of current) {
    const row = days.get(sortKeyOf(day));
    days.set(sortKeyOf(day), row === undefined ? day : plusUsage(row, day));
  }
  return [...days.values()].sort((one, other) => (sortKeyOf(one) < sortKeyOf(other) ? 1 : -1));
}

function toDay(item: Record<string, unknown>): UsageDay {
  const amount = (name: string) => Number(item[name] ?? 0);
  return {
    date: String(item.date),
    keyId: String(item.keyId),
    requests: amount('requests'),
    refused: amount('refused'),
    inputTokens: amount('inputTokens'),
    outputTokens: amount('outputTokens'),
    cachedTokens: amount('cachedTokens'),
    costNanoDollars: amount('costNanoDollars'),
  };
}
