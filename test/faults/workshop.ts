import { randomUUID } from 'node:crypto';
import { createKey } from '../../core/keys/create-key.ts';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { revokeKey } from '../../core/keys/revoke-key.ts';
import { rotateKey } from '../../core/keys/rotate-key.ts';
import type { ChargeResult } from '../../core/metering/ports.ts';
import { noTokens } from '../../core/metering/token-usage.ts';
import { type CreatedMessage, createMessage } from '../../core/one-time-messages/create-message.ts';
import { keepKey } from '../../core/provider-keys/kept-keys.ts';
import { ownKeyHosts } from '../../lambda/own-key-hosts.ts';
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
  /** A call that was answered. */
  settleOne(apiKeyId: string): Promise<void>;
  /** Makes a user's record, without which nothing is settled or kept. */
  register(userId: string): Promise<void>;
  /** Keeps a provider key of a user. @param scope `account`, or a key's id */
  keep(userId: string, scope: string, secret: string): Promise<void>;
  /** Writes a one-time message. */
  write(message: string): Promise<CreatedMessage>;
  ports: Awaited<ReturnType<typeof openPorts>>;
}

export async function openWorkshop(platform: Platform): Promise<Workshop> {
  const ports = await openPorts(platform);
  const register = async (userId: string) => {
    const createdAt = platform.clock.now();
    await ports.users.ensure({ userId, email: `${userId}@example.com`, createdAt });
  };
  const charge = (apiKeyId: string) =>
    ports.meter.charge({ apiKeyId, requestId: randomUUID(), now: platform.clock.now() });
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
    async keep(userId, scope, secret) {
      await register(userId);
      await keepKey(ports.keeping, { userId, scope, provider: 'mine' }, secret);
    },
    write: (message) => createMessage(ports.writing, { message, expiresIn: '24h' }, '192.0.2.1'),
    rotate: (record, graceSeconds) => rotateKey(ports, record, graceSeconds),
    revoke: async (record) => void (await revokeKey(ports, record)),
    charge,
    register,
    async settleOne(apiKeyId) {
      const result = await charge(apiKeyId);
      if (result.outcome !== 'charged') throw new Error(result.outcome);
      const now = platform.clock.now();
      const settlement = {
        usage: noTokens,
        mark: 'metered' as const,
        model: 'nova-lite',
        costNanoDollars: 0,
        now,
      };
      await ports.meter.settle({ ...settlement, charge: result.charge });
    },
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
  const { createKeptKeys } = await import('../../lambda/adapters/provider-keys/dynamo-kept-keys.ts');
  const { createSeal } = await import('../../lambda/adapters/provider-keys/sealing.ts');
  const { createDynamoMessages } = await import('../../lambda/adapters/one-time-messages/dynamo-messages.ts');
  const { createKmsDataKeys } = await import('../../lambda/adapters/one-time-messages/kms-data-keys.ts');
  const table = openTable(tableName);
  const sealingKeyId = variables(directUrl).SEALING_KEY_ID ?? '';
  return {
    keeping: {
      kept: createKeptKeys(table),
      seal: createSeal(sealingKeyId),
      hosts: ownKeyHosts(catalog),
      clock,
    },
    writing: {
      messages: createDynamoMessages(table),
      dataKeys: createKmsDataKeys(sealingKeyId),
      takeWrite: async () => true,
      perAddressPerHour: 1,
      clock,
    },
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
