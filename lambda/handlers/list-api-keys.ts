import { pageQuery } from '../../core/contract/route-contract.ts';
import { describeKeys } from '../../core/keys/describe-key.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { createDynamoKeyMeters } from '../adapters/meter/key-meters.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { userRoute } from '../http/user-route.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const ends = createDynamoSessionEnds(table);
const records = createDynamoKeys(table);
const meters = createDynamoKeyMeters(table);

/** GET /v1/api-keys */
export const handler = userRoute(ends, { query: pageQuery }, async ({ query }, { userId }) => {
  const page = await records.listVisible(userId, query);
  return {
    status: 200,
    body: { data: await describeKeys(meters, page.records, Date.now()), nextCursor: page.nextCursor },
  };
});
