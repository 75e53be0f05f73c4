import { randomUUID } from 'node:crypto';
import { createKey } from '../../core/keys/create-key.ts';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { revokeKey } from '../../core/keys/revoke-key.ts';
import { rotateKey } from '../../core/keys/rotate-key.ts';
import type { ChargeResult } from '../../core/metering/ports.ts';
import { type Platform, tableName } from './platform.ts';

export interface MadeKey {
  record: KeyRecord;
  secret: string;
}

/** The operations without faults, for preparing and checking: our own core and adapters, past the proxy. */
export interface Workshop {
  create(userId: string, fields?: { plan?: string; expiresIn?: string }): Promise<MadeKey>;
  rotate(record: KeyRecord, graceSeconds: number): Promise<MadeKey>;
  revoke(record: KeyRecord): Promise<void>;
  charge(apiKeyId: string): Promise<ChargeResult>;
  ports: Awaited<ReturnType<typeof openPorts>>;
}

export async function openWorkshop(platform: Platform): Promise<Workshop> {
  const ports = await openPorts(platform);
  return {
    ports,
    create: (userId, { plan = '10-per-day', expiresIn } = {}) =>
      createKey(
        ports,
        {
          userId,
          email: `${userId}@example.com`,
          emailVerified: true,
          groups: [],
          status: 'active',
          createdAt: platform.clock.now(),
        },
        { name: 'made', plan, expiresIn },
      ),
    rotate: (record, graceSeconds) => rotateKey(ports, record, graceSeconds),
    revoke: async (record) => void (await revokeKey(ports, record)),
    charge: (apiKeyId) =>
      ports.meter.charge({ apiKeyId, requestId: randomUUID(), now: platform.clock.now() }),
  };
}

/** Adapters read their environment when they are loaded, so it is set first. */
async function openPorts({ catalog, clock, directUrl, variables }: Platform) {
  Object.assign(process.env, variables(directUrl));
  const { openTable } = await import('../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoMeter } = await import('../../lambda/adapters/meter/dynamo-meter.ts');
  const { createDynamoIntents } = await import('../../lambda/adapters/keys/dynamo-intents.ts');
  const { createApiGatewayKeys } = await import('../../lambda/adapters/api-gateway/keys.ts');
  const table = openTable(tableName);
  return {
    table,
    records: createDynamoKeys(table),
    users: createDynamoUsers(table),
    meter: createDynamoMeter(table),
    intents: createDynamoIntents(table),
    gateway: createApiGatewayKeys(tableName),
    clock,
    plans: catalog.plans,
    models: catalog.models.map((model) => model.name),
    providerKeys: { seal: async () => 'sealed', hosts: {} },
    inReservedTime: <T>(work: () => Promise<T>) => work(),
    onUndoFailed: (step: string, keyId: string, error: unknown) => {
      throw new Error(`${step} of ${keyId} could not be undone`, { cause: error });
    },
  };
}
