import { deleteAccount } from '../../../core/accounts/delete-account.ts';
import { DaypassError, ThrottledError } from '../../../core/errors.ts';
import { gatewayKeyName } from '../../../core/keys/key-id.ts';
import { reserveMs, world } from './world.ts';

const keyIds = (count: number, name = 'key') =>
  Array.from({ length: count }, (_unused, at) => `${name}_${at}`);

describe('an account with 2,000 ended keys', () => {
  function withEndedKeys({ isPending }: { isPending: boolean }) {
    const all = world();
    for (const keyId of keyIds(2000)) {
      all.addKey('ada', keyId, { status: 'revoked' });
      if (isPending) all.addIntent({ subject: keyId, userId: 'ada', kind: 'end' });
      else all.gatewayKeys.delete(`gw-${keyId}`);
    }
    all.users.set('ada', 'active');
    return all;
  }

  test('is deleted without a call to API Gateway, which has nothing left of them', async () => {
    const { ports, users, records, intents, deletes, slowness } = withEndedKeys({ isPending: false });
    slowness.of = (id) => (id === 'ada' ? 0 : 4000);
    expect(await deleteAccount(ports, 'ada', () => true)).toBe('deleted');
    expect(deletes).toEqual([]);
    expect([users.size, records.size, intents.size]).toEqual([0, 0, 0]);
  });

  test('that API Gateway still has is deleted bit by bit, each key once, while every pass does all its other work', async () => {
    const all = withEndedKeys({ isPending: true });
    all.slowness.of = (id) => (id.startsWith('gw-key_') ? 4000 : 100);
    all.addIntent({ subject: 'ada', userId: 'ada', kind: 'delete-user' });
    let passes = 0;
    while (all.intents.has('ada')) {
      passes += 1;
      const others = keyIds(8, `other${passes}`);
      for (const [at, keyId] of others.entries()) {
        all.addKey(`user${at}`, keyId, { status: 'revoked' });
        all.addIntent({ subject: keyId, userId: `user${at}`, kind: 'end' });
      }
      all.addKey('bob', `expired${passes}`, { expiresAt: all.now() - 1 });
      all.gatewayKeys.set(`gw-orphan${passes}`, {
        name: `eve.key_x.0123456789ab`,
        createdAt: all.now() - 600_000,
      });
      all.users.set(`leaver${passes}`, 'active');
      all.addIntent({ subject: `leaver${passes}`, userId: `leaver${passes}`, kind: 'delete-user' });

      const before = all.deletes.length;
      const { failures, parked, overrunMs } = await all.reconcile();
      expect({ failures, parked }).toEqual({ failures: 0, parked: 0 });
      expect(overrunMs).toBeLessThan(reserveMs);
      expect(all.deletes.length - before).toBeGreaterThan(40);
      expect([...all.gatewayKeys.keys()].filter((id) => !id.startsWith('gw-key_'))).toEqual([]);
      expect(all.users.has(`leaver${passes}`)).toBe(false);
    }
    expect(new Set(all.deletes).size).toBe(all.deletes.length);
    expect([all.users.size, all.intents.size]).toEqual([0, 0]);
    expect([...all.records.values()].filter(({ userId }) => userId === 'ada')).toEqual([]);
  });

  test('continues where the last call stopped', async () => {
    const { ports, deletes, users } = withEndedKeys({ isPending: true });
    for (let call = 1; call <= 4; call += 1) {
      let asked = 0;
      const outcome = await deleteAccount(ports, 'ada', () => ++asked <= 600);
      expect(outcome).toBe(call < 4 ? 'unfinished' : 'deleted');
    }
    expect(deletes).toHaveLength(2000);
    expect(new Set(deletes).size).toBe(2000);
    expect(users.has('ada')).toBe(false);
  });

  test('has no working key from the first step on, even while API Gateway is failing', async () => {
    const { ports, records, addKey, failures } = withEndedKeys({ isPending: true });
    addKey('ada', 'key_works');
    failures.set('gw-key_0', new Error('out of order'));
    await expect(deleteAccount(ports, 'ada', () => true)).rejects.toThrow('out of order');
    expect(records.get('key_works')?.status).toBe('revoked');
  });
});

describe('a subject that hangs', () => {
  test.each(['gw-stuck', 'leaver'])(
    '(%s) delays no other, and is parked after three passes',
    async (stuck) => {
      const all = world();
      all.slowness.of = (id) => (id === stuck ? Number.POSITIVE_INFINITY : 100);
      if (stuck === 'leaver') all.addIntent({ subject: stuck, userId: stuck, kind: 'delete-user' });
      else {
        all.addKey('ada', 'stuck', { status: 'revoked' });
        all.addIntent({ subject: 'stuck', userId: 'ada', kind: 'end' });
      }
      for (let pass = 1; pass <= 3; pass += 1) {
        for (const keyId of keyIds(8, `other${pass}`)) {
          all.addKey('bob', keyId, { status: 'revoked' });
          all.addIntent({ subject: keyId, userId: 'bob', kind: 'end' });
        }
        all.addIntent({ subject: `eve${pass}`, userId: `eve${pass}`, kind: 'delete-user' });
        const report = await all.reconcile();
        expect(report.failures).toBeGreaterThanOrEqual(1);
        expect([...all.intents.keys()].filter((id) => /^(other|eve)/.test(id))).toEqual([]);
      }
      expect(all.told.parked).toContain(stuck.replace('gw-', ''));
      const before = all.now();
      expect((await all.reconcile()).parked).toBeGreaterThanOrEqual(1);
      // The five minutes of a pass and the pause behind it, and nothing more.
      expect(all.now() - before).toBe(300_000);
    },
  );
});

describe('a failure', () => {
  test('of a deletion is counted and parks it, however often its user asks again', async () => {
    const all = world();
    all.failures.set('ada', new DaypassError('invalid_request', 'The directory refused these values.'));
    for (let pass = 1; pass <= 3; pass += 1) {
      await expect(deleteAccount(all.ports, 'ada', () => true)).rejects.toThrow();
      all.pass(200_000);
      await all.reconcile();
    }
    expect(all.told.parked).toEqual(['ada']);
    expect(await all.reconcile()).toMatchObject({ failures: 0, parked: 1 });
  });

  test('that is not a throttle is counted, whatever its code', async () => {
    const all = world();
    all.addKey('ada', 'key_1', { status: 'revoked' });
    all.addIntent({ subject: 'key_1', userId: 'ada', kind: 'end' });
    all.addKey('bob', 'key_2', { status: 'revoked' });
    all.addIntent({ subject: 'key_2', userId: 'bob', kind: 'end' });
    all.failures.set('gw-key_1', new DaypassError('service_unavailable', 'Too many changes at once.'));
    await all.reconcile();
    expect(all.intents.get('key_1')?.failures).toBe(1);
    expect(all.intents.has('key_2')).toBe(false);
  });

  test('by API Gateway’s throttle is not counted and ends the pass', async () => {
    const all = world();
    for (const keyId of ['key_1', 'key_2']) {
      all.addKey('ada', keyId, { status: 'revoked' });
      all.addIntent({ subject: keyId, userId: 'ada', kind: 'end' });
      all.failures.set(`gw-${keyId}`, new ThrottledError('API Gateway', 'Later.'));
    }
    all.addIntent({ subject: 'eve', userId: 'eve', kind: 'delete-user' });
    expect(await all.reconcile()).toMatchObject({ failures: 0, parked: 0, complete: false, actions: [] });
    expect([...all.intents.values()].map(({ failures }) => failures)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('by Cognito’s throttle is not counted and leaves the others their turn', async () => {
    const all = world();
    for (const userId of ['ada', 'eve']) all.addIntent({ subject: userId, userId, kind: 'delete-user' });
    all.failures.set('ada', new ThrottledError('Cognito', 'Later.'));
    expect(await all.reconcile()).toMatchObject({ failures: 0, complete: false });
    expect([...all.intents.values()]).toEqual([expect.objectContaining({ subject: 'ada' })]);
    expect(all.intents.get('ada')?.failures).toBeUndefined();
  });

  test('of a repair, which has no intent, is counted, parks it, and is forgotten once repaired', async () => {
    const all = world();
    const orphan = { name: 'eve.key_x.0123456789ab', createdAt: all.now() - 600_000 };
    all.gatewayKeys.set('gw-orphan', orphan);
    all.failures.set('gw-orphan', new Error('broken'));
    for (let pass = 1; pass <= 3; pass += 1) expect((await all.reconcile()).failures).toBe(1);
    expect(all.told.parked).toEqual(['gw-orphan']);
    expect(await all.reconcile()).toMatchObject({ failures: 0, parked: 1, actions: [] });

    // As an operator has it tried again.
    all.failures.clear();
    const { failures: _forgotten, ...note } = all.intents.get('gw-orphan') ?? ({} as never);
    all.intents.set('gw-orphan', note);
    expect((await all.reconcile()).actions).toEqual([{ kind: 'delete-orphan', subject: 'gw-orphan' }]);
    await all.reconcile();
    expect(all.intents.size).toBe(0);
  });

  test('of a whole step leaves the others their turn and is thrown at the end', async () => {
    const all = world();
    all.failListing(true);
    all.addIntent({ subject: 'eve', userId: 'eve', kind: 'delete-user' });
    await expect(all.reconcile()).rejects.toThrow('no listing');
    expect(all.told.passes).toMatchObject([
      { actions: [{ kind: 'finish-delete-user', subject: 'eve' }], complete: false },
    ]);
    expect(all.intents.size).toBe(0);
  });
});

describe('a key in API Gateway whose record is lost', () => {
  const withLostRecord = () => {
    const all = world();
    all.addKey('ada', 'key_1', { createdAt: all.now() - 2 * 3_600_000 });
    all.records.clear();
    return all;
  };

  test('is kept and raises the alarm, since its record may be restored', async () => {
    const all = withLostRecord();
    for (const _pass of [1, 2]) {
      const { actions, parked } = await all.reconcile();
      expect({ actions, parked }).toEqual({
        actions: [{ kind: 'keep-unknown', subject: 'gw-key_1' }],
        parked: 1,
      });
    }
    expect(all.gatewayKeys.has('gw-key_1')).toBe(true);
  });

  test('raises the alarm also in a pass whose time is over before it has seen every key', async () => {
    const all = withLostRecord();
    const young = Array.from({ length: 10 }, (_, place) => all.addKey('ada', `key_young${place}`));
    for (const { keyId } of young) {
      all.records.delete(keyId);
      const key = all.gatewayKeys.get(`gw-${keyId}`);
      if (key !== undefined) key.createdAt = all.now() - 600_000;
    }
    all.slowness.of = (id) => (id.startsWith('gw-key_young') ? 19_000 : 0);
    expect(await all.reconcile()).toMatchObject({ complete: false, parked: 1 });
    expect(all.told.passes.at(-1)?.actions).toContainEqual({ kind: 'keep-unknown', subject: 'gw-key_1' });
  });

  test('and that of a record restored as it was before a rotation are both kept', async () => {
    const all = world();
    const record = all.addKey('ada', 'key_1');
    all.gatewayKeys.delete('gw-key_1');
    const name = gatewayKeyName(record, 'ba9876543210');
    all.gatewayKeys.set('gw-rotated', { name, createdAt: all.now() - 3_600_000 });
    expect((await all.reconcile()).actions).toEqual([{ kind: 'keep-unknown', subject: 'gw-rotated' }]);
    expect(all.records.get('key_1')?.status).toBe('active');
    await all.reconcile({ deletesUnknown: true });
    expect((await all.reconcile()).actions).toEqual([{ kind: 'end-broken', subject: 'key_1' }]);
  });

  test('is deleted once an operator says so', async () => {
    const all = withLostRecord();
    const told = await all.reconcile({ dryRun: true, deletesUnknown: true });
    expect(told.actions).toEqual([{ kind: 'delete-orphan', subject: 'gw-key_1' }]);
    expect(all.gatewayKeys.size).toBe(1);
    expect(await all.reconcile({ deletesUnknown: true })).toMatchObject({ parked: 0 });
    expect(all.gatewayKeys.size).toBe(0);
  });
});
