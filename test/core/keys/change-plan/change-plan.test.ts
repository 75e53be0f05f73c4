import { DaypassError, ThrottledError } from '../../../../core/errors.ts';
import { changePlan } from '../../../../core/keys/change-plan/change-plan.ts';
import { undoCutOffChange, undoPlanChange } from '../../../../core/keys/change-plan/undo-plan-change.ts';
import type { KeyLimits, KeyRecord, KeyRecords, PlanChange } from '../../../../core/keys/ports.ts';
import { updateKey } from '../../../../core/keys/update-key.ts';
import { somePlan } from '../../plan-fixture.ts';

type Step =
  | 'begin'
  | 'unbind'
  | 'bind'
  | 'setRemaining'
  | 'complete'
  | 'stop'
  | 'abandon'
  | 'findPlans'
  | 'rename';
interface Failure {
  step: Step;
  /** Of its kind; 1 unless given. */
  nth?: number;
  /** `revoked`: the key is, during the step. */
  when: 'before' | 'after' | 'throttled' | 'unavailable' | 'revoked';
}

const start = 1_764_000_000_000;
const user = {
  userId: 'ada',
  email: 'ada@example.com',
  emailVerified: true,
  groups: [] as string[],
  status: 'active' as const,
  createdAt: 0,
};
const ten = somePlan({ name: 'ten', usagePlanName: 'Ten' });
const twenty = somePlan({ name: 'twenty', usagePlanName: 'Twenty', requestsPerDay: 20 });
const mini = somePlan({ name: 'mini', usagePlanName: 'Mini', models: ['nova-micro'] });
const staff = somePlan({ name: 'staff', usagePlanName: 'Staff', selfService: false });

/** A key with a rotated secret in its grace, a table and an API Gateway in memory. */
function world({ failures = [] as Failure[], fields = {} as Partial<KeyRecord>, boundTo = ['Ten'] } = {}) {
  let now = start;
  let record: KeyRecord = {
    keyId: 'key_1',
    userId: user.userId,
    name: 'laptop',
    plan: 'ten',
    status: 'active',
    valueHash: 'hash',
    last4: 'abcd',
    slot: 1,
    createdAt: start - 1000,
    apiKeyId: 'new',
    previous: { apiKeyId: 'old', valueHash: 'oldhash', endsAt: start + 600_000 },
    ...fields,
  };
  const places = new Map([['ten#1', record.keyId]]);
  const bound = new Map([
    ['new', new Set(boundTo)],
    ['old', new Set(boundTo)],
  ]);
  const limits: KeyLimits[] = [];
  const steps: string[] = [];
  const undoFailures: string[] = [];
  const counts = new Map<Step, number>();

  const run = async <T>(step: Step, detail: string, work: () => T): Promise<T> => {
    const nth = (counts.get(step) ?? 0) + 1;
    counts.set(step, nth);
    steps.push(`${step}${detail && ` ${detail}`}`);
    const failure = failures.find((candidate) => candidate.step === step && (candidate.nth ?? 1) === nth);
    if (failure?.when === 'throttled') throw new ThrottledError('API Gateway', 'throttled');
    if (failure?.when === 'before') throw new Error(`${step} failed`);
    if (failure?.when === 'revoked') {
      record = { ...record, status: 'revoked' };
      places.clear();
    }
    const result = work();
    if (failure?.when === 'revoked' && (step === 'bind' || step === 'unbind')) throw new Error('no such key');
    if (failure?.when === 'unavailable') throw new DaypassError('service_unavailable', `${step} hung`);
    if (failure?.when === 'after') throw new Error(`the reply of ${step} was lost`);
    return result;
  };
  const isUnderWay = ({ id }: PlanChange) => record.status === 'active' && record.planChange?.id === id;

  const records: Pick<
    KeyRecords,
    | 'find'
    | 'listAll'
    | 'end'
    | 'rename'
    | 'beginPlanChange'
    | 'completePlanChange'
    | 'stopPlanChange'
    | 'abandonPlanChange'
  > = {
    find: async () => record,
    // Every other place that is taken has a key that works.
    listAll: async () => [
      record,
      ...[...places]
        .filter(([, holder]) => holder !== record.keyId)
        .map(([place, keyId]) => ({ ...record, keyId, plan: place.split('#')[0] ?? '' })),
    ],
    end: async () => {},
    rename: (_record, name) =>
      run('rename', name, () => {
        if (record.status !== 'active') return false;
        record = { ...record, name };
        return true;
      }),
    beginPlanChange: (_record, wanted, count) =>
      run('begin', '', () => {
        if (record.status !== 'active' || record.planChange !== undefined || record.plan !== _record.plan)
          return 'changed';
        const slots = Array.from({ length: count }, (_unused, at) => at + 1);
        const slot = slots.find((candidate) => !places.has(`${wanted.plan}#${candidate}`));
        if (slot === undefined) return 'no_place';
        places.set(`${wanted.plan}#${slot}`, record.keyId);
        const change = { ...wanted, slot };
        record = { ...record, planChange: change };
        return change;
      }),
    completePlanChange: (_record, change, what) =>
      run('complete', '', () => {
        if (!isUnderWay(change) || record.planChange?.undoing) return undefined;
        places.delete(`${record.plan}#${record.slot}`);
        limits.push(what.limits);
        const { planChange: _done, ...rest } = record;
        record = {
          ...rest,
          plan: change.plan,
          slot: change.slot,
          name: change.name ?? rest.name,
          planChangedAt: what.changedAt,
        };
        return record;
      }),
    stopPlanChange: (_record, change) =>
      run('stop', '', () => {
        if (!isUnderWay(change)) return false;
        record = { ...record, planChange: { ...change, undoing: true } };
        return true;
      }),
    abandonPlanChange: (_record, change) =>
      run('abandon', '', () => {
        if (!isUnderWay(change)) return;
        places.delete(`${change.plan}#${change.slot}`);
        const { planChange: _undone, ...rest } = record;
        record = rest;
      }),
  };
  const gateway = {
    findPlans: (names: readonly string[]) =>
      run('findPlans', names.join(), () => new Map(names.map((name) => [name, `id-of-${name}`]))),
    bindToPlan: (id: string, plan: string) =>
      run('bind', `${id} ${plan}`, () => {
        const plans = bound.get(id) ?? new Set();
        if (plans.size > 0 && !plans.has(plan)) throw new Error('cannot reference multiple Usage Plans');
        bound.set(id, plans.add(plan));
        return `id-of-${plan}`;
      }),
    unbindFromPlan: (id: string, plan: string) =>
      run('unbind', `${id} ${plan}`, () => void bound.get(id)?.delete(plan)),
  };
  const ports = {
    records: records as KeyRecords,
    gateway,
    fence: {
      setRemaining: (planId: string, id: string, remaining: number) =>
        run('setRemaining', `${planId} ${id} ${remaining}`, () => {}),
    },
    clock: { now: () => now },
    plans: [ten, twenty, mini, staff],
    models: [],
    providerKeys: { seal: async () => '', hosts: {}, kept: {} as never },
    inReservedTime: <T>(work: () => Promise<T>) => work(),
    onUndoFailed: (step: string) => void undoFailures.push(step),
  };
  return {
    ports,
    steps,
    undoFailures,
    limits,
    places,
    record: () => record,
    tick: (ms: number) => {
      now += ms;
    },
    /** Plan by the record, its places, and the plans of its secrets in API Gateway. */
    state: () => ({
      plan: record.plan,
      changing: record.planChange !== undefined,
      places: [...places.keys()],
      bound: ['new', 'old'].map((id) => [...(bound.get(id) ?? [])].join()),
    }),
  };
}

const onTen = { plan: 'ten', changing: false, places: ['ten#1'], bound: ['Ten', 'Ten'] };
const onTwenty = { plan: 'twenty', changing: false, places: ['twenty#1'], bound: ['Twenty', 'Twenty'] };

test('a change looks the plans up, writes its intent, moves one secret after the other, and then the record', async () => {
  const { ports, steps, state, record, limits } = world();
  const changed = await changePlan(ports, record(), twenty, 'desk');
  expect(steps).toEqual([
    'findPlans Ten,Twenty',
    'begin',
    'unbind new Ten',
    'bind new Twenty',
    'unbind old Ten',
    'bind old Twenty',
    'complete',
    // API Gateway may remember what it counted of them on this plan earlier today.
    'setRemaining id-of-Twenty new 20',
    'setRemaining id-of-Twenty old 20',
  ]);
  expect(state()).toEqual(onTwenty);
  expect(changed).toEqual(record());
  expect(changed).toMatchObject({ name: 'desk', plan: 'twenty', planChangedAt: start });
  expect(limits).toMatchObject([{ requestsPerDay: 20 }]);
});

const everyStep: [Step, number][] = [
  ['begin', 1],
  ['unbind', 1],
  ['bind', 1],
  ['unbind', 2],
  ['bind', 2],
];

test.each(
  everyStep.flatMap(([step, nth]) =>
    (['before', 'after', 'throttled', 'unavailable'] as const).map((when) => [step, nth, when] as const),
  ),
)('when %s #%i fails %s it took effect, everything is restored', async (step, nth, when) => {
  const { ports, state, record, undoFailures } = world({ failures: [{ step, nth, when }] });
  await expect(changePlan(ports, record(), twenty, 'desk')).rejects.toThrow();
  expect(state()).toEqual(onTen);
  expect(record().name).toBe('laptop');
  expect(undoFailures).toEqual([]);
});

test.each([...everyStep, ['complete', 1] as const].map(([step, nth]) => [step, nth] as const))(
  'moving a key that is revoked during %s #%i is refused as ended, and takes no place',
  async (step, nth) => {
    const { ports, places, record, undoFailures } = world({ failures: [{ step, nth, when: 'revoked' }] });
    await expect(changePlan(ports, record(), twenty, 'desk')).rejects.toMatchObject({
      code: 'key_ended',
      status: 409,
    });
    expect([...places.keys()]).toEqual([]);
    expect(undoFailures).toEqual([]);
  },
);

test('renaming a key that is revoked meanwhile is refused as ended', async () => {
  const { ports, record } = world({ failures: [{ step: 'rename', when: 'revoked' }] });
  await expect(updateKey(ports, user, record(), { name: 'desk' })).rejects.toMatchObject({
    code: 'key_ended',
  });
});

test('after a throttled first step API Gateway is asked for nothing more', async () => {
  const { ports, steps, record } = world({ failures: [{ step: 'unbind', when: 'throttled' }] });
  await expect(changePlan(ports, record(), twenty, undefined)).rejects.toMatchObject({ status: 503 });
  expect(steps).toEqual(['findPlans Ten,Twenty', 'begin', 'unbind new Ten', 'stop', 'abandon']);
});

test('a step that failed as unavailable, but not by a throttle, may have been applied and is undone', async () => {
  const { ports, steps, record } = world({ failures: [{ step: 'unbind', when: 'unavailable' }] });
  await expect(changePlan(ports, record(), twenty, undefined)).rejects.toMatchObject({ status: 503 });
  expect(steps.slice(steps.indexOf('stop'))).toEqual(['stop', 'bind new Ten', 'abandon']);
});

test('completed steps are undone in reverse order', async () => {
  const { ports, steps, record } = world({ failures: [{ step: 'bind', nth: 2, when: 'before' }] });
  await expect(changePlan(ports, record(), twenty, undefined)).rejects.toThrow('bind failed');
  expect(steps.slice(steps.indexOf('stop'))).toEqual([
    'stop',
    'unbind old Twenty',
    'bind old Ten',
    'unbind new Twenty',
    'bind new Ten',
    'abandon',
  ]);
});

test('nothing begins if the plans can’t be found', async () => {
  const { ports, steps, record } = world({ failures: [{ step: 'findPlans', when: 'before' }] });
  await expect(changePlan(ports, record(), twenty, undefined)).rejects.toThrow();
  expect(steps).toEqual(['findPlans Ten,Twenty']);
});

test('a completion that was not applied is undone, one whose reply was lost stands', async () => {
  const failed = world({ failures: [{ step: 'complete', when: 'before' }] });
  await expect(changePlan(failed.ports, failed.record(), twenty, undefined)).rejects.toThrow();
  expect(failed.state()).toEqual(onTen);

  const lost = world({ failures: [{ step: 'complete', when: 'after' }] });
  expect((await changePlan(lost.ports, lost.record(), twenty, undefined)).plan).toBe('twenty');
  expect(lost.state()).toEqual(onTwenty);
});

describe('when undoing fails too', () => {
  const undoing: Failure[] = [
    { step: 'stop', when: 'before' },
    { step: 'stop', when: 'after' },
    { step: 'bind', nth: 2, when: 'before' },
    { step: 'bind', nth: 2, when: 'after' },
    { step: 'abandon', when: 'before' },
  ];

  test.each(undoing)('at %j, the intent remains, and undoing it later ends it', async (failure) => {
    const { ports, state, record, undoFailures } = world({
      failures: [{ step: 'bind', when: 'before' }, failure],
    });
    await expect(changePlan(ports, record(), twenty, undefined)).rejects.toThrow('bind failed');
    expect(undoFailures).toEqual(['change-plan']);
    const { planChange } = record();
    if (planChange === undefined) throw new Error('the intent is gone');
    for (let pass = 1; pass <= 2; pass += 1) await undoPlanChange(ports, record(), planChange);
    expect(state()).toEqual(onTen);
  });

  test('no other change begins for a minute; then the next one undoes it first', async () => {
    const { ports, state, record, tick } = world({
      failures: [
        { step: 'bind', when: 'before' },
        { step: 'stop', when: 'before' },
      ],
    });
    await expect(changePlan(ports, record(), twenty, undefined)).rejects.toThrow();
    await expect(updateKey(ports, user, record(), { plan: 'twenty' })).rejects.toMatchObject({
      code: 'key_busy',
      headers: { 'retry-after': '5' },
    });
    expect((await updateKey(ports, user, record(), { name: 'desk' })).name).toBe('desk');
    tick(60_000);
    expect(await updateKey(ports, user, record(), { plan: 'twenty' })).toMatchObject({ plan: 'twenty' });
    expect(state()).toEqual(onTwenty);
  });

  test('a key that ended meanwhile is left alone', async () => {
    const { ports, record, steps, tick } = world({
      fields: {
        status: 'revoked',
        planChange: { id: 'a', plan: 'twenty', slot: 1, startedAt: start - 1 },
      },
    });
    tick(60_000);
    await expect(undoCutOffChange(ports, record())).rejects.toMatchObject({ code: 'key_ended' });
    expect(steps).toEqual(['stop']);
  });
});

test('a secret whose grace is over is not moved', async () => {
  const { ports, steps, record, tick } = world();
  tick(600_000);
  await changePlan(ports, record(), twenty, undefined);
  expect(steps.filter((step) => step.includes('old'))).toEqual([]);
});

test('a key can leave a plan that is no longer in the settings', async () => {
  const { ports, steps, record } = world({ fields: { plan: 'gone' }, boundTo: [] });
  expect((await changePlan(ports, record(), twenty, undefined)).plan).toBe('twenty');
  expect(steps.slice(0, 3)).toEqual(['findPlans Twenty', 'begin', 'bind new Twenty']);
});

describe('limits after a change', () => {
  const own = { requestsPerDay: 15, requestsPerMinute: 2, tokensPerDay: 500 };

  test('are the key’s own where the plan allows them, else the plan’s', async () => {
    const up = world({ fields: { limits: own } });
    await changePlan(up.ports, up.record(), twenty, undefined);
    expect(up.limits).toMatchObject([own]);
    const down = world({ fields: { limits: own } });
    await changePlan(down.ports, down.record(), mini, undefined);
    expect(down.limits).toMatchObject([{ ...own, requestsPerDay: 10, models: ['nova-micro'] }]);
  });

  test('name only models of the plan', async () => {
    const { ports, limits, record } = world({ fields: { models: ['nova-lite', 'nova-micro'] } });
    await changePlan(ports, record(), mini, undefined);
    expect(limits).toMatchObject([{ models: ['nova-micro'] }]);
  });

  test('that would leave the key no model keep it where it is', async () => {
    const { ports, steps, record } = world({ fields: { models: ['nova-lite'] } });
    await expect(changePlan(ports, record(), mini, undefined)).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'plan',
    });
    expect(steps).toEqual([]);
  });
});

describe('an update', () => {
  test.each([
    [{ plan: 'gold' }, 'unknown_plan'],
    [{ plan: 'staff' }, 'plan_not_allowed'],
  ])('%j is refused as %s before anything changes', async (body, code) => {
    const { ports, steps, record } = world();
    await expect(updateKey(ports, user, record(), body)).rejects.toMatchObject({ code, param: 'plan' });
    expect(steps).toEqual([]);
  });

  test('may name a plan that an admin allowed', async () => {
    const { ports, record } = world();
    const allowed = { ...user, allowedPlans: ['staff'] };
    expect((await updateKey(ports, allowed, record(), { plan: 'staff' })).plan).toBe('staff');
  });

  test('to what the key already has does nothing, even if that plan is no longer allowed', async () => {
    const { ports, steps, record } = world();
    const limited = { ...user, allowedPlans: ['staff'] };
    expect(await updateKey(ports, limited, record(), { plan: 'ten', name: 'laptop' })).toBe(record());
    expect(steps).toEqual([]);
  });

  test('to a plan whose places are taken is refused as key_exists', async () => {
    const { ports, record, places, state } = world();
    places.set('twenty#1', 'key_2');
    await expect(updateKey(ports, user, record(), { plan: 'twenty' })).rejects.toMatchObject({
      code: 'key_exists',
    });
    expect(state()).toEqual({ ...onTen, places: ['ten#1', 'twenty#1'] });
  });

  test.each([{ status: 'revoked' as const }, { expiresAt: start }])(
    'of a key that has ended (%j) is refused as key_ended',
    async (fields) => {
      const { ports, record } = world({ fields });
      for (const body of [{ plan: 'twenty' }, { name: 'x' }]) {
        await expect(updateKey(ports, user, record(), body)).rejects.toMatchObject({ code: 'key_ended' });
      }
    },
  );

  test('that was overtaken by another change is refused as key_busy', async () => {
    const { ports, record } = world();
    const stale = record();
    await updateKey(ports, user, record(), { plan: 'twenty' });
    await expect(updateKey(ports, user, stale, { plan: 'mini' })).rejects.toMatchObject({ code: 'key_busy' });
  });
});
