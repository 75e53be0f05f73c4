import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { world } from './world.ts';

const kinds = ({ actions }: { actions: readonly { kind: string; subject: string }[] }) =>
  actions.map(({ kind, subject }) => `${kind} ${subject}`);

function withKeys() {
  const all = world();
  for (const [userId, keyId] of [
    ['ada', 'key_1'],
    ['ada', 'key_2'],
    ['bob', 'key_3'],
  ] as const) {
    all.addKey(userId, keyId);
  }
  return all;
}

test('nothing is held, written or reported of users in good standing', async () => {
  const all = withKeys();
  expect(kinds(await all.reconcile())).toEqual([]);
  expect([all.held.size, all.standing.size]).toEqual([0, 0]);
});

test('a suspended user’s keys alone are held, until the suspension ends', async () => {
  const all = withKeys();
  all.standing.set('ada', { status: 'suspended' });
  expect(kinds(await all.reconcile())).toEqual(['hold key_1', 'hold key_2']);
  expect([...all.held]).toEqual(['gw-key_1', 'gw-key_2']);
  expect(kinds(await all.reconcile())).toEqual([]);
  all.standing.set('ada', { ...all.standing.get('ada'), status: 'active' });
  expect(kinds(await all.reconcile())).toEqual(['release key_1', 'release key_2']);
  expect(all.held.size).toBe(0);
  expect(kinds(await all.reconcile())).toEqual([]);
});

test('a user disabled in the directory is suspended until enabled again', async () => {
  const all = withKeys();
  all.directory.disabled.add('ada');
  expect(kinds(await all.reconcile())).toEqual(['suspend ada', 'hold key_1', 'hold key_2']);
  expect(all.standing.get('ada')).toMatchObject({ status: 'suspended', suspendedByDirectory: true });
  all.directory.disabled.delete('ada');
  expect(kinds(await all.reconcile())).toEqual(['restore ada', 'release key_1', 'release key_2']);
  expect(all.standing.get('ada')?.status).toBe('active');
});

test('enabling a user in the directory ends no suspension by an admin', async () => {
  const all = withKeys();
  all.standing.set('ada', { status: 'suspended' });
  await all.reconcile();
  await all.reconcile();
  expect(all.standing.get('ada')?.status).toBe('suspended');
  expect(all.held.size).toBe(2);
});

test('the keys of a user gone from the directory are revoked, also in API Gateway, and an old token makes no new one', async () => {
  const all = withKeys();
  all.directory.gone.add('ada');
  expect(kinds(await all.reconcile())).toEqual(['suspend ada', 'end-ownerless key_1', 'end-ownerless key_2']);
  expect(all.records.get('key_1')?.status).toBe('revoked');
  expect([...all.gatewayKeys.keys()]).toEqual(['gw-key_3']);
  expect(all.standing.get('ada')?.status).toBe('suspended');
  expect(all.records.get('key_3')?.status).toBe('active');
});

test('a user missing from the list alone is not taken for gone', async () => {
  const all = withKeys();
  all.directory.missedByList.add('ada');
  expect(kinds(await all.reconcile())).toEqual([]);
  expect(all.records.get('key_1')?.status).toBe('active');
});

test('no user is taken for gone if the list was not read to its end', async () => {
  const all = withKeys();
  const { userInventory } = all.ports;
  const slow = {
    ...all.ports,
    userInventory: {
      ...userInventory,
      async *list() {
        all.pass(200_000);
        yield { userId: 'bob', isEnabled: true };
      },
      has: () => Promise.reject(new Error('nobody is asked for')),
    },
  };
  const endsAt = all.now() + 210_000;
  const report = await reconcile({ ...slow, timeLeftMs: () => endsAt - all.now() }, { dryRun: false });
  expect(report).toMatchObject({ failures: 0, complete: false });
  expect(all.records.get('key_1')?.status).toBe('active');
});

test('limits that an admin’s call was cut off from giving to all keys are given to them, once', async () => {
  const all = withKeys();
  const limits = { requestsPerDay: 5 };
  all.standing.set('ada', { status: 'active', limits, limitsChangedAt: 7, limitsPending: true });
  expect(kinds(await all.reconcile())).toEqual(['apply-user-limits key_1', 'apply-user-limits key_2']);
  expect(all.userLimits.get('gw-key_2')).toEqual(limits);
  expect(kinds(await all.reconcile())).toEqual([]);
});

test('an account that is being deleted is left to its deletion', async () => {
  const all = withKeys();
  all.standing.set('ada', { status: 'deleting' });
  all.directory.gone.add('ada');
  expect(kinds(await all.reconcile())).toEqual([]);
});

test('a failing directory stops none of the other steps', async () => {
  const all = withKeys();
  all.addKey('bob', 'key_4', { expiresAt: all.now() - 1 });
  const broken = {
    ...all.ports,
    userInventory: {
      ...all.ports.userInventory,
      // biome-ignore lint/correctness/useYield: it fails before the first
      async *list() {
        throw new Error('directory down');
      },
    },
  };
  const endsAt = all.now() + 210_000;
  const pass = reconcile({ ...broken, timeLeftMs: () => endsAt - all.now() }, { dryRun: false });
  await expect(pass).rejects.toThrow('directory down');
  expect(all.records.get('key_4')?.status).toBe('expired');
});

test('a dry run reports everything and changes nothing', async () => {
  const all = withKeys();
  all.directory.gone.add('ada');
  all.directory.disabled.add('bob');
  const endsAt = all.now() + 210_000;
  const report = await reconcile({ ...all.ports, timeLeftMs: () => endsAt - all.now() }, { dryRun: true });
  expect(kinds(report)).toEqual([
    'suspend ada',
    'end-ownerless key_1',
    'end-ownerless key_2',
    'suspend bob',
    'hold key_3',
  ]);
  expect([all.held.size, all.standing.size, all.records.get('key_1')?.status]).toEqual([0, 0, 'active']);
});
