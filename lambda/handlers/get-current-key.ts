import { describeCurrentKey } from '../../core/keys/describe-key.ts';
import { findKeyInHand } from '../../core/keys/key-in-hand.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { createDynamoKeyMeters } from '../adapters/meter/key-meters.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const ports = { keys: createDynamoKeys(table), meters: createDynamoKeyMeters(table), clock: Date };

/**
 * GET /v1/api-key. API Gateway counts every call to a method that requires a key against its plan, so this one
 * requires none there and checks the key itself.
 */
export const handler = jsonRoute({}, async ({ headers }) => {
  const { record, counters } = await findKeyInHand(ports, headers);
  return { status: 200, body: describeCurrentKey(record, counters, ports.clock.now()) };
});
