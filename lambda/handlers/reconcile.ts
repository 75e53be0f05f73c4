import type { Context } from 'aws-lambda';
import { reconcile } from '../../core/reconcile/reconcile.ts';
import { createDynamoUsers } from '../adapters/accounts/dynamo-users.ts';
import { createDynamoStandings } from '../adapters/accounts/standings.ts';
import { createApiGatewayInventory } from '../adapters/api-gateway/inventory.ts';
import { createApiGatewayKeys } from '../adapters/api-gateway/keys.ts';
import { within } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { createCognitoPeople } from '../adapters/cognito/people.ts';
import { createDynamoIntents } from '../adapters/keys/dynamo-intents.ts';
import { createDynamoKeys, createDynamoLiveKeys } from '../adapters/keys/dynamo-keys.ts';
import { createDynamoKeyMeters } from '../adapters/meter/key-meters.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { logPass, logReconcileFailed, logReconcileParked } from '../http/request-log.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const table = openTable(environment.TABLE_NAME);
const ports = {
  intents: createDynamoIntents(table),
  live: createDynamoLiveKeys(table),
  inventory: createApiGatewayInventory(table.name),
  records: createDynamoKeys(table),
  meters: createDynamoKeyMeters(table),
  users: createDynamoUsers(table),
  gateway: createApiGatewayKeys(table.name),
  directory: createCognitoDirectory(environment),
  people: createCognitoPeople(environment.USER_POOL_ID),
  standings: createDynamoStandings(table),
  plans: catalog.plans,
  clock: Date,
  onFailure: logReconcileFailed,
  onParked: logReconcileParked,
  onPass: logPass,
  within,
};
/** Left at the end of a pass for the step under way. */
const reserveMs = 30_000;

/** Every five minutes, or by an operator: `{"dryRun":true}` tells what would be done. */
export async function handler(event: { dryRun?: unknown }, context: Context) {
  const timeLeftMs = () => context.getRemainingTimeInMillis() - reserveMs;
  return reconcile({ ...ports, timeLeftMs }, event.dryRun === true);
}
