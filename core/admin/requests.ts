import {
  type AllCalls,
  type CallLog,
  callSpan,
  codeMatcher,
  describeCalls,
  requireCallLog,
  type UserCall,
} from '../metering/call-log.ts';
import type { KeyNames } from '../metering/usage.ts';
import type { Page } from '../page.ts';
import type { AdminUserRecords } from './ports.ts';

export interface ListRequestsPorts {
  allCalls: AllCalls;
  calls: CallLog;
  names: KeyNames;
  users: Pick<AdminUserRecords, 'read'>;
  /** How long calls are listed. */
  keepDays: number;
}

interface RequestsQuery extends Page {
  userId?: string | undefined;
  keyId?: string | undefined;
  model?: string | undefined;
  status?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/**
 * The calls of one user, or of all.
 * @throws DaypassError `not_found` where no calls are kept, `invalid_request`
 */
export async function listRequests(ports: ListRequestsPorts, asked: RequestsQuery, now: number) {
  requireCallLog(ports);
  const { userId, status, ...filters } = asked;
  const query = { ...filters, ...callSpan(asked, { ...ports, now }), matchesCode: codeMatcher(status) };
  const { calls, nextCursor } =
    userId === undefined ? await ports.allCalls.list(query) : await ofUser(ports.calls, { ...query, userId });
  const owners = [...new Set(calls.map((call) => call.userId))];
  const records = await ports.users.read(owners);
  const described = new Map(
    await Promise.all(
      owners.map(async (owner) => {
        const own = calls.filter((call) => call.userId === owner);
        return [owner, await describeCalls(ports.names, owner, own)] as const;
      }),
    ),
  );
  return {
    data: calls.map((call) => ({
      userId: call.userId,
      email: records.get(call.userId)?.email || null,
      // Each user's are in the order of the page.
      ...described.get(call.userId)?.shift(),
    })),
    nextCursor,
  };
}

async function ofUser(calls: CallLog, query: Parameters<CallLog['list']>[0]) {
  const page = await calls.list(query);
  return { ...page, calls: page.calls.map((call): UserCall => ({ ...call, userId: query.userId })) };
}
