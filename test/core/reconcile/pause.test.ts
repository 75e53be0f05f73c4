import { endPass, endPauses } from '../../../core/reconcile/pause.ts';
import type { ActionKind, PassUnderWay, Pause } from '../../../core/reconcile/ports.ts';
import { world } from './world.ts';

type World = ReturnType<typeof world>;

/** What the world leaves out, since no other test needs it. */
function wholeWorld(): World {
  const all = world();
  Object.assign(all.ports.records, {
    abandon: async ({ keyId }: { keyId: string }) => {
      all.records.delete(keyId);
      all.intents.delete(keyId);
    },
    abandonRotation: async ({ keyId }: { keyId: string }) => forget(all, keyId, 'rotation'),
    stopPlanChange: async () => true,
    abandonPlanChange: async ({ keyId }: { keyId: string }) => forget(all, keyId, 'planChange'),
    forgetPreviousSecret: async ({ keyId }: { keyId: string }) => forget(all, keyId, 'previous'),
  });
  const billingWork = {
    end: async () => {},
    finish: async (userId: string) => void all.intents.delete(`billing_${userId}`),
  };
  Object.assign(all.ports, { billingWork });
  return all;
}

function forget({ records, intents }: World, keyId: string, field: string): boolean {
  const record = records.get(keyId);
  if (record !== undefined) records.set(keyId, { ...record, [field]: undefined });
  return intents.delete(keyId);
}

/** What ends, deletes or moves something. */
const changing = {
  intents: ['remove'],
  records: [
    'end',
    'release',
    'finishIntent',
    'abandon',
    'abandonRotation',
    'stopPlanChange',
    'forgetPreviousSecret',
    'applyLimits',
  ],
  users: ['beginDeletion', 'deleteAll', 'finishDeletion'],
  gateway: ['delete', 'bindToPlan', 'unbindFromPlan'],
  directory: ['deleteUser'],
  billingWork: ['end', 'finish'],
  standings: ['suspend', 'restore', 'close', 'tellOfEnd', 'markHeld', 'hold', 'release'],
  userLimits: ['apply'],
};

/** An operator pauses the reconciler while a pass makes its first change. */
function pauseInFirstChange(all: World): void {
  let isFirst = true;
  for (const [port, names] of Object.entries(changing)) {
    const functions = (
      all.ports as unknown as Record<string, Record<string, (...all: unknown[]) => unknown>>
    )[port];
    for (const name of names) {
      const original = functions?.[name];
      if (functions === undefined || original === undefined) throw new Error(`There is no ${port}.${name}.`);
      functions[name] = (...args) => {
        if (isFirst) all.pause();
        isFirst = false;
        return original(...args);
      };
    }
  }
}

const rotation = { valueHash: 'ba9876543210', last4: 'wxyz', startedAt: 0, graceEndsAt: 0 };
const planChange = { id: 'change', plan: 'ten', slot: 2, startedAt: 0 };
const previous = { apiKeyId: 'gw-old', valueHash: 'ba9876543210', endsAt: 1 };
const intentOf = (all: World, at: number, kind: 'create' | 'rotate' | 'change-plan' | 'end') =>
  all.addIntent({ subject: `key_${at}`, userId: `user${at}`, kind });

/** For each kind of change, what makes it due for one of two subjects. */
const changes: [ActionKind, (all: World, at: 1 | 2) => void][] = [
  [
    'undo-create',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`, { status: 'creating' });
      intentOf(all, at, 'create');
    },
  ],
  [
    'undo-rotate',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`, { rotation });
      intentOf(all, at, 'rotate');
    },
  ],
  [
    'undo-change-plan',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`, { planChange });
      intentOf(all, at, 'change-plan');
    },
  ],
  [
    'finish-end',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`, { status: 'revoked' });
      intentOf(all, at, 'end');
    },
  ],
  ['drop-intent', (all, at) => intentOf(all, at, 'end')],
  [
    'finish-billing',
    (all, at) => all.addIntent({ subject: `billing_user${at}`, userId: `user${at}`, kind: 'billing' }),
  ],
  ['expire', (all, at) => void all.addKey(`user${at}`, `key_${at}`, { expiresAt: 1 })],
  [
    'end-broken',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`);
      all.gatewayKeys.delete(`gw-key_${at}`);
    },
  ],
  [
    'bind',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`);
      all.ports.inventory.boundTo = async () => new Set();
    },
  ],
  [
    'apply-plan',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`);
      all.meters.set(`gw-key_${at}`, { usedByWindow: {}, limits: {} });
    },
  ],
  ['drop-previous', (all, at) => void all.addKey(`user${at}`, `key_${at}`, { previous })],
  [
    'delete-orphan',
    (all, at) => {
      const name = `user${at}.key_${at}.0123456789ab`;
      all.gatewayKeys.set(`gw-key_${at}`, { name, createdAt: all.now() - 600_000 });
    },
  ],
  [
    'suspend',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`);
      all.directory.disabled.add(`user${at}`);
    },
  ],
  [
    'end-ownerless',
    (all, at) => {
      all.addKey('user1', `key_${at}`);
      all.standing.set('user1', { status: 'suspended' });
      all.directory.gone.add('user1');
    },
  ],
  [
    'close',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`);
      all.standing.set(`user${at}`, { status: 'active', endsAt: 1 });
    },
  ],
  [
    'hold',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`);
      all.standing.set(`user${at}`, { status: 'suspended' });
    },
  ],
  [
    'release',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`);
      all.standing.set(`user${at}`, { status: 'active', keysHeld: true });
      all.held.add(`gw-key_${at}`);
    },
  ],
  [
    'apply-user-limits',
    (all, at) => {
      all.addKey(`user${at}`, `key_${at}`);
      all.standing.set(`user${at}`, { status: 'active', limitsPending: true, limits: { requestsPerDay: 1 } });
    },
  ],
];

test.each(changes)(
  'a pause that begins while a pass makes a change (%s) ends it before the next: neither complete nor failed',
  async (kind, makeDue) => {
    const all = wholeWorld();
    makeDue(all, 1);
    makeDue(all, 2);
    const due = (await all.reconcile({ dryRun: true })).actions;
    expect(due.filter((action) => action.kind === kind)).toHaveLength(2);
    pauseInFirstChange(all);
    const stopped = await all.reconcile();
    expect(stopped).toMatchObject({ failures: 0, parked: 0, complete: false, paused: { by: 'ada' } });
    // Told, too, since it was done.
    expect(stopped.actions).toHaveLength(1);
    expect(stopped.actions[0]?.kind).toBe(kind);
    expect([all.told.failed, all.told.parked]).toEqual([[], []]);
    all.resume();
    const later = await all.reconcile();
    expect(later.actions).toContainEqual(due.findLast((action) => action.kind === kind));
    expect(later).toMatchObject({ failures: 0, complete: true });
  },
);

test('a deletion of an account stops between two of its keys, and goes on after the pause', async () => {
  const all = wholeWorld();
  for (const keyId of ['key_1', 'key_2', 'key_3']) {
    all.addKey('ada', keyId, { status: 'revoked' });
    // Too young for the pass to finish it by itself.
    all.intents.set(keyId, { subject: keyId, userId: 'ada', kind: 'end', since: all.now() });
  }
  all.addIntent({ subject: 'ada', userId: 'ada', kind: 'delete-user' });
  all.users.set('ada', 'active');
  const { delete: remove } = all.ports.gateway;
  all.ports.gateway.delete = async (id) => {
    if (all.deletes.length === 0) all.pause();
    return remove(id);
  };
  const stopped = await all.reconcile();
  expect(stopped).toMatchObject({ failures: 0, complete: false, paused: { by: 'ada' } });
  expect(stopped.actions).toEqual([{ kind: 'go-on-delete-user', subject: 'ada' }]);
  expect(all.deletes).toHaveLength(1);
  expect(all.users.get('ada')).toBe('deleting');
  all.resume();
  expect((await all.reconcile()).actions).toContainEqual({ kind: 'finish-delete-user', subject: 'ada' });
  expect([all.users.size, all.records.size, all.intents.size]).toEqual([0, 0, 0]);
});

test('a pause stops passes until it ends; what would be done is still told', async () => {
  const all = world();
  all.addKey('ada', 'key_1', { expiresAt: all.now() - 1 });
  all.pause();
  expect(await all.reconcile()).toMatchObject({ actions: [], complete: false, paused: { by: 'ada' } });
  expect((await all.reconcile({ dryRun: true })).actions).toEqual([{ kind: 'expire', subject: 'key_1' }]);
  expect(all.records.get('key_1')?.status).toBe('active');
  all.resume();
  expect((await all.reconcile()).actions).toEqual([{ kind: 'expire', subject: 'key_1' }]);
});

test('a pass with nothing to change asks for pauses once for each step', async () => {
  const all = world();
  for (let at = 0; at < 100; at += 1) all.addKey(`user${at}`, `key_${at}`);
  let asked = 0;
  all.ports.pauses.list = async () => {
    asked += 1;
    return [];
  };
  expect((await all.reconcile()).actions).toEqual([]);
  expect(asked).toBe(9);
});

test('a pause of more than a day raises the alarm', async () => {
  const all = world();
  all.pause();
  await all.reconcile();
  all.pass(86_400_000);
  await all.reconcile();
  expect(all.told.paused).toEqual([false, true]);
});

describe('several pauses', () => {
  function table() {
    const pauses: Pause[] = ['ada', 'bob', 'import'].map((id, at) => ({ id, by: id, since: at }));
    return {
      pauses,
      list: async () => [...pauses],
      begin: async (pause: Pause) => pause,
      end: async (id: string) =>
        void pauses.splice(
          pauses.findIndex((pause) => pause.id === id),
          1,
        ),
    };
  }

  test('end each by itself, and the others are told', async () => {
    const all = table();
    const { ended, standing } = await endPauses(all, 'bob');
    expect([ended, standing, all.pauses].map((pauses) => pauses.map(({ id }) => id))).toEqual([
      ['bob'],
      ['ada', 'import'],
      ['ada', 'import'],
    ]);
    expect((await endPauses(all, 'bob')).ended).toEqual([]);
  });

  test('end together if an operator wants that', async () => {
    const all = table();
    expect((await endPauses(all, undefined)).standing).toEqual([]);
    expect(all.pauses).toEqual([]);
  });
});

describe('a pass that has ended, for whoever waits for it,', () => {
  const pass = { id: 'p1', since: 0, endsAt: 270_000 };
  /** The passes that are left. */
  const endAt = async (now: number, runsUntil: number | undefined): Promise<PassUnderWay[]> => {
    const passes = new Map([[pass.id, pass]]);
    const underWay = {
      list: async () => [...passes.values()],
      begin: async (one: PassUnderWay) => void passes.set(one.id, one),
      end: async (id: string) => void passes.delete(id),
    };
    const billingWork = runsUntil === undefined ? undefined : { runsUntil: () => runsUntil };
    await endPass({ underWay, billingWork, clock: { now: () => now } }, pass);
    return underWay.list();
  };

  test.each([undefined, 0, 50_000])(
    'is over, when what it asked for was answered or is over (%p)',
    async (runsUntil) => {
      expect(await endAt(50_000, runsUntil)).toEqual([]);
    },
  );

  test('is under way while what it asked for and was not answered may run', async () => {
    expect(await endAt(50_000, 60_000)).toEqual([{ ...pass, endsAt: 60_000 }]);
  });
});
