import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ErrorCode } from '../../../core/errors.ts';
import type {
  AllCallsQuery,
  CallLog,
  CallQuery,
  LoggedCall,
  LoggedMark,
} from '../../../core/metering/call-log.ts';
import { itemKeys, type Table } from '../table.ts';
import { invalidCursor } from '../table-reads.ts';

type Item = Record<string, unknown>;

/** Rows of a filtered page that are read at once, and altogether: one for each 8 to 20 that a read unit covers. */
const batchSize = 250;
const mostRead = 1000;

/** The ledger's lines of a user, by time. */
export function createDynamoCallLog(table: Table): CallLog {
  return {
    async list(query) {
      const cursor = readCursor(query);
      // DynamoDB refuses both. Calls as old as these are no longer kept.
      const isPast = query.from > query.to || (cursor !== undefined && cursor.at < query.from);
      if (isPast) return { calls: [], nextCursor: null };
      const found: LoggedCall[] = [];
      const ids: string[] = [];
      let start: Item | undefined = cursor && { pk: itemKeys.user(query.userId).pk, sk: cursor.sk };
      let last: string | undefined;
      for (let read = 0; read < mostRead; ) {
        const { Items = [], LastEvaluatedKey } = await readRows(table, query, start);
        for (const item of Items) {
          const call = toCall(item);
          last = cursorOf(item);
          if (!matches(call, query)) continue;
          found.push(call);
          ids.push(last);
          if (found.length > query.limit) {
            return { calls: found.slice(0, query.limit), nextCursor: ids[query.limit - 1] ?? null };
          }
        }
        if (LastEvaluatedKey === undefined) return { calls: found, nextCursor: null };
        start = LastEvaluatedKey;
        read += Items.length;
      }
      return { calls: found, nextCursor: last ?? null };
    },
  };
}

function readRows(table: Table, query: CallQuery, start: Item | undefined) {
  const { userId, from, to, limit } = query;
  const isFiltered = [query.keyId, query.model, query.matchesCode].some((filter) => filter !== undefined);
  const first = itemKeys.ledger(userId, new Date(from).toISOString(), '');
  return table.documents.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': first.pk,
        ':from': first.sk,
        // '~' sorts after every character of a charge's id.
        ':to': itemKeys.ledger(userId, new Date(to).toISOString(), '~').sk,
      },
      ScanIndexForward: false,
      Limit: isFiltered ? batchSize : limit + 1,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    }),
  );
}

export function matches(call: LoggedCall, { keyId, model, matchesCode }: AllCallsQuery): boolean {
  return (
    // A line from when calls were not kept.
    call.requestId !== '' &&
    (keyId === undefined || call.keyId === keyId) &&
    (model === undefined || call.model === model) &&
    (matchesCode === undefined || matchesCode(call.code))
  );
}

/** A line's sort key: the time, and the id of the charge or the refusal. */
const lineForm = /^LEDGER#(.+)#([^#]+)$/;

export function cursorOf({ sk }: Item): string {
  const [, time, id] = lineForm.exec(String(sk)) ?? [];
  return `${time}~${id}`;
}

/** @returns the time and the sort key of the page's last line */
export function readCursor({ cursor, to }: AllCallsQuery): { at: number; sk: string } | undefined {
  if (cursor === undefined) return undefined;
  const [, time = '', id = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([\w:-]{1,40})$/.exec(cursor) ?? [];
  const at = Date.parse(time);
  // DynamoDB refuses a start outside the queried range.
  if (Number.isNaN(at) || at > to) throw invalidCursor();
  return { at, sk: itemKeys.ledger('', time, id).sk };
}

export function toCall(item: Item): LoggedCall {
  const amount = (name: string) => Number(item[name] ?? 0);
  const [, time = ''] = lineForm.exec(String(item.sk)) ?? [];
  return {
    at: Date.parse(time),
    requestId: String(item.requestId ?? ''),
    keyId: String(item.keyId ?? ''),
    route: item.route as string | undefined,
    model: (item.model as string | undefined) || undefined,
    code: item.code as ErrorCode | undefined,
    mark: item.mark as LoggedMark,
    msToFirstToken: item.msToFirstToken as number | undefined,
    endedAt: item.endedAt as number | undefined,
    inputTokens: amount('inputTokens'),
    outputTokens: amount('outputTokens'),
    cachedTokens: amount('cachedTokens'),
    costNanoDollars: amount('costNanoDollars'),
    count: Number(item.count ?? 1),
  };
}
