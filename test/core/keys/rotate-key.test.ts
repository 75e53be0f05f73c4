import type { KeyRecord } from '../../../core/keys/ports.ts';
import { type RotateKeyPorts, rotateKey } from '../../../core/keys/rotate-key.ts';
import { somePlan } from '../plan-fixture.ts';

type Step = 'begin' | 'create' | 'bind' | 'complete';

const start = 1_764_000_000_000;
const plan = somePlan();

/** A key, a table and an API Gateway in memory. `during` happens in the midst of the step named. */
function world({
  plans = [plan],
  at,
  during,
}: {
  plans?: (typeof plan)[];
  at?: Step;
  during?: 'revoked' | 'gone';
}) {
  const before: KeyRecord = {
    keyId: 'key_1',
    userId: 'ada',
    name: 'laptop',
    plan: plan.name,
    status: 'active',
    valueHash: 'hash',
    last4: 'abcd',
    slot: 1,
    createdAt: start - 1000,
    apiKeyId: 'old',
  };
  let record: KeyRecord | undefined = before;
  const made = new Set<string>();
  const steps: Step[] = [];
  const enter = (step: Step) => {
    steps.push(step);
    if (step === at) record = during === 'gone' ? undefined : { ...before, status: 'revoked' };
  };
  const isUnderWay = (hash: string) => record?.status === 'active' && record.rotation?.valueHash === hash;

  const ports: RotateKeyPorts = {
    records: {
      find: async () => record,
      beginRotation: async (_record, rotation) => {
        enter('begin');
        if (record?.status !== 'active' || record.rotation !== undefined) return false;
        record = { ...record, rotation };
        return true;
      },
      completeRotation: async (read, rotation, apiKeyId) => {
        enter('complete');
        if (!isUnderWay(rotation.valueHash)) return undefined;
        const { rotation: _done, ...rest } = read;
        record = { ...rest, apiKeyId, valueHash: rotation.valueHash, last4: rotation.last4 };
        return record;
      },
      abandonRotation: async (_record, rotation) => {
        if (!isUnderWay(rotation.valueHash)) return false;
        record = before;
        return true;
      },
    },
    gateway: {
      create: async ({ name }) => {
        enter('create');
        made.add(name);
        return name;
      },
      bindToPlan: async () => {
        enter('bind');
        if (at === 'bind') throw new Error('API Gateway has no such key');
        return 'plan1';
      },
      delete: async (name) => void made.delete(name),
      findIdByName: async (name) => (made.has(name) ? name : undefined),
    },
    clock: { now: () => start },
    plans,
    inReservedTime: (work) => work(),
    onUndoFailed: (_step, _keyId, error) => {
      throw error;
    },
  };
  return { ports, before, made, steps, record: () => record };
}

test('a rotation returns a new secret and stores it in API Gateway', async () => {
  const { ports, before, made, record } = world({});
  const { secret } = await rotateKey(ports, before, 60);
  expect(record()).toMatchObject({ status: 'active', last4: secret.slice(-4) });
  expect(made.size).toBe(1);
});

test.each(
  (['begin', 'create', 'bind', 'complete'] as const).flatMap((at) =>
    (['revoked', 'gone'] as const).map((during) => [during, at] as const),
  ),
)('rotating a key that is %s during %s is refused as ended, and no new secret stays', async (during, at) => {
  const { ports, before, made } = world({ at, during });
  await expect(rotateKey(ports, before, 60)).rejects.toMatchObject({ code: 'key_ended', status: 409 });
  expect([...made]).toEqual([]);
});

test('a key that another call is rotating is busy, not ended', async () => {
  const { ports, before } = world({});
  const rotation = { valueHash: 'other', last4: 'wxyz', startedAt: start, graceEndsAt: start };
  await ports.records.beginRotation(before, rotation);
  await expect(rotateKey(ports, before, 60)).rejects.toMatchObject({ code: 'key_busy' });
});

test('rotating a key whose plan is no longer offered is refused with the advice to move it, names no field, and begins nothing', async () => {
  const { ports, before, steps } = world({ plans: [somePlan({ name: 'other' })] });
  await expect(rotateKey(ports, before, 60)).rejects.toMatchObject({
    code: 'key_ended',
    param: null,
    message: expect.stringContaining('PATCH /v1/api-keys/{id}'),
  });
  expect(steps).toEqual([]);
});
