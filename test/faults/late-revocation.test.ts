import { randomUUID } from 'node:crypto';
import { routeEvent } from './operations.ts';
import { type RunningBench, startBench } from './start-bench.ts';

let bench: RunningBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

test('a late revocation does not take the place of a key made since', async () => {
  const userId = randomUUID();
  const { record } = await bench.workshop.create(userId);
  const lane = bench.platform.proxy.lane('late');
  const environment = bench.functions.environment('late');
  const revoke = () =>
    environment.invoke('revoke-api-key', routeEvent(userId, { pathParameters: { id: record.keyId } }), 0);
  lane.begin(({ operation }) => (operation === 'TransactWriteItems' ? 'late' : undefined));
  expect(await revoke()).toMatchObject({ status: 503 });
  await bench.workshop.revoke(record);
  await bench.workshop.create(userId);
  await lane.applyLate();
  await expect(bench.workshop.create(userId)).rejects.toMatchObject({ code: 'key_exists' });
});
