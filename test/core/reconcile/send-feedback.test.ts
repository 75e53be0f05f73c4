import type { Feedback } from '../../../core/feedback/send-feedback.ts';
import { type Mail, MailNotSent } from '../../../core/mail/ports.ts';
import type { FeedbackMails } from '../../../core/reconcile/ports.ts';
import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { start, world } from './world.ts';

const written = (userId: string, at = start): Feedback => ({
  id: `${userId}-${at}`,
  userId,
  email: `${userId}@example.com`,
  message: `Hello from ${userId}`,
  category: 'problem',
  at,
});

function post(...due: Feedback[]) {
  const all = world();
  const mails: Mail[] = [];
  const feedback: FeedbackMails = {
    to: 'ops@example.com',
    due: {
      list: async () => [...due],
      claim: async (one) => {
        const at = due.findIndex(({ id }) => id === one.id);
        if (at >= 0) due.splice(at, 1);
        return at >= 0;
      },
      release: async (one) => void due.push(one),
    },
    mailer: { send: async (mail) => void mails.push(mail) },
    onNotSent: () => {},
  };
  const pass = (dryRun = false) =>
    reconcile({ ...all.ports, feedback, timeLeftMs: () => 200_000 }, { dryRun });
  return { due, mails, feedback, pass };
}

test('each is mailed once to the operator', async () => {
  const all = post(written('ada'), written('bob'));
  expect((await all.pass()).actions).toEqual([
    { kind: 'mail-feedback', subject: 'ada' },
    { kind: 'mail-feedback', subject: 'bob' },
  ]);
  expect(all.mails).toMatchObject([{ replyTo: 'ada@example.com' }, { replyTo: 'bob@example.com' }]);
  await all.pass();
  expect([all.due, all.mails.length]).toEqual([[], 2]);
});

test('what is not taken now is kept, with the rest, for the next pass', async () => {
  const all = post(written('ada'), written('bob'));
  const { send } = all.feedback.mailer;
  all.feedback.mailer.send = () => Promise.reject(new MailNotSent('later', 'Throttled'));
  expect(await all.pass()).toMatchObject({ complete: false, actions: [] });
  all.feedback.mailer.send = send;
  await all.pass();
  expect(all.mails).toHaveLength(2);
});

test('a dry run mails nothing', async () => {
  const all = post(written('ada'));
  expect((await all.pass(true)).actions).toEqual([{ kind: 'mail-feedback', subject: 'ada' }]);
  expect([all.due.length, all.mails]).toEqual([1, []]);
});
