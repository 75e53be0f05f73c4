import { createHash } from 'node:crypto';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  GetUsagePlanKeysCommand,
  paginateGetApiKeys,
} from '@aws-sdk/client-api-gateway';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Connection } from '../../bin/connect.ts';
import type { Deployment } from '../../bin/deployment.ts';
import { takeKeys } from '../../bin/import-deployment/take-keys.ts';
import { toHere } from '../../bin/import-deployment/to-here.ts';
import { newKeyId } from '../../core/keys/key-id.ts';
import { newKeySecret } from '../../core/keys/key-secret.ts';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { itemKeys } from '../../lambda/adapters/table.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import { createFaults } from '../../local/faults.ts';
import { silentLog } from '../../local/log.ts';
import { type StartedGateway, startGateway } from '../local/aws/apigateway/data-plane/start-gateway.ts';

let server: Awaited<ReturnType<typeof startAwsServer>>;
let gateway: StartedGateway;
let client: APIGatewayClient;
let planId: string;
/** What the table here has. */
let records: KeyRecord[];

const faults = createFaults();
const deployment = {
  stack: 'Daypass',
  tableName: 'Records',
  plans: [{ name: 'ten', usagePlanName: 'Ten' }],
} as unknown as Deployment;
const there = '11111111-1111-1111-1111-111111111111';
const here = '22222222-2222-2222-2222-222222222222';

beforeAll(async () => {
  gateway = await startGateway({ controlPlaneLimits: false });
  const services = [gateway.gateway.controlPlane];
  server = await startAwsServer({ services, faults, port: 0, log: silentLog });
  const plan = { UsagePlanName: 'Ten', ApiStages: [{ ApiId: gateway.apiId, Stage: 'prod' }] };
  planId = gateway.gateway.defineUsagePlan('Ten', plan).ref;
  client = new APIGatewayClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
beforeEach(() => {
  records = [];
});
afterEach(() => faults.replace([]));
afterAll(async () => {
  client.destroy();
  await server.close();
  await gateway.close();
});

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** A key at the other place that was rotated, and whose first secret is in its grace. */
function rotatedKey(graceEndsAt = Date.now() + 3_600_000) {
  const keyId = newKeyId(Date.now());
  const [now, before] = [newKeySecret(), newKeySecret()];
  const [first, second] = ['first', 'other'].map((name) => `${name}${keyId.slice(-5)}`) as [string, string];
  const record: KeyRecord = {
    keyId,
    userId: there,
    name: 'laptop',
    plan: 'ten',
    status: 'active',
    valueHash: hashOf(now),
    last4: 'abcd',
    slot: 1,
    createdAt: Date.now() - 86_400_000,
    apiKeyId: second,
    meterId: first,
    previous: { apiKeyId: first, valueHash: hashOf(before), endsAt: graceEndsAt },
  };
  const apiKeys = new Map([
    [second, now],
    [first, before],
  ]);
  return { record, apiKeys, now, before };
}

const take = ({ record, apiKeys }: Pick<ReturnType<typeof rotatedKey>, 'record' | 'apiKeys'>) => {
  const items = records.map((one) => marshall({ ...itemKeys.key(here, one.keyId), ...one }));
  const dynamoDb = { send: async () => ({ Responses: { [deployment.tableName]: items } }) };
  const connection = { apiGateway: () => client, dynamoDb: () => dynamoDb } as unknown as Connection;
  const gatewayIds = new Set([record.apiKeyId ?? '', record.previous?.apiKeyId ?? '']);
  return takeKeys(connection, deployment, { keys: [record], gatewayIds, apiKeys }, new Map([[there, here]]));
};

/** The key's secrets that API Gateway has here on the plan, by value. */
async function boundHere(keyId: string): Promise<Map<string, string>> {
  const { items = [] } = await client.send(new GetUsagePlanKeysCommand({ usagePlanId: planId, limit: 500 }));
  const bound = new Set(items.map(({ id }) => id));
  const found = new Map<string, string>();
  for await (const page of paginateGetApiKeys({ client }, { includeValues: true }))
    for (const { id = '', name = '', value = '' } of page.items ?? [])
      if (name.includes(keyId) && bound.has(id)) found.set(value, id);
  return found;
}

/** The record as the import puts it here. */
const putHere = (record: KeyRecord, apiKeys: ReadonlyMap<string, string>) =>
  toHere(
    marshall({ ...itemKeys.key(record.userId, record.keyId), ...record }, { removeUndefinedValues: true }),
    { name: 'keys', restore: true, move: true },
    { users: new Map([[there, here]]), apiKeys, usagePlans: new Map() },
    Date.now(),
  ) as Record<string, { S?: string; M?: { apiKeyId?: { S?: string } } }>;

test('both secrets of a rotated key move, and its record names them', async () => {
  const key = rotatedKey();
  const taken = await take(key);
  const bound = await boundHere(key.record.keyId);
  expect(taken.moved).toEqual([key.record]);
  const put = putHere(key.record, taken.ids);
  expect(put.apiKeyId?.S).toBe(bound.get(key.now));
  expect(put.previous?.M?.apiKeyId?.S).toBe(bound.get(key.before));
});

test('a key whose secret another key has leaves nothing in API Gateway, and its record nothing that could be deleted there', async () => {
  const key = rotatedKey();
  await client.send(
    new CreateApiKeyCommand({ name: 'of another deployment', value: key.now, enabled: true }),
  );
  const taken = await take(key);
  expect(taken.left).toMatchObject([{ reason: 'another key of this account and Region has its secret' }]);
  expect([...(await boundHere(key.record.keyId)).keys()]).toEqual([]);
  const text = JSON.stringify(putHere(key.record, taken.ids));
  for (const id of key.apiKeys.keys()) expect(text).not.toMatch(new RegExp(`"${id}"`));
});

test('a secret whose creation was answered too late is its own', async () => {
  const key = rotatedKey();
  faults.replace([{ service: 'apigateway', operation: 'CreateApiKey', kind: 'drop-reply', times: 1 }]);
  const taken = await take(key);
  expect(taken.moved).toEqual([key.record]);
  expect([...(await boundHere(key.record.keyId)).keys()].sort()).toEqual([key.now, key.before].sort());
});

test.each([
  ['the second secret', { operation: 'CreateApiKey', skip: 1 }],
  ['a binding', { operation: 'CreateUsagePlanKey', skip: 0 }],
])('an import that failed at %s is gone on with', async (_at, fault) => {
  const key = rotatedKey();
  faults.replace([
    { service: 'apigateway', kind: 'error', error: 'BadRequestException', status: 400, ...fault },
  ]);
  await expect(take(key)).rejects.toThrow();
  faults.replace([]);
  const taken = await take(key);
  const bound = await boundHere(key.record.keyId);
  expect([...bound.keys()].sort()).toEqual([key.now, key.before].sort());
  expect([...taken.ids.values()].sort()).toEqual([...bound.values()].sort());
});

test('a secret that an import put here is named also after its grace, so that the reconciler removes it', async () => {
  const key = rotatedKey();
  const first = await take(key);
  const over = {
    ...key.record,
    previous: { apiKeyId: '', valueHash: '', ...key.record.previous, endsAt: 1 },
  };
  expect((await take({ record: over, apiKeys: key.apiKeys })).ids).toEqual(first.ids);
});

test('a key that is here needs its secret no more', async () => {
  const key = rotatedKey();
  const { ids } = await take(key);
  records = [{ ...key.record, userId: here, apiKeyId: ids.get(key.record.apiKeyId ?? '') }];
  const again = await take({ record: key.record, apiKeys: new Map() });
  expect(again).toMatchObject({ ids, moved: [key.record], left: [] });
});

test('a key whose record came without its secret gets none by a further import, since its record could not name it', async () => {
  const key = rotatedKey();
  const bare = await take({ record: key.record, apiKeys: new Map() });
  expect(bare.left).toMatchObject([{ reason: 'the export does not have its secret' }]);
  const id = bare.ids.get(key.record.apiKeyId ?? '') ?? '';
  records = [{ ...key.record, userId: here, apiKeyId: id }];
  const taken = await take(key);
  expect(taken.left).toMatchObject([{ reason: 'its record is here, and names no key that API Gateway has' }]);
  expect([...(await boundHere(key.record.keyId)).keys()]).toEqual([]);
});
