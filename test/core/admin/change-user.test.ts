import type { UserRecord } from '../../../core/accounts/ports.ts';
import { changeUser } from '../../../core/admin/change-user.ts';
import type { DirectoryUser, UserChange } from '../../../core/admin/ports.ts';
import type { KeyRecord } from '../../../core/keys/ports.ts';
import type { Plan } from '../../../core/plans.ts';

const user: DirectoryUser = {
  userId: 'bob',
  email: 'bob@example.com',
  emailVerified: true,
  state: 'confirmed',
  isEnabled: true,
  createdAt: 1,
};
const admin = { userId: 'ada' };
const plans = [{ name: '10-per-day' }, { name: 'big' }] as Plan[];
const key = (keyId: string, meterId: string | undefined, status = 'active') =>
  ({ keyId, meterId, status, userId: 'bob' }) as KeyRecord;

/** Records what is done, in order. */
function world({ fail }: { fail?: string } = {}) {
  const done: string[] = [];
  const step = async (what: string) => {
    if (what === fail) throw new Error(what);
    done.push(what);
  };
  const ports = {
    plans,
    signUp: { approval: 'off' } as const,
    sendsMails: false,
    directory: { enable: () => step('enable') },
    users: {
      change: async (_user: unknown, change: UserChange) => {
        await step(`record ${JSON.stringify(change)}`);
        return true;
      },
      read: async () =>
        new Map([
          [
            'bob',
            {
              userId: 'bob',
              email: 'bob@example.com',
              status: 'active' as const,
              createdAt: 1,
              limits: { requestsPerDay: 5 },
              limitsChangedAt: 7,
            },
          ],
        ]),
    },
    userLimits: {
      apply: async (id: string, limits: unknown, at: number) => {
        await step(`limit ${id} ${JSON.stringify(limits)} of ${at}`);
        return true;
      },
      applied: (_userId: string, at: number) => step(`limited of ${at}`),
    },
    records: {
      listUnfinished: async () => [key('k1', 'm1'), key('k2', 'm2'), key('k3', undefined, 'creating')],
    },
    holds: {
      markHeld: (_userId: string, isHeld: boolean) => step(`mark ${isHeld}`),
      hold: async (id: string) => {
        await step(`hold ${id}`);
        return true;
      },
      release: async (id: string) => {
        await step(`release ${id}`);
        return true;
      },
    },
  };
  return { done, ports };
}

test('suspends the record first, so that no key can be made, then holds every key', async () => {
  const { done, ports } = world();
  await changeUser(ports, admin, user, { suspended: true });
  expect(done).toEqual(['record {"suspended":true}', 'mark true', 'hold m1', 'hold m2']);
});

test('lifting it releases the keys, and only then forgets that some were held', async () => {
  const { done, ports } = world();
  await changeUser(ports, admin, user, { suspended: false });
  expect(done).toEqual(['record {"suspended":false}', 'release m1', 'release m2', 'mark false']);
});

test('whom Cognito has disabled is enabled there first, or the reconciler would suspend them again', async () => {
  const { done, ports } = world();
  await changeUser(ports, admin, { ...user, isEnabled: false }, { suspended: false });
  expect(done[0]).toBe('enable');
});

test('a cut-off release leaves the mark, by which the reconciler goes on', async () => {
  const { done, ports } = world({ fail: 'release m2' });
  await expect(changeUser(ports, admin, user, { suspended: false })).rejects.toThrow('release m2');
  expect(done).not.toContain('mark false');
});

test('limits go to the record, then to every key as the record has them, and only then are they done', async () => {
  const { done, ports } = world();
  await changeUser(ports, admin, user, { limits: { requestsPerDay: 4 } });
  expect(done).toEqual([
    'record {"limits":{"requestsPerDay":4}}',
    'limit m1 {"requestsPerDay":5} of 7',
    'limit m2 {"requestsPerDay":5} of 7',
    'limited of 7',
  ]);
  const cutOff = world({ fail: 'limit m2 {"requestsPerDay":5} of 7' });
  await expect(changeUser(cutOff.ports, admin, user, { limits: { requestsPerDay: 4 } })).rejects.toThrow();
  expect(cutOff.done).not.toContain('limited of 7');
});

describe('what the user is to be told by mail', () => {
  const told = async (change: UserChange, status?: UserRecord['status'], sendsMails = true) => {
    const { done, ports } = world();
    const record = { userId: 'bob', email: 'bob@example.com', createdAt: 1 };
    const records = new Map(status === undefined ? [] : [['bob', { ...record, status }]]);
    const users = { ...ports.users, read: async () => records };
    const signUp = { approval: 'admin' } as const;
    const notice = await changeUser({ ...ports, users, signUp, sendsMails }, admin, user, change);
    return { notice, isNoted: done.some((step) => step.includes(`"notice":"${notice}"`)) };
  };

  test.each<[string, UserChange, UserRecord['status'] | undefined, string]>([
    ['an approval', { approved: true }, 'waiting', 'approved'],
    ['an approval before the first call', { approved: true }, undefined, 'approved'],
    ['a suspension', { suspended: true }, 'active', 'suspended'],
    ['the end of a suspension', { suspended: false }, 'suspended', 'restored'],
  ])('%s is noted with the change', async (_what, change, status, notice) => {
    expect(await told(change, status)).toEqual({ notice, isNoted: true });
  });

  test.each<[string, UserChange, UserRecord['status']]>([
    ['an approval that is repeated', { approved: true }, 'active'],
    ['a suspension that is repeated', { suspended: true }, 'suspended'],
    ['lifting no suspension', { suspended: false }, 'active'],
    ['other limits', { limits: { requestsPerDay: 4 } }, 'active'],
  ])('%s is nothing new', async (_what, change, status) => {
    expect(await told(change, status)).toEqual({ notice: undefined, isNoted: false });
  });

  test('without a sender nothing is noted, and the answer can say so', async () => {
    expect(await told({ suspended: true }, 'active', false)).toEqual({ notice: 'suspended', isNoted: false });
  });
});

describe('the end of an account', () => {
  const now = Date.UTC(2026, 10, 28);
  const withRecord = (parts: Partial<UserRecord>) => {
    const { done, ports } = world();
    const record = {
      userId: 'bob',
      email: 'bob@example.com',
      status: 'suspended' as const,
      createdAt: 1,
      ...parts,
    };
    return {
      done,
      ports: { ...ports, users: { ...ports.users, read: async () => new Map([['bob', record]]) } },
    };
  };

  test('is in the future', async () => {
    const { done, ports } = withRecord({});
    await expect(changeUser(ports, admin, user, { endsAt: now }, now)).rejects.toMatchObject({
      param: 'endsAt',
    });
    expect(done).toEqual([]);
  });

  test('that is put off opens the account again, with its keys', async () => {
    const { done, ports } = withRecord({ endsAt: now - 1, closedBecause: 'ended' });
    await changeUser(ports, admin, user, { endsAt: null }, now);
    expect(done).toEqual([
      'record {"endsAt":null,"suspended":false}',
      'release m1',
      'release m2',
      'mark false',
    ]);
  });

  test('that is put off leaves an admin’s suspension', async () => {
    const { done, ports } = withRecord({});
    await changeUser(ports, admin, user, { endsAt: now + 1 }, now);
    expect(done).toEqual([`record {"endsAt":${now + 1}}`]);
  });

  test('has to be put off before the account is opened', async () => {
    const { done, ports } = withRecord({ endsAt: now - 1, closedBecause: 'ended' });
    const refused = changeUser(ports, admin, user, { suspended: false }, now);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request', param: 'endsAt' });
    expect(done).toEqual([]);
  });

  test('is not one’s own to set', async () => {
    const self = { ...user, userId: 'ada' };
    const refused = changeUser(world().ports, admin, self, { endsAt: now + 1 }, now);
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('whoever is suspended is not approved', async () => {
  const { done, ports } = world();
  const record = { userId: 'bob', email: 'bob@example.com', status: 'suspended' as const, createdAt: 1 };
  const users = { ...ports.users, read: async () => new Map([['bob', record]]) };
  const refused = changeUser({ ...ports, users }, admin, user, { approved: true });
  await expect(refused).rejects.toMatchObject({ code: 'invalid_request', param: 'approved' });
  expect(done).toEqual([]);
});

test('admins can’t suspend themselves, and may change their own plans', async () => {
  const { done, ports } = world();
  const self = { ...user, userId: 'ada' };
  await expect(changeUser(ports, admin, self, { suspended: true })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(done).toEqual([]);
  await changeUser(ports, admin, self, { allowedPlans: ['big'] });
  expect(done).toEqual(['record {"allowedPlans":["big"]}']);
});

test('a plan that does not exist is refused before anything is changed', async () => {
  const { done, ports } = world();
  const refused = changeUser(ports, admin, user, { suspended: true, allowedPlans: ['big', 'bigger'] });
  await expect(refused).rejects.toMatchObject({ code: 'unknown_plan', param: 'allowedPlans' });
  expect(done).toEqual([]);
});

test('an account that is being deleted is not found', async () => {
  const { ports } = world();
  const users = { ...ports.users, change: async () => false };
  await expect(changeUser({ ...ports, users }, admin, user, { suspended: true })).rejects.toMatchObject({
    code: 'not_found',
  });
});
