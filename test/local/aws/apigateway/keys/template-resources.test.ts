import {
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

test('two plans that change their size and swap their names keep their keys', async () => {
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
  const KeyId = started.gateway.defineApiKey('Held', { Value: 'h'.repeat(20), Enabled: true }).ref;
  started.gateway.defineUsagePlanKey('Hold', { KeyId, KeyType: 'API_KEY', UsagePlanId: first });
  expect(define(['Two', 10], ['One', 20])).toEqual([first, second]);
  const plansOfKey = await started.client.send(new GetUsagePlansCommand({ keyId: KeyId }));
  expect(plansOfKey.items).toMatchObject([{ id: first, name: 'Two', quota: { limit: 10 } }]);
  for (const id of started.gateway.storedIds()) started.gateway.undefineStored(id);
});

test('what a template no longer has can be found and removed', async () => {
  const { gateway } = started;
  const UsagePlanId = plan(1);
  const KeyId = gateway.defineApiKey('Key', { Value: 'k'.repeat(20), Enabled: true }).ref;
  expect(gateway.defineUsagePlanKey('Binding', { KeyId, KeyType: 'API_KEY', UsagePlanId }).ref).toBe(
    `${KeyId}:${UsagePlanId}`,
  );
  await restart();
  expect(started.gateway.storedIds()).toEqual(['Binding', 'Key', 'Plan']);
  for (const id of ['Binding', 'Key', 'Plan']) expect(started.gateway.undefineStored(id)).toBe(true);
  expect(started.gateway.undefineStored('Plan')).toBe(false);
  expect(started.gateway.storedIds()).toEqual([]);
  await expect(limitOf(UsagePlanId)).rejects.toMatchObject({ name: 'NotFoundException' });
});

test("a key keeps its plan when its value changes, and without a value of the template's keeps its own", async () => {
  const { gateway } = started;
  const apiStages = [{ ApiId: started.apiId, Stage: 'prod' }];
  const UsagePlanId = gateway.defineUsagePlan('Open', { ApiStages: apiStages }).ref;
  const define = (Value?: string) =>
    gateway.defineApiKey('Changing', { Enabled: true, ...(Value && { Value }) }).ref;
  gateway.defineUsagePlanKey('B2', { KeyId: define('a'.repeat(20)), KeyType: 'API_KEY', UsagePlanId });
  const chat = async (value: string) =>
    (await fetch(`${started.url}/v1/chat`, { method: 'POST', headers: { 'x-api-key': value } })).status;
  define('b'.repeat(20));
  expect([await chat('a'.repeat(20)), await chat('b'.repeat(20))]).toEqual([403, 200]);
  define();
  expect(await chat('b'.repeat(20))).toBe(200);
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
    'a throttle for a method that is not there',
    'Method not found for usage plan throttle: /v1/chat/GET',
    () =>
      started.gateway.defineUsagePlan('Bad', {
        ApiStages: [{ ApiId: started.apiId, Stage: 'prod', Throttle: { '/v1/chat/GET': { RateLimit: 1 } } }],
      }),
  ],
  [
    'a short key',
    'should be at least 20 characters',
    () => started.gateway.defineApiKey('Bad', { Value: 'short' }),
  ],
  [
    'a binding to nothing',
    'Invalid Usage Plan ID specified',
    () => started.gateway.defineUsagePlanKey('Bad', { KeyId: 'x', KeyType: 'API_KEY', UsagePlanId: 'y' }),
  ],
])('%s is refused by name', (_case, message, define) => {
  expect(define).toThrow(message);
});
