import { type requestRoutes, requestsQuery } from '../../../core/contract/requests.ts';
import { usageQuery, type usageRoutes } from '../../../core/contract/usage.ts';
import { findOwnKey } from '../../../core/keys/find-key.ts';
import { callSpan, codeMatcher, describeCalls, requireCallLog } from '../../../core/metering/call-log.ts';
import { describeUsage, usageSpan } from '../../../core/metering/usage.ts';
import { catalog } from '../../catalog.ts';
import { byRoute } from '../../http/by-route.ts';
import { userRoute } from '../../http/user-route.ts';
import { openUsage } from '../../key-ports.ts';

const { ends, usage, calls, records, names } = openUsage();
const { keepDays } = catalog.requests;

const getUsage = userRoute(ends, { query: usageQuery }, async ({ query }, { userId }) => {
  const { days, nextCursor } = await usage.list({ ...query, ...usageSpan(query, Date.now()), userId });
  return { status: 200, body: { data: await describeUsage(names, userId, days), nextCursor } };
});

const listRequests = userRoute(ends, { query: requestsQuery }, async ({ query }, { userId }) => {
  requireCallLog({ keepDays });
  if (query.keyId !== undefined) await findOwnKey(records, userId, query.keyId);
  const { status, ...filters } = query;
  const span = callSpan(query, { keepDays, now: Date.now() });
  const page = await calls.list({ ...filters, ...span, matchesCode: codeMatcher(status), userId });
  return {
    status: 200,
    body: { data: await describeCalls(names, userId, page.calls), nextCursor: page.nextCursor },
  };
});

/** What a user has used and called. */
export const handler = byRoute<typeof usageRoutes & typeof requestRoutes>({
  'GET /v1/usage': getUsage,
  'GET /v1/requests': listRequests,
});
