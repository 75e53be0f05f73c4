import { callerFromClaims } from '../../core/accounts.ts';
import { createKeyBody } from '../../core/contract/api-keys.ts';
import { createKey } from '../../core/keys/create-key.ts';
import { describeKey } from '../../core/keys/describe-key.ts';
import { findPlan } from '../../core/plans.ts';
import { requireActive } from '../../core/users.ts';
import { createApiGatewayKeys } from '../adapters/api-gateway-keys.ts';
import { createDynamoKeys } from '../adapters/dynamo-keys.ts';
import { createDynamoUsers } from '../adapters/dynamo-users.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';
import { logUndoFailed } from '../http/request-log.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const users = createDynamoUsers(table);
const ports = {
  records: createDynamoKeys(table),
  gateway: createApiGatewayKeys(),
  clock: Date,
  plans: catalog.plans,
  onUndoFailed: logUndoFailed,
};

/** POST /v1/api-keys */
export const handler = jsonRoute({ body: createKeyBody }, async ({ body, claims }) => {
  const user = await users.ensure({ ...callerFromClaims(claims), createdAt: Date.now() });
  requireActive(user);
  const { record, value } = await createKey(ports, user, body);
  const counters = { usedByWindow: {}, limits: findPlan(catalog.plans, record.plan) };
  return {
    status: 201,
    headers: { 'cache-control': 'no-store' },
    body: { ...describeKey(record, counters, Date.now()), key: value },
  };
});
