import { callerFromClaims } from '../../core/accounts.ts';
import { usageQuery } from '../../core/contract/api-keys.ts';
import { describeUsage, usageSpan } from '../../core/usage.ts';
import { createDynamoUsage } from '../adapters/dynamo-usage.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const usage = createDynamoUsage(openTable(readEnvironment(tableEnvironment).TABLE_NAME));

/** GET /v1/usage */
export const handler = jsonRoute({ query: usageQuery }, async ({ query, claims }) => {
  const { userId } = callerFromClaims(claims);
  const { days, nextCursor } = await usage.list({ ...query, ...usageSpan(query, Date.now()), userId });
  return { status: 200, body: { data: days.map(describeUsage), nextCursor } };
});
