import { csv } from '../../../parts/tables/csv.ts';
import type { AuditEvent } from '../admin-types.ts';

/** In the API's own words, for programs and spreadsheets. */
export function auditCsv(events: readonly AuditEvent[]): string {
  return csv(columns, events);
}

const columns = {
  at: ({ at }) => at,
  action: ({ action }) => action,
  actorAs: ({ actor }) => actor.as,
  actorId: ({ actor }) => actor.id ?? '',
  actorEmail: ({ actor }) => actor.email ?? '',
  userId: ({ subject }) => subject.userId,
  userEmail: ({ subject }) => subject.email ?? '',
  keyId: ({ subject }) => subject.keyId ?? '',
  detail: ({ detail }) => JSON.stringify(detail),
  address: ({ address }) => address ?? '',
  requestId: ({ requestId }) => requestId ?? '',
  eventId: ({ id }) => id,
} as const satisfies Record<string, (event: AuditEvent) => string>;
