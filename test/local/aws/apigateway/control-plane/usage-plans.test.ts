import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetUsageCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  type PatchOperation,
  UpdateUsageCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { stillClock } from '../data-plane/start-gateway.ts';
import { startControlPlane } from './start-control-plane.ts';

const noon = Date.UTC(2026, 3, 15, 12);
const day = 86_400;
let started: Awaited<ReturnType<typeof startControlPlane>>;

beforeEach(async () => {
  started = await startControlPlane({ clock: stillClock(noon) });
});
afterEach(() => started.close());

const createPlan = (input: Partial<ConstructorParameters<typeof CreateUsagePlanCommand>[0]> = {}) =>
  started.client.send(
    new CreateUsagePlanCommand({
      name: 'plan',
      apiStages: [{ apiId: started.apiId, stage: 'prod' }],
      ...input,
    }),
  );
const createKey = async (name: string) => {
  const value = name.padEnd(24, 'x');
  const { id = '' } = await started.client.send(new CreateApiKeyCommand({ name, value, enabled: true }));
  const chat = async () =>
    (await fetch(`${started.url}/v1/chat`, { method: 'POST', headers: { 'x-api-key': value } })).status;
  return { id, chat };
};
const bind = (usagePlanId: string | undefined, keyId: string) =>
  started.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
const patch = (usagePlanId: string | undefined, ...patchOperations: PatchOperation[]) =>
  started.client.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }));
const rejected = (name: string, message: unknown = expect.any(String)) => ({ name, message });

describe('CreateUsagePlan', () => {
  test('keeps stages, throttle, quota and tags as given', async () => {
    const input = {
      name: '10RequestPerDay',
      description: 'd',
      apiStages: [
        {
          apiId: started.apiId,
          stage: 'prod',
          throttle: { '/v1/chat/POST': { rateLimit: 1.5, burstLimit: 2 } },
        },
      ],
      throttle: { rateLimit: 5, burstLimit: 10 },
      quota: { limit: 10, offset: 0, period: 'DAY' as const },
      tags: { a: 'b' },
    };
    const { id, $metadata } = await createPlan(input);
    expect($metadata.httpStatusCode).toBe(201);
    expect(await started.client.send(new GetUsagePlanCommand({ usagePlanId: id }))).toMatchObject({
      id,
      ...input,
    });
  });

  test.each([
    [
      'an unknown stage',
      { apiStages: [{ apiId: 'nope', stage: 'prod' }] },
      'NotFoundException',
      'API Stage not found: nope:prod',
    ],
    [
      'a quota of 0',
      { quota: { limit: 0, period: 'DAY' as const } },
      'BadRequestException',
      'Usage Plan quota limit must be greater than 0',
    ],
    [
      'a day offset',
      { quota: { limit: 1, offset: 1, period: 'DAY' as const } },
      'BadRequestException',
      'Usage Plan quota offset must be zero in the DAY period',
    ],
    [
      'a week offset of 7',
      { quota: { limit: 1, offset: 7, period: 'WEEK' as const } },
      'BadRequestException',
      'Usage Plan quota offset must be between 0 and 6 inclusive in the WEEK period',
    ],
    [
      'a negative rate',
      { throttle: { rateLimit: -1 } },
      'BadRequestException',
      'Usage Plan throttle rate limit must not be negative',
    ],
    ['a blank name', { name: ' ' }, 'BadRequestException', 'Usage Plan name cannot be blank'],
  ])('%s is refused', async (_case, input, name, message) => {
    await expect(createPlan(input)).rejects.toMatchObject(rejected(name, message));
  });
});

describe('GetUsagePlans', () => {
  test('pages, and lists the plans of one key', async () => {
    const plans = [
      await createPlan(),
      await createPlan({ apiStages: [] }),
      await createPlan({ apiStages: [] }),
    ];
    const { id } = await createKey('k');
    await bind(plans[1]?.id, id);
    const mine = await started.client.send(new GetUsagePlansCommand({ keyId: id }));
    expect(mine.items?.map((plan) => plan.id)).toEqual([plans[1]?.id]);
    const first = await started.client.send(new GetUsagePlansCommand({ limit: 2 }));
    const second = await started.client.send(
      new GetUsagePlansCommand({ limit: 2, position: first.position }),
    );
    const seen = [...(first.items ?? []), ...(second.items ?? [])].map((plan) => plan.id);
    expect(seen.sort()).toEqual(plans.map((plan) => plan.id).sort());
    expect(second.position).toBeUndefined();
  });
});

describe('UpdateUsagePlan', () => {
  test('changes name, limits, stages and method throttles, and removes them', async () => {
    const { id } = await createPlan({ apiStages: [] });
    const stage = `${started.apiId}:prod`;
    const method = `/apiStages/${stage}/throttle/~1v1~1chat/POST`;
    const updated = await patch(
      id,
      { op: 'replace', path: '/name', value: 'new' },
      { op: 'replace', path: '/quota/limit', value: '5' },
      { op: 'replace', path: '/quota/period', value: 'MONTH' },
      { op: 'replace', path: '/quota/offset', value: '3' },
      { op: 'add', path: '/throttle/rateLimit', value: '2.5' },
      { op: 'replace', path: '/throttle/burstLimit', value: '7' },
      { op: 'add', path: '/apiStages', value: stage },
      { op: 'replace', path: `${method}/rateLimit`, value: '1' },
      { op: 'replace', path: `${method}/burstLimit`, value: '2' },
    );
    expect(updated).toMatchObject({
      name: 'new',
      quota: { limit: 5, period: 'MONTH', offset: 3 },
      throttle: { rateLimit: 2.5, burstLimit: 7 },
      apiStages: [
        {
          apiId: started.apiId,
          stage: 'prod',
          throttle: { '/v1/chat/POST': { rateLimit: 1, burstLimit: 2 } },
        },
      ],
    });
    const bare = await patch(
      id,
      { op: 'remove', path: method },
      { op: 'remove', path: '/quota' },
      { op: 'remove', path: '/throttle' },
      { op: 'remove', path: '/apiStages', value: stage },
    );
    expect(bare).toMatchObject({ apiStages: [] });
    expect([bare.quota, bare.throttle]).toEqual([undefined, undefined]);
  });

  test.each([
    [{ op: 'replace', path: '/nonsense', value: '1' }, 'BadRequestException'],
    [{ op: 'replace', path: '/quota/limit', value: 'many' }, 'BadRequestException'],
    [{ op: 'replace', path: '/quota/period', value: 'YEAR' }, 'BadRequestException'],
    [{ op: 'add', path: '/apiStages', value: 'nope:prod' }, 'NotFoundException'],
    [{ op: 'add', path: '/apiStages', value: 'nope' }, 'BadRequestException'],
    [{ op: 'remove', path: '/apiStages', value: 'nope:prod' }, 'NotFoundException'],
  ] as const)('%j is refused', async (operation, name) => {
    const { id } = await createPlan();
    await expect(patch(id, operation)).rejects.toMatchObject(rejected(name));
  });

  test('cannot give a bound key a second plan for the same stage', async () => {
    const [one, other] = [await createPlan(), await createPlan({ apiStages: [] })];
    const { id } = await createKey('k');
    await bind(one.id, id);
    await bind(other.id, id);
    await expect(
      patch(other.id, { op: 'add', path: '/apiStages', value: `${started.apiId}:prod` }),
    ).rejects.toMatchObject(
      rejected('ConflictException', expect.stringContaining('multiple Usage Plans with the same API Stage')),
    );
  });

  test('a higher quota readmits a used-up key at once', async () => {
    const { id } = await createPlan({ quota: { limit: 1, period: 'DAY' } });
    const key = await createKey('k');
    await bind(id, key.id);
    expect([await key.chat(), await key.chat()]).toEqual([200, 429]);
    await patch(id, { op: 'replace', path: '/quota/limit', value: '2' });
    expect([await key.chat(), await key.chat()]).toEqual([200, 429]);
  });
});

describe('DeleteUsagePlan', () => {
  test('refuses while stages are attached, then removes its bindings too', async () => {
    const { id } = await createPlan();
    const key = await createKey('k');
    await bind(id, key.id);
    await expect(started.client.send(new DeleteUsagePlanCommand({ usagePlanId: id }))).rejects.toMatchObject(
      rejected('BadRequestException'),
    );
    await patch(id, { op: 'remove', path: '/apiStages', value: `${started.apiId}:prod` });
    await started.client.send(new DeleteUsagePlanCommand({ usagePlanId: id }));
    await expect(started.client.send(new GetUsagePlanCommand({ usagePlanId: id }))).rejects.toMatchObject(
      rejected('NotFoundException', 'Invalid Usage Plan ID specified'),
    );
    expect((await started.client.send(new GetUsagePlansCommand({ keyId: key.id }))).items).toEqual([]);
  });
});

describe('Usage plan keys', () => {
  test('are made, shown, listed by name and removed', async () => {
    const { id } = await createPlan();
    const [one, other] = [await createKey('alpha'), await createKey('beta')];
    expect(await bind(id, one.id)).toMatchObject({ id: one.id, type: 'API_KEY', name: 'alpha' });
    await bind(id, other.id);
    expect(
      await started.client.send(new GetUsagePlanKeyCommand({ usagePlanId: id, keyId: one.id })),
    ).toMatchObject({ id: one.id, type: 'API_KEY' });
    const listed = await started.client.send(
      new GetUsagePlanKeysCommand({ usagePlanId: id, nameQuery: 'be' }),
    );
    expect(listed.items?.map(({ name }) => name)).toEqual(['beta']);
    expect(await one.chat()).toBe(200);
    await started.client.send(new DeleteUsagePlanKeyCommand({ usagePlanId: id, keyId: one.id }));
    expect([await one.chat(), await other.chat()]).toEqual([403, 200]);
    await expect(
      started.client.send(new DeleteUsagePlanKeyCommand({ usagePlanId: id, keyId: one.id })),
    ).rejects.toMatchObject(rejected('NotFoundException'));
    await expect(
      started.client.send(new GetUsagePlanKeyCommand({ usagePlanId: id, keyId: one.id })),
    ).rejects.toMatchObject(rejected('NotFoundException'));
  });

  test('a key is on only one plan of a stage', async () => {
    const [one, other] = [await createPlan(), await createPlan()];
    const { id } = await createKey('k');
    await bind(one.id, id);
    await expect(bind(one.id, id)).rejects.toMatchObject(rejected('ConflictException'));
    await expect(bind(other.id, id)).rejects.toMatchObject(
      rejected(
        'ConflictException',
        `Usage Plan ${other.id} cannot be added because API Key ${id} cannot reference multiple Usage Plans with the same API Stage: ${started.apiId}:prod`,
      ),
    );
  });

  test('unknown plans, keys and key types are refused', async () => {
    const { id } = await createPlan();
    const key = await createKey('k');
    await expect(bind('nope', key.id)).rejects.toMatchObject(
      rejected('NotFoundException', 'Invalid Usage Plan ID specified'),
    );
    await expect(bind(id, 'nope')).rejects.toMatchObject(
      rejected('NotFoundException', 'Invalid API Key identifier specified'),
    );
    await expect(
      started.client.send(
        new CreateUsagePlanKeyCommand({ usagePlanId: id, keyId: key.id, keyType: 'OTHER' }),
      ),
    ).rejects.toMatchObject(rejected('BadRequestException'));
  });
});

describe('GetUsage and UpdateUsage', () => {
  const usage = async (usagePlanId: string | undefined, startDate: string, endDate: string, keyId?: string) =>
    (await started.client.send(new GetUsageCommand({ usagePlanId, startDate, endDate, keyId }))).items;

  test('a day quota shows used and remaining for each day asked for', async () => {
    const { id } = await createPlan({ quota: { limit: 3, period: 'DAY' } });
    const [one, other] = [await createKey('k1'), await createKey('k2')];
    await bind(id, one.id);
    await bind(id, other.id);
    for (let call = 0; call < 5; call += 1) await one.chat();
    started.clock.moveTo(day);
    await one.chat();
    await other.chat();
    expect(await usage(id, '2026-04-14', '2026-04-16')).toEqual({
      [one.id]: [
        [0, 3],
        [3, 0],
        [1, 2],
      ],
      [other.id]: [
        [0, 3],
        [0, 3],
        [1, 2],
      ],
    });
    expect(await usage(id, '2026-04-15', '2026-04-15')).toEqual({ [one.id]: [[3, 0]] });
    expect(Object.keys((await usage(id, '2026-04-16', '2026-04-16', other.id)) ?? {})).toEqual([other.id]);
  });

  test('a month quota carries the remainder from day to day', async () => {
    const { id } = await createPlan({ quota: { limit: 3, period: 'MONTH' } });
    const key = await createKey('k');
    await bind(id, key.id);
    await key.chat();
    started.clock.moveTo(2 * day);
    await key.chat();
    expect(await usage(id, '2026-04-14', '2026-04-18')).toEqual({
      [key.id]: [
        [0, 3],
        [1, 2],
        [0, 2],
        [1, 1],
        [0, 1],
      ],
    });
  });

  test('UpdateUsage grants more for the period, and the data plane follows', async () => {
    const { id } = await createPlan({ quota: { limit: 1, period: 'DAY' } });
    const key = await createKey('k');
    await bind(id, key.id);
    expect([await key.chat(), await key.chat()]).toEqual([200, 429]);
    const patchOperations: PatchOperation[] = [{ op: 'replace', path: '/remaining', value: '2' }];
    const granted = await started.client.send(
      new UpdateUsageCommand({ usagePlanId: id, keyId: key.id, patchOperations }),
    );
    expect(granted).toMatchObject({
      usagePlanId: id,
      startDate: '2026-04-15',
      endDate: '2026-04-15',
      items: { [key.id]: [[1, 2]] },
    });
    expect([await key.chat(), await key.chat(), await key.chat()]).toEqual([200, 200, 429]);
    expect(await usage(id, '2026-04-15', '2026-04-15')).toEqual({ [key.id]: [[3, 0]] });
    started.clock.moveTo(day);
    expect([await key.chat(), await key.chat()]).toEqual([200, 429]);
  });

  test('bad dates, ranges and patches are refused', async () => {
    const { id } = await createPlan({ quota: { limit: 1, period: 'DAY' } });
    const key = await createKey('k');
    await bind(id, key.id);
    for (const [from, to] of [
      ['x', '2026-04-15'],
      ['2026-04-16', '2026-04-15'],
      ['2026-01-01', '2026-04-15'],
    ] as const) {
      await expect(usage(id, from, to)).rejects.toMatchObject(rejected('BadRequestException'));
    }
    for (const [path, value] of [
      ['/used', '1'],
      ['/remaining', '-1'],
      ['/remaining', 'x'],
    ] as const) {
      const patchOperations: PatchOperation[] = [{ op: 'replace', path, value }];
      await expect(
        started.client.send(new UpdateUsageCommand({ usagePlanId: id, keyId: key.id, patchOperations })),
      ).rejects.toMatchObject(rejected('BadRequestException'));
    }
  });
});
