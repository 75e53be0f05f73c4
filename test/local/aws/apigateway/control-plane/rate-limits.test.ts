import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  DeleteApiKeyCommand,
  GetUsagePlansCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { stillClock } from '../data-plane/start-gateway.ts';
import { startControlPlane } from './start-control-plane.ts';

let started: Awaited<ReturnType<typeof startControlPlane>>;

async function start(controlPlaneLimits: boolean) {
  started = await startControlPlane({ controlPlaneLimits, clock: stillClock(0) });
}
afterEach(() => started.close());

/** How many of so many calls in a row are let through, and how the others are refused. */
async function run(calls: number, call: () => Promise<unknown>) {
  const results = [];
  for (let made = 0; made < calls; made += 1)
    results.push(
      await call().then(
        () => 'ok',
        (error: unknown) => error,
      ),
    );
  return { passed: results.filter((result) => result === 'ok').length, last: results.at(-1) };
}

const refused = (retryAfter: string) =>
  expect.objectContaining({
    name: 'TooManyRequestsException',
    message: 'Too Many Requests',
    retryAfterSeconds: retryAfter,
  });

test('CreateApiKey and DeleteApiKey take 5 a second each', async () => {
  await start(true);
  const { client } = started;
  const create = () => client.send(new CreateApiKeyCommand({}));
  const remove = () =>
    client.send(new DeleteApiKeyCommand({ apiKey: 'nope' })).catch((error: Error) => {
      if (error.name !== 'NotFoundException') throw error;
    });
  expect(await run(8, create)).toEqual({ passed: 5, last: refused('1') });
  expect((await run(8, remove)).passed).toBe(5);
  started.clock.moveTo(1);
  expect((await run(8, create)).passed).toBe(5);
});

test('UpdateUsagePlan takes one in 20 seconds and says when to retry', async () => {
  await start(true);
  const { id } = await started.client.send(new CreateUsagePlanCommand({ name: 'p' }));
  const update = () =>
    started.client.send(new UpdateUsagePlanCommand({ usagePlanId: id, patchOperations: [] }));
  expect(await run(2, update)).toEqual({ passed: 1, last: refused('20') });
  started.clock.moveTo(19);
  expect(await run(1, update)).toEqual({ passed: 0, last: refused('1') });
  started.clock.moveTo(20);
  expect((await run(2, update)).passed).toBe(1);
});

test('every other operation takes a burst of 40 and then 10 a second', async () => {
  await start(true);
  const read = () => started.client.send(new GetUsagePlansCommand({}));
  expect((await run(60, read)).passed).toBe(40);
  started.clock.moveTo(1);
  expect((await run(20, read)).passed).toBe(10);
});

test('limits can be turned off', async () => {
  await start(false);
  expect((await run(60, () => started.client.send(new CreateApiKeyCommand({})))).passed).toBe(60);
});
