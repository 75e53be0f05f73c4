import { createDynamoUsers } from './adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from './adapters/accounts/session-ends.ts';
import { createApiGatewayFence } from './adapters/api-gateway/fence.ts';
import { createApiGatewayKeys } from './adapters/api-gateway/keys.ts';
import { createDynamoCallLog } from './adapters/call-log/call-log.ts';
import { createDynamoIdempotency, createKmsSealer } from './adapters/idempotency.ts';
import { createCreationWrites } from './adapters/keys/creation-writes.ts';
import { createEndWrites } from './adapters/keys/end-writes.ts';
import { createKeyLists } from './adapters/keys/key-lists.ts';
import { createDynamoKeyNames } from './adapters/keys/key-names.ts';
import { createKeyReads } from './adapters/keys/key-records.ts';
import { createPlanChangeWrites } from './adapters/keys/plan-change-writes.ts';
import { createRotationWrites } from './adapters/keys/rotation-writes.ts';
import { createSettingsWrites } from './adapters/keys/settings-writes.ts';
import { createDynamoKeyMeters } from './adapters/meter/key-meters.ts';
import { createDynamoUsage } from './adapters/meter/usage.ts';
import { createKeptKeys } from './adapters/provider-keys/dynamo-kept-keys.ts';
import { createSeal } from './adapters/provider-keys/sealing.ts';
import { openTable } from './adapters/sdk-table.ts';
import type { Table } from './adapters/table.ts';
import { inReservedTime } from './call-time.ts';
import { catalog } from './catalog.ts';
import { readEnvironment, sealingEnvironment, tableEnvironment } from './env.ts';
import { logAnswerNotKept, logUndoFailed } from './log.ts';
import { ownKeyHosts } from './own-key-hosts.ts';

/** The ports of key routes. A function opens, and so bundles, only what it needs. */

/** To read keys and their counters. */
export function openKeys() {
  const table = openOwnTable();
  const ports = openCommon(table);
  return { ...ports, records: { ...ports.records, ...createKeyLists(table) } };
}

/** To make keys. */
export function openKeyCreation() {
  const { table, ...ports } = openSecrets();
  return {
    ...ports,
    records: { ...ports.records, ...createCreationWrites(table), ...createEndWrites(table) },
    models: allModels(),
    providerKeys: openSealing(),
  };
}

/** To give keys new secrets. */
export function openRotation() {
  const { table, ...ports } = openSecrets();
  return { ...ports, records: { ...ports.records, ...createRotationWrites(table) } };
}

/** To change keys' names, plans and settings. */
export function openKeyUpdates() {
  const table = openTable(readEnvironment(sealingEnvironment).TABLE_NAME, catalog.audit.keepDays);
  const ports = openKeyChanges(table);
  return {
    ...ports,
    records: {
      ...ports.records,
      ...createPlanChangeWrites(table),
      ...createSettingsWrites(table),
      ...createEndWrites(table),
    },
    models: allModels(),
    providerKeys: { ...openSealing(), kept: createKeptKeys(table) },
    fence: createApiGatewayFence(),
  };
}

/** To end keys. */
export function openRevocation() {
  const table = openOwnTable();
  const ports = openKeyChanges(table);
  return { ...ports, records: { ...ports.records, ...createEndWrites(table) } };
}

/** To seal callers' own provider keys. */
function openSealing() {
  return {
    seal: createSeal(readEnvironment(sealingEnvironment).SEALING_KEY_ID),
    hosts: ownKeyHosts(catalog),
  };
}

function allModels(): string[] {
  return [...catalog.models, ...catalog.embeddingModels].map((model) => model.name);
}

/** To read what was used and called. */
export function openUsage() {
  const table = openOwnTable();
  return {
    ends: createDynamoSessionEnds(table, catalog.signUp),
    usage: createDynamoUsage(table),
    calls: createDynamoCallLog(table),
    records: createKeyReads(table),
    names: createDynamoKeyNames(table),
  };
}

function openOwnTable() {
  return openTable(readEnvironment(tableEnvironment).TABLE_NAME, catalog.audit.keepDays);
}

function openCommon(table: Table) {
  return {
    ends: createDynamoSessionEnds(table, catalog.signUp),
    records: createKeyReads(table),
    meters: createDynamoKeyMeters(table),
    clock: Date,
  };
}

/** To change keys, in API Gateway too. */
function openKeyChanges(table: Table) {
  return {
    ...openCommon(table),
    users: createDynamoUsers(table, catalog.signUp),
    gateway: createApiGatewayKeys(table.name),
    plans: catalog.plans,
    inReservedTime,
    onUndoFailed: logUndoFailed,
  };
}

/** To issue secrets, which a repeated call with its `Idempotency-Key` gets again. */
function openSecrets() {
  const environment = readEnvironment(sealingEnvironment);
  const table = openTable(environment.TABLE_NAME, catalog.audit.keepDays);
  return {
    table,
    ...openKeyChanges(table),
    idempotency: createDynamoIdempotency(table),
    sealer: createKmsSealer(environment.SEALING_KEY_ID),
    onNotKept: logAnswerNotKept,
  };
}
