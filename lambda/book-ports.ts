import type { BookPorts } from '../core/metering/ports.ts';
import { createApiGatewayFence } from './adapters/api-gateway/fence.ts';
import { createDynamoMeter } from './adapters/meter/dynamo-meter.ts';
import { openTable } from './adapters/table.ts';
import { catalog } from './catalog.ts';
import { readEnvironment, tableEnvironment } from './env.ts';
import { logBooksFailed, logSpendRead } from './http/request-log.ts';

/** What every metered route writes its books with. */
export const bookPorts: BookPorts = {
  meter: createDynamoMeter(
    openTable(readEnvironment(tableEnvironment).TABLE_NAME),
    catalog.limits,
    logSpendRead,
  ),
  fence: createApiGatewayFence(),
  plans: catalog.plans,
  clock: Date,
  onBooksFailed: logBooksFailed,
};
