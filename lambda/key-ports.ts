import { createDynamoUsers } from './adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from './adapters/accounts/session-ends.ts';
import { createApiGatewayFence } from './adapters/api-gateway/fence.ts';
import { createApiGatewayKeys } from './adapters/api-gateway/keys.ts';
import { createDynamoIdempotency } from './adapters/dynamo-idempotency.ts';
import { createDynamoKeys } from './adapters/keys/dynamo-keys.ts';
import { createDynamoKeyNames } from './adapters/keys/key-names.ts';
import { createKmsSealer } from './adapters/kms-sealer.ts';
import { createDynamoKeyMeters } from './adapters/meter/key-meters.ts';
import { createDynamoUsage } from './adapters/meter/usage.ts';
import { openTable } from './adapters/table.ts';
import { inReservedTime } from './call-time.ts';
import { catalog } from './catalog.ts';
import { readEnvironment, sealingEnvironment, tableEnvironment } from './env.ts';
import { logAnswerNotKept, logUndoFailed } from './log.ts';

/** The ports of key routes. A function opens, and so bundles, only what it needs. */

/** To read keys and their counters. */
export function openKeys(table = openOwnTable()) {
  return {
    ends: createDynamoSessionEnds(table),
    records: createDynamoKeys(table),
    meters: createDynamoKeyMeters(table),
    clock: Date,
  };
}

/** To change keys, in API Gateway too. */
export function openKeyChanges(table = openOwnTable()) {
  return {
    ...openKeys(table),
    users: createDynamoUsers(table),
    gateway: createApiGatewayKeys(table.name),
    plans: catalog.plans,
    inReservedTime,
    onUndoFailed: logUndoFailed,
  };
}

/** To move keys to another plan. */
export function openPlanChanges() {
  return { ...openKeyChanges(), fence: createApiGatewayFence() };
}

/** To issue secrets, which a repeated call with its `Idempotency-Key` gets again. */
export function openSecrets() {
  const environment = readEnvironment(sealingEnvironment);
  const table = openTable(environment.TABLE_NAME);
  return {
    ...openKeyChanges(table),
    models: [...catalog.models, ...catalog.embeddingModels].map((model) => model.name),
    idempotency: createDynamoIdempotency(table),
    sealer: createKmsSealer(environment.SEALING_KEY_ID),
    onNotKept: logAnswerNotKept,
  };
}

export function openUsage() {
  const table = openOwnTable();
  return {
    ends: createDynamoSessionEnds(table),
    usage: createDynamoUsage(table),
    names: createDynamoKeyNames(table),
  };
}

function openOwnTable() {
  return openTable(readEnvironment(tableEnvironment).TABLE_NAME);
}
