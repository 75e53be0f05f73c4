import type { AuditLog, AuditQuery } from '../audit.ts';
import { DaypassError } from '../errors.ts';
import { dayMs, dayOf } from '../metering/windows.ts';
import type { AdminUserRecords } from './ports.ts';

/** Without a person, each day is a list of its own to look at. */
const longestDays = { ofAll: 31, ofPerson: 3660 };
const defaultDays = 30;

export interface AuditPorts {
  audit: AuditLog;
  users: Pick<AdminUserRecords, 'read'>;
}

/** A page of events. Addresses of people are those of now, so that the trail keeps none of who has left. */
export async function listAudit(
  { audit, users }: AuditPorts,
  query: Omit<AuditQuery, 'from' | 'to'> & { from?: string | undefined; to?: string | undefined },
  now: number,
) {
  const { events, nextCursor } = await audit.list({ ...query, ...auditSpan(query, now) });
  const people = [...new Set(events.flatMap(({ userId, actorId }) => [userId, actorId ?? userId]))];
  const records = await users.read(people);
  const emailOf = (userId: string | null) => (userId === null ? null : records.get(userId)?.email || null);
  return {
    data: events.map(({ id, at, action, as, actorId, userId, keyId, detail, address, requestId }) => ({
      id,
      at: new Date(at).toISOString(),
      action,
      actor: { as, id: actorId, email: emailOf(actorId) },
      subject: { userId, email: emailOf(userId), keyId },
      detail,
      address,
      requestId,
    })),
    nextCursor,
  };
}

/** @throws DaypassError `invalid_request` */
function auditSpan(
  {
    from: asked,
    to = '',
    actor,
    subject,
  }: Pick<AuditQuery, 'actor' | 'subject'> & { from?: string | undefined; to?: string | undefined },
  now: number,
): { from: string; to: string } {
  const last = to || dayOf(now);
  const first = asked ?? dayOf(Date.parse(last) - (defaultDays - 1) * dayMs);
  const most = actor === undefined && subject === undefined ? longestDays.ofAll : longestDays.ofPerson;
  const days = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
  if (days >= 1 && days <= most) return { from: first, to: last };
  throw new DaypassError(
    'invalid_request',
    `from must not be after to, and the two may span at most ${longestDays.ofAll} days, unless actor or subject is given.`,
    { param: 'from' },
  );
}
