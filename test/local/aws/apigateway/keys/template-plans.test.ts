import {
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  GetUsagePlanCommand,
  GetUsagePlansCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { openStore } from '../../../../../local/state/store.ts';
import { startControlPlane } from '../control-plane/start-control-plane.ts';

const store = openStore(':memory:');
let started: Awaited<ReturnType<typeof startControlPlane>>;
const restart = async () => {
  await started?.close();
  started = await startControlPlane({ store });
};
beforeEach(restart);
afterAll(async () => {
  await started.close();
  store.close();
});

const plan = (limit: number) =>
  started.gateway.defineUsagePlan('Plan', { UsagePlanName: 'p', Quota: { Limit: limit, Period: 'DAY' } }).ref;
const limitOf = async (usagePlanId: string) =>
  (await started.client.send(new GetUsagePlanCommand({ usagePlanId }))).quota?.limit;

test("an operator's change outlives a restart, until the template itself changes", async () => {
  const id = plan(10);
  const patchOperations = [{ op: 'replace' as const, path: '/quota/limit', value: '99' }];
  await started.client.send(new UpdateUsagePlanCommand({ usagePlanId: id, patchOperations }));
  await restart();
  expect(plan(10)).toBe(id);
  expect(await limitOf(id)).toBe(99);
  expect(plan(20)).toBe(id);
  expect(await limitOf(id)).toBe(20);
});

test('two plans that change their limits and swap their names keep their keys', async () => {
  const define = (one: [string, number], other: [string, number]) =>
    [one, other].map(
      ([UsagePlanName, Limit], at) =>
        started.gateway.defineUsagePlan(`Swapping${at}`, {
          UsagePlanName,
          Quota: { Limit, Period: 'DAY' },
          ApiStages: [{ ApiId: started.apiId, Stage: 'prod' }],
        }).ref,
    );
  const [first = '', second = ''] = define(['One', 1], ['Two', 2]);
  const { id: keyId } = await started.client.send(new CreateApiKeyCommand({ enabled: true }));
  await started.client.send(new CreateUsagePlanKeyCommand({ usagePlanId: first, keyId, keyType: 'API_KEY' }));
  expect(define(['Two', 10], ['One', 20])).toEqual([first, second]);
  const plansOfKey = await started.client.send(new GetUsagePlansCommand({ keyId }));
  expect(plansOfKey.items).toMatchObject([{ id: first, name: 'Two', quota: { limit: 10 } }]);
  started.gateway.keepOnly(new Set());
});

test('a plan that a template no longer has is removed, also after a restart', async () => {
  const id = plan(1);
  started.gateway.keepOnly(new Set(['Plan']));
  await restart();
  expect(await limitOf(id)).toBe(1);
  started.gateway.keepOnly(new Set(['Another']));
  await expect(limitOf(id)).rejects.toMatchObject({ name: 'NotFoundException' });
  expect(plan(1)).toBe(id);
  expect(await limitOf(id)).toBe(1);
});

test.each([
  [
    'an unknown property',
    'Nonsense is not supported',
    () => started.gateway.defineUsagePlan('Bad', { Nonsense: 1 }),
  ],
  [
    'an unknown stage',
    "AWS::ApiGateway::UsagePlan 'Bad': API Stage not found: x:y",
    () => started.gateway.defineUsagePlan('Bad', { ApiStages: [{ ApiId: 'x', Stage: 'y' }] }),
  ],
  [
    'a throttle for an unknown method',
    'Method not found for usage plan throttle: /v1/chat/GET',
    () =>
      started.gateway.defineUsagePlan('Bad', {
        ApiStages: [{ ApiId: started.apiId, Stage: 'prod', Throttle: { '/v1/chat/GET': { RateLimit: 1 } } }],
      }),
  ],
])('%s is refused by name', (_case, message, define) => {
  expect(define).toThrow(message);
});
