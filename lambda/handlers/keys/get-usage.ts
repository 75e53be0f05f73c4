import { usageQuery } from '../../../core/contract/usage.ts';
import { describeUsage, usageSpan } from '../../../core/metering/usage.ts';
import { userRoute } from '../../http/user-route.ts';
import { openUsage } from '../../key-ports.ts';

const { ends, usage, names } = openUsage();

/** GET /v1/usage */
export const handler = userRoute(ends, { query: usageQuery }, async ({ query }, { userId }) => {
  const { days, nextCursor } = await usage.list({ ...query, ...usageSpan(query, Date.now()), userId });
  return { status: 200, body: { data: await describeUsage(names, userId, days), nextCursor } };
});
