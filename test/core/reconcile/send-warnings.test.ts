import { type Mail, MailNotSent } from '../../../core/mail/ports.ts';
import type { SpendWarning } from '../../../core/metering/ports.ts';
import type { SpendStanding } from '../../../core/metering/windows.ts';
import type { WarningMails } from '../../../core/reconcile/ports.ts';
import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { start, world } from './world.ts';

const resetsAt = start + 20 * 3_600_000;
const ofKey = (step: SpendWarning['step'], fields: Partial<SpendWarning> = {}): SpendWarning => ({
  of: 'key',
  userId: 'ada',
  keyId: 'key_1',
  step,
  window: 'day',
  limit: 5,
  resetsAt,
  ...fields,
});

/** A table of warnings and a mail service in memory. */
function post(ceilings: SpendStanding[] = []) {
  const mails: Mail[] = [];
  const notes: SpendWarning[] = [];
  const mailed = new Map<string, number>();
  const notSent: MailNotSent[] = [];
  const post = {
    mails,
    notes,
    notSent,
    failure: undefined as Error | undefined,
    wanting: new Map([['ada', 'ada@example.com']]),
  };
  const keyOf = ({ of, keyId, userId, window }: SpendWarning) => `${of} ${keyId ?? userId} ${window}`;
  const warnings: WarningMails = {
    due: {
      list: async () => [...notes],
      readCeilings: async () => ceilings,
      async claim(warning) {
        if ((mailed.get(keyOf(warning)) ?? 0) >= warning.step) return false;
        mailed.set(keyOf(warning), warning.step);
        return true;
      },
      release: async (warning) => void mailed.set(keyOf(warning), warning.step - 1),
      remove: async (warning) => void notes.splice(notes.indexOf(warning), 1),
    },
    mailer: {
      async send(mail) {
        if (post.failure !== undefined) throw post.failure;
        mails.push(mail);
      },
    },
    addressOf: async (userId) => post.wanting.get(userId),
    operator: 'ops@example.com',
    onNotSent: (error) => void notSent.push(error),
  };
  const all = world();
  all.addKey('ada', 'key_1');
  const pass = (dryRun = false) => {
    const endsAt = all.now() + 200_000;
    return reconcile({ ...all.ports, warnings, timeLeftMs: () => endsAt - all.now() }, { dryRun });
  };
  return Object.assign(post, { pass });
}

test('a noted warning is mailed once, with the key’s name, and its note is gone', async () => {
  const all = post();
  all.notes.push(ofKey(80));
  expect((await all.pass()).actions).toContainEqual({ kind: 'warn', subject: 'key_1' });
  expect(all.mails).toMatchObject([
    {
      to: 'ada@example.com',
      kind: 'spend-warning',
      values: { whose: 'Your key “laptop”', percent: '80%', limit: '5 US dollars a day' },
      subject: '80% of 5 US dollars a day spent',
      text: expect.stringContaining(
        'Your key “laptop” spent 80% of 5 US dollars a day. The next day begins at',
      ),
    },
  ]);
  expect(all.notes).toEqual([]);
  all.notes.push(ofKey(80));
  await all.pass();
  expect(all.mails).toHaveLength(1);
  expect(all.notes).toEqual([]);
});

test('of several steps the highest is mailed, and a lower one that comes later is not', async () => {
  const all = post();
  all.notes.push(ofKey(80), ofKey(100), ofKey(90));
  await all.pass();
  all.notes.push(ofKey(90));
  await all.pass();
  expect(all.mails.map(({ subject }) => subject)).toEqual(['100% of 5 US dollars a day spent']);
  expect(all.mails[0]?.text).toContain('Until then, its calls are refused.');
});

test('who doesn’t want warnings, and whose window has ended, gets none', async () => {
  const all = post();
  all.notes.push(ofKey(80, { userId: 'grace', keyId: 'key_2' }), ofKey(80, { resetsAt: start - 1 }));
  await all.pass();
  expect(all.mails).toEqual([]);
  expect(all.notes).toEqual([]);
});

test('the operator is told of the deployment’s ceilings', async () => {
  const all = post([{ window: 'day', limit: 50, remaining: 4, resetsAt }]);
  await all.pass();
  await all.pass();
  expect(all.mails).toMatchObject([{ to: 'ops@example.com', subject: '90% of 50 US dollars a day spent' }]);
});

test('a mail that is throttled is sent in a later pass', async () => {
  const all = post();
  all.notes.push(ofKey(90));
  all.failure = new MailNotSent('later', 'TooManyRequestsException');
  expect(await all.pass()).toMatchObject({ complete: false, failures: 0 });
  expect(all.notes).toHaveLength(1);
  all.failure = undefined;
  await all.pass();
  expect(all.mails).toHaveLength(1);
});

test.each(['refused', 'unknown'] as const)(
  'a mail that is %s is told, and not sent again',
  async (outcome) => {
    const all = post();
    all.notes.push(ofKey(90));
    all.failure = new MailNotSent(outcome, 'MessageRejected');
    await all.pass();
    expect(all.notSent).toMatchObject([{ outcome }]);
    all.failure = undefined;
    all.notes.push(ofKey(90));
    await all.pass();
    expect(all.mails).toEqual([]);
  },
);

test('a dry run sends nothing and leaves the notes', async () => {
  const all = post();
  all.notes.push(ofKey(80));
  expect((await all.pass(true)).actions).toContainEqual({ kind: 'warn', subject: 'key_1' });
  expect(all.mails).toEqual([]);
  expect(all.notes).toHaveLength(1);
});
