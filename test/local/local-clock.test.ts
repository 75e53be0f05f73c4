import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseScheduleExpression } from '../../local/aws/events/schedule-expression.ts';
import { createSchedules } from '../../local/aws/events/schedules.ts';
import { createClock } from '../../local/clock.ts';
import { createLocalRoutes, type LocalRoutesDeps } from '../../local/http/local-routes.ts';
import { silentLog } from '../../local/log.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

/** The local routes with one function on schedule, which ends when it is told to. */
async function start(patience?: LocalRoutesDeps['patience']) {
  const clock = createClock();
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const schedules = createSchedules({
    clock,
    log: silentLog,
    invoker: { invoke: () => ended.then(() => ({ payload: '' })) as never },
  });
  schedules.set({
    name: 'sweep',
    functionName: 'Daypass-reconcile',
    next: parseScheduleExpression('rate(5 minutes)'),
    event: () => ({}),
  });
  const routes = createLocalRoutes({
    clock,
    schedules,
    dynamoDb: { sweepExpired: async () => {} },
    stageUrl: 'http://127.0.0.1:1/prod',
    patience,
  } as unknown as LocalRoutesDeps);
  server = createServer((request, response) => void routes(request, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_local/clock`;
  return {
    end,
    state: async () => (await fetch(url)).json(),
    move: async (offsetSeconds: number) =>
      (await fetch(url, { method: 'POST', body: JSON.stringify({ offsetSeconds }) })).json(),
  };
}

test('a moved clock does not wait for a pass that hangs, and says that it is still running', async () => {
  const { move, state, end } = await start(async () => {});
  expect(await move(600)).toMatchObject({ offsetSeconds: 600, running: ['Daypass-reconcile'] });
  expect(await state()).toMatchObject({ running: ['Daypass-reconcile'] });
  end();
  expect(await move(600)).toMatchObject({ running: [] });
});

test('it waits for one that ends in time, and for no longer', async () => {
  let over: AbortSignal | undefined;
  const { move, end } = await start((signal) => {
    over = signal;
    return new Promise(() => {});
  });
  const moved = move(600);
  end();
  expect(await moved).toMatchObject({ offsetSeconds: 600, running: [] });
  expect(over?.aborted).toBe(true);
});
