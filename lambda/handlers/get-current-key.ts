import { describeCurrentKey, meterIdOf, valueWorks } from '../../core/keys/describe-key.ts';
import { hashKeyValue, isKeyValue } from '../../core/keys/key-value.ts';
import { unknownKey } from '../../core/metering.ts';
import { createDynamoKeyMeters } from '../adapters/dynamo-key-meters.ts';
import { createDynamoKeys } from '../adapters/dynamo-keys.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const records = createDynamoKeys(table);
const meters = createDynamoKeyMeters(table);

/**
 * GET /v1/api-key. API Gateway counts every call to a method that requires a key against its plan, so this one
 * requires none there and checks the key itself.
 */
export const handler = jsonRoute({}, async ({ headers }) => {
  const value = headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer\s+/i, '') ?? '';
  const valueHash = hashKeyValue(value);
  const record = isKeyValue(value) ? await records.findByHash(valueHash) : undefined;
  if (record === undefined || !valueWorks(record, valueHash, Date.now())) throw unknownKey();
  const id = meterIdOf(record);
  const counters = id === undefined ? undefined : (await meters.read([id])).get(id);
  if (counters === undefined) throw unknownKey();
  return { status: 200, body: describeCurrentKey(record, counters, Date.now()) };
});
