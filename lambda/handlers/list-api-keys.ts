import { callerFromClaims } from '../../core/accounts.ts';
import { pageQuery } from '../../core/contract/route-contract.ts';
import { describeKeys } from '../../core/keys/describe-key.ts';
import { createDynamoKeyMeters } from '../adapters/dynamo-key-meters.ts';
import { createDynamoKeys } from '../adapters/dynamo-keys.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const records = createDynamoKeys(table);
const meters = createDynamoKeyMeters(table);

/** GET /v1/api-keys */
export const handler = jsonRoute({ query: pageQuery }, async ({ query, claims }) => {
  const page = await records.listVisible(callerFromClaims(claims).userId, query);
  return {
    status: 200,
    body: { data: await describeKeys(meters, page.records, Date.now()), nextCursor: page.nextCursor },
  };
});
