import { createKey } from '../../../core/keys/create-key.ts';
import { gatewayKeyName } from '../../../core/keys/key-id.ts';
import { isKeySecret } from '../../../core/keys/key-secret.ts';
import type { GatewayKeys, KeyLimits, KeyRecord, KeyRecords } from '../../../core/keys/ports.ts';
import { somePlan } from '../plan-fixture.ts';

type Step = 'reserve' | 'create' | 'bind' | 'activate' | 'delete' | 'abandon';

/** A table and a gateway in memory; `failing` steps throw, before or after they took effect. */
function world(failing: Partial<Record<Step, 'before' | 'after'>> = {}) {
  const records = new Map<string, KeyRecord>();
  const gateway = new Map<string, { name: string; secret: string; plan?: string }>();
  const limits = new Map<string, KeyLimits>();
  const steps: Step[] = [];
  const undoFailures: string[] = [];
  const run = <T>(step: Step, work: () => T): Promise<T> => {
    steps.push(step);
    if (failing[step] === 'before') return Promise.reject(new Error(`${step} failed`));
    const result = work();
    if (failing[step] === 'after') return Promise.reject(new Error(`the reply of ${step} was lost`));
    return Promise.resolve(result);
  };
  const keyRecords: Pick<
    KeyRecords,
    'reserve' | 'activate' | 'abandon' | 'find' | 'listAll' | 'end' | 'release'
  > = {
    find: async (_userId, keyId) => records.get(keyId),
    listAll: async () => [...records.values()],
    end: async (record, status) =>
      void records.delete(`${record.keyId}${status}`.slice(0, record.keyId.length)),
    release: async () => undefined,
    reserve: (intent, places) =>
      run('reserve', () => {
        const taken = [...records.values()].filter((record) => record.plan === intent.plan).length;
        if (taken >= places) return undefined;
        const record: KeyRecord = { ...intent, slot: taken + 1, status: 'creating' };
        records.set(record.keyId, record);
        return record;
      }),
    activate: (record, { apiKeyId }, what) =>
      run('activate', () => {
        limits.set(record.keyId, what);
        records.set(record.keyId, { ...record, status: 'active', apiKeyId });
        return {};
      }),
    abandon: (record) => run('abandon', () => void records.delete(record.keyId)),
  };
  const gatewayKeys: GatewayKeys = {
    create: ({ name, secret }) =>
      run('create', () => {
        gateway.set(`id-of-${name}`, { name, secret });
        return `id-of-${name}`;
      }),
    bindToPlan: (id, plan) =>
      run('bind', () => {
        Object.assign(gateway.get(id) ?? {}, { plan });
        return `id-of-${plan}`;
      }),
    delete: (id) => run('delete', () => void gateway.delete(id)),
    findIdByName: async (name) => [...gateway].find(([, key]) => key.name === name)?.[0],
  };
  const ports = {
    records: keyRecords as KeyRecords,
    gateway: gatewayKeys,
    clock: { now: () => 1_764_000_000_000 },
    models: ['nova-lite'],
    providerKeys: {
      seal: async () => 'sealed',
      hosts: { openai: 'api.openai.com' },
    },
    plans: [
      somePlan({ name: '10-per-day', usagePlanName: '10RequestPerDay' }),
      somePlan({ name: 'staff', selfService: false }),
      somePlan({ name: 'tokens', requestsPerMinute: 5, tokensPerDay: 1000, models: ['nova-lite'] }),
    ],
    inReservedTime: <T>(work: () => Promise<T>) => work(),
    onUndoFailed: (step: string) => void undoFailures.push(step),
  };
  return { ports, records, gateway, limits, steps, undoFailures };
}

const user = {
  userId: 'ada',
  email: 'ada@example.com',
  emailVerified: true,
  groups: [] as string[],
  status: 'active' as const,
  createdAt: 0,
};
const body = { name: 'laptop', plan: '10-per-day' };

test('a created key is active, bound to its plan, and has a well-formed secret', async () => {
  const { ports, records, gateway, steps } = world();
  const { record, secret } = await createKey(ports, user, body);
  expect(isKeySecret(secret)).toBe(true);
  expect(record).toMatchObject({
    status: 'active',
    plan: '10-per-day',
    name: 'laptop',
    last4: secret.slice(-4),
  });
  expect([...gateway.values()]).toEqual([
    { name: gatewayKeyName(record, record.valueHash), secret, plan: '10RequestPerDay' },
  ]);
  expect([...records.values()].map(({ status }) => status)).toEqual(['active']);
  expect(steps).toEqual(['reserve', 'create', 'bind', 'activate']);
});

test('a provider that takes no keys is refused before anything begins', async () => {
  const { ports, steps } = world();
  const providerKeys = { nobody: 'sk-own-1234' };
  await expect(createKey(ports, user, { ...body, providerKeys })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(steps).toEqual([]);
});

test('neither the record nor the description holds the secret', async () => {
  const { ports, records } = world();
  const { record, secret } = await createKey(ports, user, body);
  expect(JSON.stringify([...records.values()])).not.toContain(secret);
  expect(JSON.stringify(record)).not.toContain(secret);
});

test.each([
  ['reserve', 'before'],
  ['reserve', 'after'],
  ['create', 'before'],
  ['create', 'after'],
  ['bind', 'before'],
  ['bind', 'after'],
  ['activate', 'before'],
  ['activate', 'after'],
] as const)('when %s fails %s it took effect, nothing is left behind', async (step, when) => {
  const { ports, records, gateway, undoFailures } = world({ [step]: when });
  await expect(createKey(ports, user, body)).rejects.toThrow();
  expect(gateway.size).toBe(0);
  expect(records.size).toBe(0);
  expect(undoFailures).toEqual([]);
});

test.each(['delete', 'abandon'] as const)('if %s fails while undoing, the intent remains', async (step) => {
  const { ports, records, undoFailures } = world({ bind: 'before', [step]: 'before' });
  await expect(createKey(ports, user, body)).rejects.toThrow('bind failed');
  expect([...records.values()].map(({ status }) => status)).toEqual(['creating']);
  expect(undoFailures).toEqual(['create-key']);
});

test('a second key on the plan is refused as key_exists, and API Gateway is not asked', async () => {
  const { ports, steps } = world();
  await createKey(ports, user, body);
  steps.length = 0;
  await expect(createKey(ports, user, body)).rejects.toMatchObject({ code: 'key_exists', status: 409 });
  expect(steps).toEqual(['reserve']);
});

test('while a key on the plan is still being made, another is refused as key_busy', async () => {
  const { ports } = world({ bind: 'before', delete: 'before' });
  await expect(createKey(ports, user, body)).rejects.toThrow('bind failed');
  await expect(createKey(ports, user, body)).rejects.toMatchObject({
    code: 'key_busy',
    status: 409,
    headers: { 'retry-after': '5' },
  });
});

test('an expired key makes room for a new one', async () => {
  const { ports } = world();
  await createKey(ports, user, { ...body, expiresIn: '1h' });
  ports.clock.now = () => 1_764_000_000_000 + 3_600_000;
  expect((await createKey(ports, user, body)).record.status).toBe('active');
});

test('models that don’t exist are refused by name', async () => {
  const { ports, steps } = world();
  const models = ['nova-lite', 'gpt-9', '__proto__'];
  await expect(createKey(ports, user, { ...body, models })).rejects.toMatchObject({
    code: 'invalid_request',
    param: 'models',
    message: "models names what is not in GET /v1/models: 'gpt-9', '__proto__'.",
  });
  expect(steps).toEqual([]);
});

test('a model that is not on the plan is refused by name', async () => {
  const { ports, steps } = world();
  ports.models.push('nova-micro');
  await expect(
    createKey(ports, user, { ...body, plan: 'tokens', models: ['nova-micro'] }),
  ).rejects.toMatchObject({
    code: 'invalid_request',
    param: 'models',
    message: "models names what is not on the plan 'tokens': 'nova-micro'.",
  });
  expect(steps).toEqual([]);
});

test('an unknown plan is refused with the list of plans', async () => {
  const { ports } = world();
  await expect(createKey(ports, user, { ...body, plan: 'gold' })).rejects.toMatchObject({
    code: 'unknown_plan',
    param: 'plan',
    message: expect.stringContaining("'10-per-day'"),
  });
});

test('a plan that is not self-service is refused until an admin allows it', async () => {
  const { ports } = world();
  await expect(createKey(ports, user, { ...body, plan: 'staff' })).rejects.toMatchObject({
    code: 'plan_not_allowed',
  });
  const allowed = await createKey(ports, { ...user, allowedPlans: ['staff'] }, { ...body, plan: 'staff' });
  expect(allowed.record.plan).toBe('staff');
});

describe('limits of a key', () => {
  const tokens = { name: 'laptop', plan: 'tokens' };

  test('are its plan’s unless it has its own', async () => {
    const { ports, limits } = world();
    const { record } = await createKey(ports, user, tokens);
    expect(limits.get(record.keyId)).toEqual({
      requestsPerDay: 10,
      requestsPerMinute: 5,
      tokensPerDay: 1000,
      models: ['nova-lite'],
    });
  });

  test('may be lower than its plan’s, and limit windows that the plan doesn’t', async () => {
    const { ports, limits } = world();
    const own = {
      requestsPerDay: 10,
      requestsPerHour: 4,
      tokensPerDay: 999,
      perClient: { requestsPerMinute: 1 },
    };
    const { record } = await createKey(ports, user, { ...tokens, limits: own, allowedHosts: ['a.example'] });
    expect(limits.get(record.keyId)).toEqual({
      ...own,
      requestsPerMinute: 5,
      models: ['nova-lite'],
      allowedHosts: ['a.example'],
    });
    expect(record).toMatchObject({ limits: own, allowedHosts: ['a.example'] });
  });

  test.each([
    ['limits.requestsPerDay', { requestsPerDay: 11 }],
    ['limits.requestsPerMinute', { requestsPerMinute: 6 }],
    ['limits.tokensPerDay', { tokensPerDay: 1001 }],
    ['limits.perClient.requestsPerDay', { perClient: { requestsPerDay: 11 } }],
    ['limits.perClient.requestsPerMinute', { perClient: { requestsPerMinute: 6 } }],
  ])('%s above the plan’s is refused by name, before anything is made', async (param, limits) => {
    const { ports, steps } = world();
    await expect(createKey(ports, user, { ...tokens, limits })).rejects.toMatchObject({
      code: 'invalid_request',
      status: 400,
      param,
    });
    expect(steps).toEqual([]);
  });
});
