import { randomBytes } from 'node:crypto';
import type { AuditEvent } from '../../../core/audit.ts';
import { dayOf } from '../../../core/metering/windows.ts';
import { whoActs } from '../../acting.ts';
import { itemKeys, type Table } from '../table.ts';
import { transact, type Write } from '../transact.ts';

type What = Pick<AuditEvent, 'action' | 'userId' | 'at'> & Partial<Pick<AuditEvent, 'keyId' | 'detail'>>;

/**
 * Records an event in the transaction of what it tells: both are written or neither. It stands in the list of its day, and in
 * those of its user and actor. Nothing overwrites it.
 */
export function auditWrites(table: Table, { at, keyId = null, detail = {}, ...what }: What): Write[] {
  const who = whoActs();
  const id = `evt_${randomBytes(10).toString('hex')}`;
  const event: AuditEvent = { id, at, ...what, keyId, detail, ...who };
  const ttl = Math.floor(at / 1000) + (table.auditDays ?? 365) * 86_400;
  const people = new Set([event.userId, who.actorId].filter((userId) => userId !== null));
  const time = new Date(at).toISOString();
  const keys = [
    itemKeys.auditDay(dayOf(at), time, id),
    ...[...people].map((userId) => itemKeys.auditUser(userId, time, id)),
  ];
  return keys.map((key) => ({
    Put: {
      TableName: table.name,
      Item: { ...key, ttl, ...event },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
}

/** For what is done outside of the table, before it is done: an event may then tell of what failed, but nothing is untold. */
export async function recordEvent(table: Table, what: What): Promise<void> {
  await transact(table, auditWrites(table, what));
}

/** The same as `auditWrites`, for transactions whose writes have names. */
export function namedAuditWrites(table: Table, what: What): [string, Write][] {
  return auditWrites(table, what).map((write, at) => [`audit-${at}`, write]);
}
