import { type Notice, type NoticeKind, noticeMail } from '../../../core/mail/notices.ts';
import { MailNotSent } from '../../../core/mail/ports.ts';
import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { start, world } from './world.ts';

const notice = (kind: NoticeKind, parts: Partial<Notice> = {}): Notice => ({
  kind,
  userId: 'ada',
  email: 'ada@example.com',
  at: start,
  ...parts,
});

test('each user is mailed once, and the note is gone', async () => {
  const all = world();
  all.notes.push(notice('approved'), notice('suspended', { userId: 'bob', email: 'bob@example.com' }));
  expect((await all.reconcile()).actions).toEqual([
    { kind: 'tell', subject: 'ada' },
    { kind: 'tell', subject: 'bob' },
  ]);
  expect(all.told.mails).toMatchObject([
    { to: 'ada@example.com', subject: 'Your API account is approved' },
    { to: 'bob@example.com', subject: 'Your API account is suspended' },
  ]);
  await all.reconcile();
  expect([all.notes, all.told.mails.length]).toEqual([[], 2]);
});

test('of several notes about a user the newest is mailed', async () => {
  const all = world();
  all.notes.push(notice('suspended'), notice('restored', { at: start + 1 }));
  await all.reconcile();
  expect(all.told.mails).toMatchObject([{ subject: 'Your API account works again' }]);
  expect(all.notes).toEqual([]);
});

test('a note that another pass has taken is left to it', async () => {
  const all = world();
  all.notes.push(notice('approved'));
  all.ports.notices.due.claim = async () => false;
  await all.reconcile();
  expect(all.told.mails).toEqual([]);
});

test('a mail that is not taken now is kept, with the rest, for the next pass', async () => {
  const all = world();
  const { mailer } = all.ports.notices;
  const send = mailer.send;
  mailer.send = () => Promise.reject(new MailNotSent('later', 'Throttled'));
  all.notes.push(notice('approved'), notice('approved', { userId: 'bob' }));
  expect(await all.reconcile()).toMatchObject({ complete: false, actions: [] });
  mailer.send = send;
  await all.reconcile();
  expect(all.told.mails).toHaveLength(2);
});

test.each(['refused', 'unknown'] as const)(
  'a mail that is %s is told to the log, and not sent again',
  async (outcome) => {
    const all = world();
    all.ports.notices.mailer.send = () => Promise.reject(new MailNotSent(outcome, 'Rejected'));
    all.notes.push(notice('approved'));
    expect((await all.reconcile()).actions).toEqual([]);
    expect(all.told.notSent).toMatchObject([{ outcome }]);
    expect(all.notes).toEqual([]);
  },
);

test('a dry run says who would be told, and tells nobody', async () => {
  const all = world();
  all.notes.push(notice('approved'));
  const report = await reconcile({ ...all.ports, timeLeftMs: () => 200_000 }, { dryRun: true });
  expect(report.actions).toEqual([{ kind: 'tell', subject: 'ada' }]);
  expect([all.notes.length, all.told.mails]).toEqual([1, []]);
});

const kinds: NoticeKind[] = ['approved', 'refused', 'suspended', 'restored', 'ends', 'ended', 'dormant'];
test.each(kinds)('the mail of `%s` is plain text with a subject of one line', (kind) => {
  const { to, subject, text } = noticeMail(notice(kind, { endsAt: Date.UTC(2027, 0, 31) }));
  expect(to).toBe('ada@example.com');
  expect(subject).toMatch(/^Your API account [^\n]+$/);
  expect(text).toMatch(/^[^<>]+\.\n$/);
  expect(subject.includes('2027-01-31')).toBe(kind === 'ends');
});
