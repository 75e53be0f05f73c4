import {
  APIGatewayClient,
  CreateApiKeyCommand,
  GetUsagePlanKeysCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import type { PlanBindings } from '../../../../core/keys/ports.ts';
import { type StartedGateway, startGateway } from '../../../local/aws/apigateway/data-plane/start-gateway.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

let aws: RunningAws;
let gateway: StartedGateway;
let bindings: PlanBindings;
let client: APIGatewayClient;
let planIds: Record<string, string>;
let now = Date.UTC(2026, 10, 22);

beforeAll(async () => {
  gateway = await startGateway({ controlPlaneLimits: false });
  aws = await startAws([gateway.gateway.controlPlane]);
  planIds = Object.fromEntries(
    ['Ten', 'Twenty'].map((UsagePlanName) => {
      const plan = { UsagePlanName, ApiStages: [{ ApiId: gateway.apiId, Stage: 'prod' }] };
      return [UsagePlanName, gateway.gateway.defineUsagePlan(UsagePlanName, plan).ref];
    }),
  );
  const { createPlanBindings } = await import('../../../../lambda/adapters/api-gateway/usage-plans.ts');
  client = new APIGatewayClient({});
  bindings = createPlanBindings(client, { now: () => now });
});
afterAll(async () => {
  client.destroy();
  await aws.close();
  await gateway.close();
});
afterEach(() => aws.faults.replace([]));

const newKey = async () => (await client.send(new CreateApiKeyCommand({ enabled: true }))).id ?? '';
const isOn = async (plan: string, keyId: string) => {
  const command = new GetUsagePlanKeysCommand({ usagePlanId: planIds[plan], limit: 500 });
  return (await client.send(command)).items?.some(({ id }) => id === keyId) === true;
};
const refuse = (operation: string, times?: number) =>
  aws.faults.replace([
    {
      service: 'apigateway',
      operation,
      kind: 'error',
      error: 'ConflictException',
      status: 409,
      message: 'Unable to complete operation due to concurrent modification. Please try again later.',
      ...(times !== undefined && { times }),
    },
  ]);

test('a key leaves its plan and joins another one', async () => {
  const id = await newKey();
  await bindings.bindToPlan(id, 'Ten');
  await bindings.unbindFromPlan(id, 'Ten');
  await bindings.bindToPlan(id, 'Twenty');
  expect([await isOn('Ten', id), await isOn('Twenty', id)]).toEqual([false, true]);
});

test('leaving a plan twice, or one it is not on, succeeds, also for a key that is gone', async () => {
  const id = await newKey();
  await bindings.bindToPlan(id, 'Ten');
  for (let time = 1; time <= 2; time += 1) await bindings.unbindFromPlan(id, 'Ten');
  await bindings.unbindFromPlan(id, 'Twenty');
  await bindings.unbindFromPlan('neverthere', 'Ten');
});

test('leaving a plan succeeds even if the reply is lost', async () => {
  const id = await newKey();
  await bindings.bindToPlan(id, 'Ten');
  aws.faults.replace([
    { service: 'apigateway', operation: 'DeleteUsagePlanKey', kind: 'drop-reply', times: 1 },
  ]);
  await bindings.unbindFromPlan(id, 'Ten');
  expect(await isOn('Ten', id)).toBe(false);
});

test('joining a second plan of the stage fails, and is not mistaken for being bound already', async () => {
  const id = await newKey();
  await bindings.bindToPlan(id, 'Ten');
  await expect(bindings.bindToPlan(id, 'Twenty')).rejects.toMatchObject({ name: 'ConflictException' });
  expect(await isOn('Ten', id)).toBe(true);
});

test.each(['CreateUsagePlanKey', 'DeleteUsagePlanKey'])(
  'a binding made at the same moment is waited for: %s',
  async (operation) => {
    const id = await newKey();
    if (operation === 'DeleteUsagePlanKey') await bindings.bindToPlan(id, 'Ten');
    refuse(operation, 2);
    if (operation === 'DeleteUsagePlanKey') await bindings.unbindFromPlan(id, 'Ten');
    else await bindings.bindToPlan(id, 'Ten');
    expect(await isOn('Ten', id)).toBe(operation === 'CreateUsagePlanKey');
  },
);

test('if other bindings stay in the way, it is a 503 that says when to retry, and nothing is bound', async () => {
  const id = await newKey();
  refuse('CreateUsagePlanKey');
  await expect(bindings.bindToPlan(id, 'Ten')).rejects.toMatchObject({
    code: 'service_unavailable',
    headers: { 'retry-after': '5' },
  });
  expect(await isOn('Ten', id)).toBe(false);
}, 20_000);

test('existing plans are found, and a missing one is named', async () => {
  await bindings.findPlans(['Ten', 'Twenty']);
  await expect(bindings.findPlans(['Ten', 'Gone'])).rejects.toThrow('Gone');
});

test('a minute after two plans swapped names, keys join the one that has the name now', async () => {
  await bindings.findPlans(['Ten', 'Twenty']);
  const { Ten: usagePlanId = '', Twenty: otherId = '' } = planIds;
  const rename = (id: string, value: string) =>
    client.send(
      new UpdateUsagePlanCommand({
        usagePlanId: id,
        patchOperations: [{ op: 'replace', path: '/name', value }],
      }),
    );
  await rename(usagePlanId, 'Twenty');
  await rename(otherId, 'Ten');
  now += 60_000;
  const id = await newKey();
  await bindings.bindToPlan(id, 'Ten');
  expect([await isOn('Ten', id), await isOn('Twenty', id)]).toEqual([false, true]);
});
