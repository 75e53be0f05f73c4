import { liveCaller } from '../../../core/accounts/live-caller.ts';
import {
  endOneSession,
  listSessions,
  recordLogin,
  recordUse,
  type SessionRecord,
} from '../../../core/accounts/session-records.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const dayMs = 86_400_000;
const loggedInAt = now / 1000 - 60;

function sessionWith(claims: Record<string, unknown>) {
  return { token: `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x` };
}
const claims = { sub: 'user-1', origin_jti: 'aaaa-bbbb', auth_time: loggedInAt };
const session = sessionWith(claims);
const record = (fields: Partial<SessionRecord> = {}): SessionRecord => ({
  id: 'ses_aaaabbbb',
  createdAt: loggedInAt * 1000,
  lastUsedAt: now,
  ...fields,
});

function fake(known: SessionRecord[] = []) {
  const records = new Map(known.map((one) => [one.id, one]));
  const failures: unknown[] = [];
  const writes: SessionRecord[] = [];
  return {
    failures,
    writes,
    clock: { now: () => now },
    onFailed: (error: unknown) => void failures.push(error),
    ends: { lastOf: async () => ({ isDeleted: false, isSuspended: false }) },
    records: {
      find: async (_userId: string, id: string) => records.get(id),
      keep: async (_userId: string, one: SessionRecord) => void writes.push(one),
      list: async () => [...records.values()],
      end: async (_userId: string, id: string) => void records.set(id, { ...record({ id }), endedAt: now }),
    },
  };
}

test('a login is recorded under the id that all its tokens share, with no more of the browser than its name', async () => {
  const ports = fake();
  await recordLogin(ports, session, 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0');
  expect(ports.writes).toEqual([record({ browser: 'Firefox on Linux' })]);
});

test('a login goes on although it can’t be recorded', async () => {
  const ports = fake();
  const down = { ...ports, records: { ...ports.records, keep: () => Promise.reject(new Error('down')) } };
  await recordLogin(down, session, undefined);
  expect(ports.failures).toEqual([new Error('down')]);
});

test.each([
  ['just now', [record()], 0],
  ['a day ago', [record({ lastUsedAt: now - dayMs })], 1],
  ['before there were records', [], 1],
])('of a session used %s, %s, as many writes are made: %i', async (_when, known, writes) => {
  const ports = fake(known);
  expect(await recordUse(ports, session, undefined)).toBe(true);
  expect(ports.writes).toHaveLength(writes);
});

test('a session that its user has ended is not in use any more', async () => {
  expect(await recordUse(fake([record({ endedAt: now - 1 })]), session, undefined)).toBe(false);
});

test('a session is renewed although its record can’t be read: its tokens are refused if it has ended', async () => {
  const ports = fake();
  const down = { ...ports, records: { ...ports.records, find: () => Promise.reject(new Error('down')) } };
  expect(await recordUse(down, session, undefined)).toBe(true);
  expect(ports.failures).toHaveLength(1);
});

test('tokens that name no login of theirs are none of a session’s', async () => {
  const ports = fake();
  expect(await recordUse(ports, sessionWith({ sub: 'user-1' }), undefined)).toBe(true);
  expect(await recordUse(ports, { token: 'x' }, undefined)).toBe(true);
  expect(ports.writes).toEqual([]);
});

test('listed is what has ended neither by itself nor with all others, the one used last first', async () => {
  const ports = fake([
    record({ id: 'ses_old', lastUsedAt: now - dayMs }),
    record({ id: 'ses_new' }),
    record({ id: 'ses_ended', endedAt: now }),
    record({ id: 'ses_before', createdAt: now - 10 * dayMs }),
  ]);
  const ends = { lastOf: async () => ({ at: now - dayMs, isDeleted: false, isSuspended: false }) };
  const listed = await listSessions({ ...ports, ends }, 'user-1');
  expect(listed.map(({ id }) => id)).toEqual(['ses_new', 'ses_old']);
});

test('one session is ended, and of somebody else’s nothing is known', async () => {
  const ports = fake([record()]);
  await endOneSession(ports, 'user-1', 'ses_aaaabbbb');
  expect(await listSessions(ports, 'user-1')).toEqual([]);
  await expect(endOneSession(ports, 'user-1', 'ses_other')).rejects.toMatchObject({ code: 'not_found' });
});

test('the login tokens of an ended session are refused, and those of others are not', async () => {
  const ends = { lastOf: async () => ({ ended: ['ses_aaaabbbb'], isDeleted: false, isSuspended: false }) };
  const own = { ...claims, email: 'ada@example.com' };
  await expect(liveCaller(ends, own)).rejects.toMatchObject({ code: 'unauthorized' });
  expect(await liveCaller(ends, { ...own, origin_jti: 'cccc' })).toMatchObject({ userId: 'user-1' });
  expect(await liveCaller(ends, { ...own, origin_jti: undefined })).toMatchObject({ userId: 'user-1' });
});
