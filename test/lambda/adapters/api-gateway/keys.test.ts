import { randomUUID } from 'node:crypto';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  GetApiKeyCommand,
  GetUsagePlanKeysCommand,
  paginateGetApiKeys,
} from '@aws-sdk/client-api-gateway';
import { newKeySecret } from '../../../../core/keys/key-secret.ts';
import type { GatewayKeys } from '../../../../core/keys/ports.ts';
import { type StartedGateway, startGateway } from '../../../local/aws/apigateway/data-plane/start-gateway.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

let aws: RunningAws;
let gateway: StartedGateway;
let keys: GatewayKeys;
let client: APIGatewayClient;
let planIds: Record<string, string>;

beforeAll(async () => {
  gateway = await startGateway({ controlPlaneLimits: false });
  aws = await startAws([gateway.gateway.controlPlane]);
  planIds = Object.fromEntries(
    // More than one default page of 25.
    Array.from({ length: 30 }, (_, at) => {
      const UsagePlanName = `${at}RequestPerDay`;
      const plan = { UsagePlanName, ApiStages: [{ ApiId: gateway.apiId, Stage: 'prod' }] };
      return [UsagePlanName, gateway.gateway.defineUsagePlan(`Plan${at}`, plan).ref];
    }),
  );
  const { createApiGatewayKeys } = await import('../../../../lambda/adapters/api-gateway/keys.ts');
  keys = createApiGatewayKeys('records');
  client = new APIGatewayClient({});
});
afterAll(async () => {
  client.destroy();
  await aws.close();
  await gateway.close();
});
afterEach(() => aws.faults.replace([]));

/** As every name of this deployment is in API Gateway. */
const inGateway = (name: string) => expect.stringMatching(`^daypass-[0-9a-f]{8}\\.${name}$`);
const newKey = () => ({ name: randomUUID(), secret: newKeySecret(), description: 'a test' });
const fault = (operation: string, kind: string, more: object = {}) =>
  aws.faults.replace([{ service: 'apigateway', operation, kind, ...more }]);

/** Names in API Gateway that hold this one, whatever stands before it. */
async function namesInGateway(part: string): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateGetApiKeys({ client }, {})) {
    names.push(...(page.items ?? []).map(({ name }) => name ?? '').filter((name) => name.includes(part)));
  }
  return names;
}
const boundTo = async (plan: string) =>
  (await client.send(new GetUsagePlanKeysCommand({ usagePlanId: planIds[plan], limit: 500 }))).items?.map(
    ({ id }) => id,
  );

describe('create', () => {
  test('makes an enabled key with the secret given', async () => {
    const key = newKey();
    const id = await keys.create(key);
    const made = await client.send(new GetApiKeyCommand({ apiKey: id, includeValue: true }));
    expect(made).toMatchObject({
      name: inGateway(key.name),
      value: key.secret,
      enabled: true,
      description: 'a test',
    });
  });

  test('makes one key if the reply is lost, and finds it by its name', async () => {
    const key = newKey();
    fault('CreateApiKey', 'drop-reply', { times: 1 });
    const id = await keys.create(key);
    expect(await namesInGateway(key.name)).toEqual([inGateway(key.name)]);
    expect((await client.send(new GetApiKeyCommand({ apiKey: id }))).name).toEqual(inGateway(key.name));
  });

  test('does not mistake another’s key for its own', async () => {
    const key = newKey();
    await client.send(new CreateApiKeyCommand({ name: 'other', value: key.secret }));
    await expect(keys.create(key)).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test('recovers from a short throttling', async () => {
    fault('CreateApiKey', 'throttle', { times: 1 });
    expect(await keys.create(newKey())).toEqual(expect.any(String));
  });

  test('throttled to the end is a 503 that says when to retry, and makes nothing', async () => {
    const key = newKey();
    fault('CreateApiKey', 'throttle');
    await expect(keys.create(key)).rejects.toMatchObject({
      name: 'ThrottledError',
      code: 'service_unavailable',
      status: 503,
      headers: { 'retry-after': '1' },
    });
    expect(await namesInGateway(key.name)).toEqual([]);
  });
});

test('in a full account is not a throttle, since waiting a moment changes nothing', async () => {
  fault('CreateApiKey', 'error', { error: 'LimitExceededException' });
  await expect(keys.create(newKey())).rejects.toMatchObject({
    name: 'DaypassError',
    code: 'service_unavailable',
    headers: { 'retry-after': '3600' },
  });
});

describe('find by name', () => {
  test('finds the exact name, not one that only begins with it', async () => {
    const key = newKey();
    await keys.create({ ...key, name: `${key.name}-longer`, secret: newKeySecret() });
    expect(await keys.findIdByName(key.name)).toBeUndefined();
    const id = await keys.create(key);
    expect(await keys.findIdByName(key.name)).toBe(id);
  });
});

describe('bind', () => {
  test('binds to the plan of that name, beyond the first page of plans too', async () => {
    for (const plan of ['0RequestPerDay', '29RequestPerDay']) {
      const id = await keys.create(newKey());
      await keys.bindToPlan(id, plan);
      expect(await boundTo(plan)).toContain(id);
    }
  });

  test('succeeds twice with one binding', async () => {
    const id = await keys.create(newKey());
    await keys.bindToPlan(id, '1RequestPerDay');
    await keys.bindToPlan(id, '1RequestPerDay');
    expect(await boundTo('1RequestPerDay')).toEqual([id]);
  });

  test('succeeds even if the reply is lost', async () => {
    const id = await keys.create(newKey());
    fault('CreateUsagePlanKey', 'drop-reply', { times: 1 });
    await keys.bindToPlan(id, '2RequestPerDay');
    expect(await boundTo('2RequestPerDay')).toEqual([id]);
  });

  test('to a missing plan fails with its name', async () => {
    const id = await keys.create(newKey());
    await expect(keys.bindToPlan(id, 'GoneRequestPerDay')).rejects.toThrow('GoneRequestPerDay');
  });
});

describe('delete', () => {
  test('removes key and binding', async () => {
    const key = newKey();
    const id = await keys.create(key);
    await keys.bindToPlan(id, '3RequestPerDay');
    await keys.delete(id);
    expect(await namesInGateway(key.name)).toEqual([]);
    expect(await boundTo('3RequestPerDay')).toEqual([]);
  });

  test('succeeds if the key is gone', async () => {
    const id = await keys.create(newKey());
    await keys.delete(id);
    await keys.delete(id);
    await keys.delete('neverthere');
  });

  test('succeeds even if the reply is lost', async () => {
    const key = newKey();
    const id = await keys.create(key);
    fault('DeleteApiKey', 'drop-reply', { times: 1 });
    await keys.delete(id);
    expect(await namesInGateway(key.name)).toEqual([]);
  });
});

test('a failure of API Gateway is reported as an unavailable part', async () => {
  const { toDaypassError } = await import('../../../../lambda/http/error-answer.ts');
  fault('DeleteApiKey', 'error', { error: 'ServiceUnavailableException' });
  const error = await keys.delete('any').catch((thrown: unknown) => thrown);
  expect(toDaypassError(error)).toMatchObject({ code: 'service_unavailable' });
});
