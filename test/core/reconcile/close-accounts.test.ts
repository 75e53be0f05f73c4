import type { KeyCounters } from '../../../core/keys/ports.ts';
import { MailNotSent } from '../../../core/mail/ports.ts';
import type { ReconcileReport } from '../../../core/reconcile/ports.ts';
import { world as newWorld } from './world.ts';

const dayMs = 86_400_000;
/** Besides what is done to keys. */
const kinds = ({ actions }: ReconcileReport) =>
  actions.filter(({ kind }) => kind !== 'apply-plan').map(({ kind, subject }) => `${kind} ${subject}`);

/** Ada's account with one key, last seen and last used so many days ago; dormant after 90 days, closed 14 later. */
function world({ seen = 100, used = 100 }: { seen?: number; used?: number } = {}) {
  const all = newWorld();
  all.addKey('ada', 'key_1');
  const ago = (days: number) => all.now() - days * dayMs;
  all.standing.set('ada', {
    status: 'active',
    email: 'ada@example.com',
    createdAt: ago(200),
    lastSeenAt: ago(seen),
  });
  all.meters.set('gw-key_1', { usedByWindow: {}, limits: {}, lastUsedAt: ago(used) } as KeyCounters);
  Object.assign(all.ports.accounts, { dormantAfterDays: 90 });
  return all;
}

test('whoever has not been there for long is told by mail, once, and closed when the notice is over', async () => {
  const all = world();
  expect(kinds(await all.reconcile())).toContain('tell-dormant ada');
  expect(all.told.mails).toMatchObject([
    { to: 'ada@example.com', subject: expect.stringContaining('closed') },
  ]);
  all.pass(13 * dayMs);
  expect(kinds(await all.reconcile())).not.toContain('close ada');
  all.pass(dayMs);
  expect(kinds(await all.reconcile())).toEqual(expect.arrayContaining(['close ada', 'hold key_1']));
  expect(all.told.closed).toEqual(['ada dormant true']);
  expect(all.told.mails.map(({ subject }) => subject)).toEqual([
    'Your API account is about to be closed',
    'Your API account is closed',
  ]);
});

test.each([
  ['a login', { seen: 5 }],
  ['a call with a key', { used: 5 }],
])('%s lately is use enough', async (_what, lately) => {
  const all = world(lately);
  await all.reconcile();
  expect(all.told.mails).toEqual([]);
});

test('whoever comes back after the mail is told anew the next time, before anything is closed', async () => {
  const all = world();
  await all.reconcile();
  all.standing.set('ada', { ...all.standing.get('ada'), lastSeenAt: all.now() });
  all.pass(91 * dayMs);
  expect(kinds(await all.reconcile())).toContain('tell-dormant ada');
  expect(all.told.closed).toEqual([]);
  expect(all.told.mails).toHaveLength(2);
});

test('a mail that was not taken is tried again, and nothing is closed without one', async () => {
  const all = world();
  const { mailer } = all.ports;
  const send = mailer.send;
  mailer.send = () => Promise.reject(new MailNotSent('later', 'Throttled'));
  expect(await all.reconcile()).toMatchObject({ failures: 1 });
  all.pass(20 * dayMs);
  mailer.send = send;
  expect(kinds(await all.reconcile())).toContain('tell-dormant ada');
  expect(all.told.closed).toEqual([]);
});

test('if no answer came, the mail counts as sent', async () => {
  const all = world();
  all.ports.mailer.send = () => Promise.reject(new MailNotSent('unknown', 'TimeoutError'));
  expect(kinds(await all.reconcile())).toContain('tell-dormant ada');
  expect(kinds(await all.reconcile())).not.toContain('tell-dormant ada');
});

test('an account is closed at its end, whether or not anyone uses it', async () => {
  const all = world({ seen: 0, used: 0 });
  all.standing.set('ada', { ...all.standing.get('ada'), endsAt: all.now() + 1 });
  expect(kinds(await all.reconcile())).not.toContain('close ada');
  all.told.mails.length = 0;
  expect(kinds(await all.reconcile())).toEqual(expect.arrayContaining(['close ada', 'hold key_1']));
  expect(all.told.closed).toEqual(['ada ended true']);
  expect(all.told.mails).toMatchObject([{ to: 'ada@example.com', subject: 'Your API account has ended' }]);
});

test('whose account ends soon is told once for each end, and not that nobody uses it', async () => {
  const all = world();
  const endOf = (days: number) => {
    const endsAt = all.now() + days * dayMs;
    all.standing.set('ada', { ...all.standing.get('ada'), endsAt });
    return new Date(endsAt).toISOString().slice(0, 10);
  };
  Object.assign(all.ports.accounts, { dormantAfterDays: undefined });
  endOf(15);
  expect(kinds(await all.reconcile())).toEqual([]);
  const first = endOf(13);
  expect(kinds(await all.reconcile())).toEqual(['tell-end ada', 'tell ada']);
  expect(kinds(await all.reconcile())).toEqual([]);
  const second = endOf(5);
  await all.reconcile();
  expect(all.told.mails.map(({ subject }) => subject)).toEqual(
    [first, second].map((day) => `Your API account ends on ${day}`),
  );
  Object.assign(all.ports.accounts, { dormantAfterDays: 90 });
  expect(kinds(await all.reconcile())).toEqual([]);
});

test('without mail nobody is told, and the account ends all the same', async () => {
  const all = world();
  Object.assign(all.ports, { mailer: undefined, notices: undefined });
  all.standing.set('ada', { ...all.standing.get('ada'), endsAt: all.now() + 1 });
  expect(kinds(await all.reconcile())).toEqual([]);
  expect(kinds(await all.reconcile())).toContain('close ada');
  expect([all.notes, all.told.mails]).toEqual([[], []]);
});

test('a suspended user is neither told nor closed', async () => {
  const all = world();
  all.standing.set('ada', { ...all.standing.get('ada'), status: 'suspended' });
  await all.reconcile();
  expect([all.told.mails, all.told.closed]).toEqual([[], []]);
});
