import { callerFromClaims } from '../../core/accounts.ts';
import { describeKeys } from '../../core/keys/describe-key.ts';
import { findOwnKey } from '../../core/keys/find-own-key.ts';
import { createDynamoKeyMeters } from '../adapters/dynamo-key-meters.ts';
import { createDynamoKeys } from '../adapters/dynamo-keys.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const records = createDynamoKeys(table);
const meters = createDynamoKeyMeters(table);

/** GET /v1/api-keys/{id} */
export const handler = jsonRoute({}, async ({ claims, pathParameters }) => {
  const record = await findOwnKey(records, callerFromClaims(claims).userId, pathParameters.id);
  const [body] = await describeKeys(meters, [record], Date.now());
  return { status: 200, body };
});
