import { usageQuery } from '../../core/contract/api-keys.ts';
import { describeUsage, usageSpan } from '../../core/metering/usage.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { createDynamoKeyNames } from '../adapters/keys/key-names.ts';
import { createDynamoUsage } from '../adapters/meter/usage.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { userRoute } from '../http/user-route.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const ends = createDynamoSessionEnds(table);
const usage = createDynamoUsage(table);
const names = createDynamoKeyNames(table);

/** GET /v1/usage */
export const handler = userRoute(ends, { query: usageQuery }, async ({ query }, { userId }) => {
  const { days, nextCursor } = await usage.list({ ...query, ...usageSpan(query, Date.now()), userId });
  return { status: 200, body: { data: await describeUsage(names, userId, days), nextCursor } };
});
