import type { MeterPorts } from '../core/metering/ports.ts';
import { createCallLimits } from './adapters/accounts/call-limits.ts';
import { createSessionEndReads } from './adapters/accounts/session-end-reads.ts';
import { createApiGatewayFence } from './adapters/api-gateway/fence.ts';
import { createRefusalLog } from './adapters/call-log/refusal-log.ts';
import { openHotTable } from './adapters/hot-table.ts';
import { findKey } from './adapters/keys/find-record.ts';
import { createKeyReads } from './adapters/keys/key-records.ts';
import { createDynamoMeter } from './adapters/meter/dynamo-meter.ts';
import { createDynamoKeyMeters } from './adapters/meter/key-meters.ts';
import { createWarningNotes } from './adapters/meter/spend/warning-notes.ts';
import { openTable } from './adapters/sdk-table.ts';
import { catalog } from './catalog.ts';
import { readEnvironment, tableEnvironment } from './env.ts';
import type { ChatRoutePorts } from './http/chat-route.ts';
import { patiently } from './http/streaming/slow-answer.ts';
import { logRefusalNotRecorded, logUnknownStop, logWarningNotNoted } from './log.ts';
import { logMeterFailed, logSettled, logSpendRead } from './metrics.ts';
import { openCounters, openEmbeddingProviders, openProviders } from './providers.ts';

/** The ports of routes that ask models. A function opens, and so bundles, only what it needs. */

/** To chat, in any dialect. */
export function openChat(): ChatRoutePorts {
  return {
    ...openMeter(),
    ...openProviders(() => openHotTable(tableName())),
    onUnknownStop: logUnknownStop,
    patiently,
    catalog,
  };
}

/** To find the key of a caller who has a login. */
export function openLogins() {
  const table = openHotTable(tableName());
  return {
    ends: createSessionEndReads(table, catalog.signUp),
    records: { find: findKey(table) },
  };
}

export function openEmbeddings() {
  return { ...openMeter(), ...openEmbeddingProviders(() => openHotTable(tableName())), catalog };
}

/** To count tokens, which charges nothing. */
export function openTokenCounts() {
  const table = openTable(tableName());
  return {
    records: createKeyReads(table),
    meters: createDynamoKeyMeters(table),
    takeCall: createCallLimits(table),
    ...openCounters(() => openHotTable(tableName())),
    clock: Date,
    catalog,
  };
}

/** To charge calls and settle them. */
function openMeter(): MeterPorts {
  const table = openHotTable(tableName());
  return {
    meter: createDynamoMeter(table, catalog.limits, logSpendRead, catalog.requests),
    refusals: createRefusalLog(table, catalog.requests, logRefusalNotRecorded),
    warnings: catalog.mail && createWarningNotes(table, logWarningNotNoted),
    fence: createApiGatewayFence(),
    plans: catalog.plans,
    clock: Date,
    onSettled: logSettled,
    onMeterFailed: logMeterFailed,
  };
}

function tableName(): string {
  return readEnvironment(tableEnvironment).TABLE_NAME;
}
