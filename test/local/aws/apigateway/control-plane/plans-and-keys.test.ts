import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteUsagePlanCommand,
  GetApiKeysCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { startControlPlane } from './start-control-plane.ts';

let started: Awaited<ReturnType<typeof startControlPlane>>;
beforeEach(async () => {
  started = await startControlPlane();
});
afterEach(() => started.close());

const plan = async (name: string, apiStages: { apiId: string; stage: string }[] = []) =>
  started.client.send(new CreateUsagePlanCommand({ name, apiStages }));
const key = async (name: string) =>
  (await started.client.send(new CreateApiKeyCommand({ name, enabled: true }))).id ?? '';
const bind = (usagePlanId: string | undefined, keyId: string) =>
  started.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));

const names = ['zoe', 'ada', 'max', 'eve', 'bob'];

/** The names on every page of a list, two a page. */
async function pages(
  list: (position: string | undefined) => Promise<{ items?: { name?: string }[]; position?: string }>,
): Promise<(string | undefined)[][]> {
  const found: (string | undefined)[][] = [];
  let position: string | undefined;
  do {
    const page = await list(position);
    found.push((page.items ?? []).map(({ name }) => name));
    ({ position } = page);
  } while (position !== undefined);
  return found;
}

test('keys, plans and the keys of a plan are listed in order of creation, page by page', async () => {
  const { client } = started;
  const { id: usagePlanId } = await plan(names[0] ?? '');
  for (const name of names.slice(1)) await plan(name);
  for (const name of names) await bind(usagePlanId, await key(name));
  const inPairs = [['zoe', 'ada'], ['max', 'eve'], ['bob']];
  const limit = 2;
  expect(await pages((position) => client.send(new GetApiKeysCommand({ limit, position })) as never)).toEqual(
    inPairs,
  );
  expect(
    await pages((position) => client.send(new GetUsagePlansCommand({ limit, position })) as never),
  ).toEqual(inPairs);
  expect(
    await pages(
      (position) => client.send(new GetUsagePlanKeysCommand({ usagePlanId, limit, position })) as never,
    ),
  ).toEqual(inPairs);
});

test('the order is not shown in the answers', async () => {
  const response = await fetch(`${started.endpoint}/usageplans`, { method: 'POST', body: '{"name":"a"}' });
  expect(Object.keys((await response.json()) as object).sort()).toEqual(['apiStages', 'id', 'name']);
});

test('if both a plan and a key are unknown, the key is named', async () => {
  await expect(bind('nobody', 'nothing')).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Invalid API Key identifier specified',
  });
  await expect(bind('nobody', await key('a'))).rejects.toMatchObject({
    message: 'Invalid Usage Plan ID specified',
  });
});

test('a key is on ten plans at most', async () => {
  const keyId = await key('a');
  for (let made = 0; made < 10; made += 1) await bind((await plan(`p${made}`)).id, keyId);
  await expect(bind((await plan('p10')).id, keyId)).rejects.toMatchObject({
    name: 'LimitExceededException',
    $metadata: { httpStatusCode: 429 },
  });
});

test('a product code is added, replaced and removed', async () => {
  const { id: usagePlanId } = await plan('sold');
  const patch = (op: 'add' | 'replace' | 'remove', value?: string) =>
    started.client.send(
      new UpdateUsagePlanCommand({ usagePlanId, patchOperations: [{ op, path: '/productCode', value }] }),
    );
  expect((await patch('add', 'one')).productCode).toBe('one');
  expect((await patch('replace', 'two')).productCode).toBe('two');
  expect((await patch('remove')).productCode).toBeUndefined();
});

test('a plan with stages can’t be deleted, in AWS’s words', async () => {
  const { id: usagePlanId } = await plan('served', [{ apiId: started.apiId, stage: 'prod' }]);
  await expect(started.client.send(new DeleteUsagePlanCommand({ usagePlanId }))).rejects.toMatchObject({
    name: 'BadRequestException',
    message: `Cannot delete Usage Plan ${usagePlanId} because there are API Stages associated with it, including ${started.apiId}:prod`,
  });
});

test('stages that don’t exist and lists of unknown plans are refused', async () => {
  await expect(plan('a', [{ apiId: 'foo', stage: 'bar' }])).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'API Stage not found: foo:bar',
  });
  await expect(
    started.client.send(new GetUsagePlanKeysCommand({ usagePlanId: 'nobody' })),
  ).rejects.toMatchObject({ name: 'NotFoundException', $metadata: { httpStatusCode: 404 } });
});
