import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isKeyId } from '../../../core/keys/key-id.ts';
import type { UsageDay, UsageQuery, UsageRecords } from '../../../core/metering/usage.ts';
import { itemKeys, type Table } from '../table.ts';
import { invalidCursor } from '../table-reads.ts';

export function createDynamoUsage(table: Table): UsageRecords {
  return {
    async list(query) {
      const days: UsageDay[] = [];
      for await (const rows of rowsOf(table, query)) {
        days.push(...rows.map(toUsageDay));
        if (days.length > query.limit) break;
      }
      const page = days.slice(0, query.limit);
      const last = page.at(-1);
      const more = days.length > query.limit && last !== undefined;
      return { days: page, nextCursor: more ? `${last.date}~${last.keyId}` : null };
    },
  };
}

/** The sort key consists of date and key id, so a page's last row gives the start of the next page. */
function startOf({ userId, cursor, from, to }: UsageQuery): Record<string, unknown> | undefined {
  if (cursor === undefined) return undefined;
  const [, date = '', keyId = ''] = /^(\d{4}-\d{2}-\d{2})~(.+)$/.exec(cursor) ?? [];
  // DynamoDB refuses a start outside the queried range.
  if (!isKeyId(keyId) || date < from || date > to) throw invalidCursor();
  return itemKeys.usage(userId, date, keyId);
}

/** Page by page. Rows of one key are filtered from all that are read, so no page size fits. */
async function* rowsOf(table: Table, query: UsageQuery): AsyncIterable<Record<string, unknown>[]> {
  const from = itemKeys.usage(query.userId, query.from, '');
  const start = startOf(query);
  const pages = paginateQuery(
    {
      client: table.documents,
      ...(start !== undefined && { startingToken: start }),
      ...(query.keyId === undefined && { pageSize: query.limit + 1 }),
    },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': from.pk,
        ':from': from.sk,
        // '~' sorts after every character of a key id.
        ':to': itemKeys.usage(query.userId, query.to, '~').sk,
        ...(query.keyId !== undefined && { ':keyId': query.keyId }),
      },
      ...(query.keyId !== undefined && { FilterExpression: 'keyId = :keyId' }),
      ScanIndexForward: false,
    },
  );
  for await (const page of pages) yield page.Items ?? [];
}

function toUsageDay(item: Record<string, unknown>): UsageDay {
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
