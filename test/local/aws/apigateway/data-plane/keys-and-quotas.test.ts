import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../../../local/state/store.ts';
import { type StartedGateway, startGateway, stillClock } from './start-gateway.ts';

const day = 86_400;
let started: StartedGateway;

/** A Wednesday. */
const noon = Date.UTC(2026, 3, 15, 12);

async function start(options: Parameters<typeof startGateway>[0] = {}) {
  started = await startGateway({ clock: stillClock(noon), ...options });
  started.method('POST', '/chat', { ApiKeyRequired: true });
  started.method('GET', '/free', { ApiKeyRequired: false });
}
afterEach(() => started.close());

const chat = async (value?: string, path = '/chat', method = 'POST') => {
  const response = await fetch(`${started.url}${path}`, {
    method,
    headers: value === undefined ? {} : { 'x-api-key': value },
  });
  return {
    status: response.status,
    errorType: response.headers.get('x-amzn-errortype'),
    body: await response.json(),
  };
};
const forbidden = { status: 403, errorType: 'ForbiddenException', body: { message: 'Forbidden' } };
const limitExceeded = {
  status: 429,
  errorType: 'LimitExceededException',
  body: { message: 'Limit Exceeded' },
};
const tooMany = {
  status: 429,
  errorType: 'TooManyRequestsException',
  body: { message: 'Too Many Requests' },
};

describe('A method that needs a key', () => {
  test('lets a bound key in and tells the function which one', async () => {
    await start();
    const { value, keyId } = started.key({});
    expect((await chat(value)).status).toBe(200);
    expect(started.events[0]?.requestContext.identity).toMatchObject({ apiKey: value, apiKeyId: keyId });
  });

  test('refuses a missing, an unknown, a disabled and an unbound key alike', async () => {
    await start();
    started.unboundKey({ value: 'd'.repeat(20), enabled: false });
    started.unboundKey({ value: 'u'.repeat(20), enabled: true });
    started.key({});
    for (const value of [undefined, '', 'x'.repeat(20), 'd'.repeat(20), 'u'.repeat(20)]) {
      expect(await chat(value)).toEqual(forbidden);
    }
    expect(started.events).toEqual([]);
  });

  test('refuses a key whose plan is not for this stage', async () => {
    await start();
    expect(await chat(started.key({ ApiStages: [] }).value)).toEqual(forbidden);
  });

  test('a method that requires none ignores keys', async () => {
    await start();
    expect((await chat('nonsense', '/free', 'GET')).status).toBe(200);
  });

  test('with an activation delay a key works only after it', async () => {
    await start({ activationDelaySeconds: 30 });
    const { value } = started.key({});
    expect(await chat(value)).toEqual(forbidden);
    started.clock.moveTo(29);
    expect(await chat(value)).toEqual(forbidden);
    started.clock.moveTo(30);
    expect((await chat(value)).status).toBe(200);
  });
});

describe('A day quota', () => {
  test('of 10 lets exactly 10 of 200 concurrent calls through', async () => {
    await start();
    const { value } = started.key({ Quota: { Limit: 10, Period: 'DAY' } });
    const statuses = await Promise.all(Array.from({ length: 200 }, async () => (await chat(value)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(190);
    expect(started.events).toHaveLength(10);
    expect(await chat(value)).toEqual(limitExceeded);
  });

  test("is each key's own", async () => {
    await start();
    const plan = { Quota: { Limit: 1, Period: 'DAY' } };
    const [one, other] = [started.key(plan), started.key(plan)];
    expect((await chat(one.value)).status).toBe(200);
    expect(await chat(one.value)).toEqual(limitExceeded);
    expect((await chat(other.value)).status).toBe(200);
  });

  test('begins anew at midnight UTC, and setting the clock back finds the old day unchanged', async () => {
    await start();
    const { value } = started.key({ Quota: { Limit: 1, Period: 'DAY' } });
    expect((await chat(value)).status).toBe(200);
    started.clock.moveTo(day / 2 - 1);
    expect(await chat(value)).toEqual(limitExceeded);
    started.clock.moveTo(day / 2);
    expect((await chat(value)).status).toBe(200);
    expect(await chat(value)).toEqual(limitExceeded);
    started.clock.moveTo(0);
    expect(await chat(value)).toEqual(limitExceeded);
  });

  test('outlives a restart', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gateway-'));
    const path = join(directory, 'state.db');
    await start({ store: openStore(path) });
    const plan = { Quota: { Limit: 2, Period: 'DAY' } };
    const before = started.key(plan);
    expect((await chat(before.value)).status).toBe(200);
    await started.close();
    started.store.close();

    await start({ store: openStore(path) });
    expect((await chat(before.value)).status).toBe(200);
    expect(await chat(before.value)).toEqual(limitExceeded);
    await started.close();
    started.store.close();
    rmSync(directory, { recursive: true });
  });
});

describe('Longer quotas', () => {
  test('a week begins on Sunday plus the offset', async () => {
    await start();
    // Wednesday. With offset 4 the week begins on Thursday.
    const { value } = started.key({ Quota: { Limit: 1, Period: 'WEEK', Offset: 4 } });
    expect((await chat(value)).status).toBe(200);
    started.clock.moveTo(day / 2 - 1);
    expect(await chat(value)).toEqual(limitExceeded);
    started.clock.moveTo(day / 2);
    expect((await chat(value)).status).toBe(200);
    started.clock.moveTo(day / 2 + 7 * day - 1);
    expect(await chat(value)).toEqual(limitExceeded);
    started.clock.moveTo(day / 2 + 7 * day);
    expect((await chat(value)).status).toBe(200);
  });

  test('a month begins on its first day plus the offset', async () => {
    await start();
    // The 15th. With offset 19 the month begins on the 20th.
    const { value } = started.key({ Quota: { Limit: 1, Period: 'MONTH', Offset: 19 } });
    expect((await chat(value)).status).toBe(200);
    started.clock.moveTo(4.5 * day - 1);
    expect(await chat(value)).toEqual(limitExceeded);
    started.clock.moveTo(4.5 * day);
    expect((await chat(value)).status).toBe(200);
  });
});

describe('A throttle', () => {
  test('lets the burst through and then the rate, per key', async () => {
    await start();
    const { value } = started.key({ Throttle: { RateLimit: 2, BurstLimit: 3 } });
    const statuses = [];
    for (let call = 0; call < 5; call += 1) statuses.push((await chat(value)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    started.clock.moveTo(1);
    expect((await chat(value)).status).toBe(200);
    expect((await chat(value)).status).toBe(200);
    expect(await chat(value)).toEqual(tooMany);
  });

  test('refuses before the quota is touched', async () => {
    await start();
    const { value } = started.key({
      Throttle: { RateLimit: 1, BurstLimit: 1 },
      Quota: { Limit: 2, Period: 'DAY' },
    });
    expect((await chat(value)).status).toBe(200);
    for (let call = 0; call < 5; call += 1) expect(await chat(value)).toEqual(tooMany);
    started.clock.moveTo(10);
    expect((await chat(value)).status).toBe(200);
    started.clock.moveTo(20);
    expect(await chat(value)).toEqual(limitExceeded);
  });

  test("a plan's setting for a method overrides the plan's own", async () => {
    await start();
    const { value } = started.key({
      Throttle: { RateLimit: 100, BurstLimit: 100 },
      ApiStages: [
        { ApiId: started.apiId, Stage: 'prod', Throttle: { '/chat/POST': { RateLimit: 1, BurstLimit: 1 } } },
      ],
    });
    expect((await chat(value)).status).toBe(200);
    expect(await chat(value)).toEqual(tooMany);
  });

  test("a stage's setting applies to all callers of a method, and the most specific one wins", async () => {
    await start();
    started.stage({
      MethodSettings: [
        {
          ResourcePath: '/*',
          HttpMethod: '*',
          ThrottlingRateLimit: 100,
          ThrottlingBurstLimit: 100,
          LoggingLevel: 'ERROR',
        },
        { ResourcePath: '/~1free', HttpMethod: 'GET', ThrottlingRateLimit: 0.1, ThrottlingBurstLimit: 1 },
      ],
    });
    expect((await chat(undefined, '/free', 'GET')).status).toBe(200);
    expect(await chat(undefined, '/free', 'GET')).toEqual(tooMany);
    const { value } = started.key({});
    expect((await chat(value)).status).toBe(200);
    expect((await chat(value)).status).toBe(200);
  });
});
