import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { AuditEvent, AuditLog, AuditQuery } from '../../../core/audit.ts';
import { dayMs, dayOf } from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';
import { invalidCursor } from '../table-reads.ts';

export function createAuditLog(table: Table): AuditLog {
  return {
    async list(query) {
      const events: AuditEvent[] = [];
      for await (const page of pagesOf(table, query)) {
        events.push(...page);
        if (events.length > query.limit) break;
      }
      const shown = events.slice(0, query.limit);
      const last = shown.at(-1);
      const more = events.length > query.limit && last !== undefined;
      return { events: shown, nextCursor: more ? `${new Date(last.at).toISOString()}~${last.id}` : null };
    },
  };
}

/** Of a person, one list; otherwise the lists of the days, the newest first. */
async function* pagesOf(table: Table, query: AuditQuery): AsyncIterable<AuditEvent[]> {
  const person = query.subject ?? query.actor;
  const after = readCursor(query);
  const lists =
    person === undefined
      ? daysBack(query.from, after?.day ?? query.to).map(
          (day) => (time: string, id: string) => itemKeys.auditDay(day, time, id),
        )
      : [(time: string, id: string) => itemKeys.auditUser(person, time, id)];
  for (const [at, keyOf] of lists.entries()) {
    const start = after && at === 0 ? keyOf(after.time, after.id) : undefined;
    yield* pagesOfList(table, query, keyOf, start);
  }
}

async function* pagesOfList(
  table: Table,
  { from, to, actor, subject, limit }: AuditQuery,
  keyOf: (time: string, id: string) => { pk: string; sk: string },
  start: Record<string, unknown> | undefined,
): AsyncIterable<AuditEvent[]> {
  const filters = [
    ...(actor === undefined ? [] : ['actorId = :actor']),
    ...(subject === undefined ? [] : ['userId = :subject']),
  ];
  const { pk, sk } = keyOf(from, '');
  const pages = paginateQuery(
    {
      client: table.documents,
      ...(filters.length === 0 && { pageSize: limit + 1 }),
      ...(start !== undefined && { startingToken: start }),
    },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': pk,
        ':from': sk,
        // 'U' sorts after the 'T' of every time of the day.
        ':to': keyOf(`${to}U`, '').sk,
        ...(actor !== undefined && { ':actor': actor }),
        ...(subject !== undefined && { ':subject': subject }),
      },
      ...(filters.length > 0 && { FilterExpression: filters.join(' AND ') }),
      ScanIndexForward: false,
    },
  );
  for await (const { Items = [] } of pages) yield Items as unknown as AuditEvent[];
}

function readCursor({ cursor, from, to }: AuditQuery) {
  if (cursor === undefined) return undefined;
  const [, time = '', id = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~(evt_[0-9a-f]{20})$/.exec(cursor) ?? [];
  const day = time.slice(0, 10);
  // DynamoDB refuses a start outside of the queried range.
  if (time === '' || day < from || day > to) throw invalidCursor();
  return { time, id, day };
}

function daysBack(from: string, to: string): string[] {
  const days: string[] = [];
  for (let time = Date.parse(to); time >= Date.parse(from); time -= dayMs) days.push(dayOf(time));
  return days;
}
