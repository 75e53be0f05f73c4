import type { OwnWords } from '../../../../core/mail/own-words.ts';
import type { Mailer } from '../../../../core/mail/ports.ts';
import { createSes } from '../../../../local/aws/ses/ses.ts';
import { silentLog } from '../../../../local/log.ts';
import { createMailbox, type Mailbox } from '../../../../local/mail/mail.ts';
import { openStore } from '../../../../local/state/store.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

const from = 'daypass@example.com';
const mail = { to: 'ada@example.org', subject: 'Grüße', text: 'Zwei\nZeilen.' };
let aws: RunningAws;
let mailbox: Mailbox;
let now = Date.parse('2026-11-22T10:00:00Z');
let create: (from: string, words?: OwnWords) => Mailer;

async function open(sandbox: boolean, store = openStore(':memory:')): Promise<RunningAws> {
  const clock = { now: () => now };
  mailbox = createMailbox({ store, clock, log: silentLog });
  const identities = ['example.com', 'Grace@example.net'];
  return startAws([
    createSes({ store, mailbox, clock, log: silentLog, region: 'us-east-1', identities, sandbox }),
  ]);
}

beforeAll(async () => {
  aws = await open(false);
  // Reads where AWS is when it is imported.
  const { createSesMailer } = await import('../../../../lambda/adapters/ses/mailer.ts');
  create = (sender, words) => createSesMailer({ from: sender, ...words });
});
beforeEach(() => {
  now += 10_000;
});
afterEach(() => aws.faults.replace([]));
afterAll(() => aws.close());

const refusal = (outcome: string, reason: string) => ({ name: 'MailNotSent', outcome, reason });

test('a mail arrives as it was written', async () => {
  await create(from).send(mail);
  expect(mailbox.list()).toEqual([{ ...mail, from, code: null, at: new Date(now).toISOString() }]);
});

test.each(['Acme AI', 'Acme, "the" AI \\ Co.', 'Größe', 'Zürich 🚲 und anderswo, überall und immer'])(
  'the sender is called what the service is: %s',
  async (serviceName) => {
    await create(from, { serviceName }).send(mail);
    expect(mailbox.list()[0]).toMatchObject({ from: `${serviceName} <${from}>` });
  },
);

test('an answer goes to whom the mail names', async () => {
  await create(from).send({ ...mail, replyTo: 'grace@example.net' });
  expect(mailbox.list()[0]).toMatchObject({ from, replyTo: 'grace@example.net' });
});

test('a text of the operator’s is sent in place of ours', async () => {
  const texts = { ends: { subject: '{name} ends on {day}', text: 'On {day}.\n' } };
  await create(from, { texts }).send({ ...mail, kind: 'ends', values: { day: '2027-01-31' } });
  expect(mailbox.list()[0]).toMatchObject({
    subject: 'Daypass ends on 2027-01-31',
    text: 'On 2027-01-31.\n',
  });
});

test.each(['eve@example.org', 'eve@badexample.com', 'grace@example.net'])(
  'the sender %s, which is not verified, is refused',
  async (sender) => {
    const before = mailbox.list().length;
    await expect(create(sender).send(mail)).rejects.toMatchObject(
      refusal('refused', 'MessageRejected: an address is not verified in SES'),
    );
    expect(mailbox.list()).toHaveLength(before);
  },
);

test.each(['Grace@example.net', 'a@mail.example.com', 'a@EXAMPLE.com'])(
  'the sender %s is verified by its address, its domain or one above',
  async (sender) => {
    await expect(create(sender).send(mail)).resolves.toBeUndefined();
  },
);

test.each(['ada', 'ada@', 'ada lovelace@example.com', 'ädä@example.com', 'ada@localhost', ''])(
  'the recipient %p is refused as no address',
  async (to) => {
    await expect(create(from).send({ ...mail, to })).rejects.toMatchObject(
      refusal('refused', 'BadRequestException'),
    );
  },
);

test('mails beyond the sending rate may be sent later', async () => {
  const sent = await Promise.allSettled(Array.from({ length: 20 }, () => create(from).send(mail)));
  const failed = sent.filter(({ status }) => status === 'rejected');
  expect(failed).toHaveLength(6);
  expect(failed[0]).toMatchObject({ reason: refusal('later', 'TooManyRequestsException') });
});

test.each([
  [{ kind: 'throttle' }, refusal('later', 'TooManyRequestsException')],
  [{ kind: 'error', error: 'SendingPausedException' }, refusal('refused', 'SendingPausedException')],
  [{ kind: 'error' }, refusal('unknown', 'InternalServiceErrorException')],
  [{ kind: 'drop-reply' }, refusal('unknown', 'TypeError')],
])('with the fault %p nothing is sent twice', async (fault, expected) => {
  aws.faults.replace([{ service: 'ses', operation: 'SendEmail', ...fault }]);
  const before = mailbox.list().length;
  await expect(create(from).send(mail)).rejects.toMatchObject(expected);
  expect(mailbox.list().length - before).toBe(fault.kind === 'drop-reply' ? 1 : 0);
});

test('in the sandbox, only verified recipients get mail', async () => {
  const outside = aws;
  aws = await open(true);
  try {
    await expect(create(from).send(mail)).rejects.toMatchObject(
      refusal('refused', 'MessageRejected: an address is not verified in SES'),
    );
    await create(from).send({ ...mail, to: 'grace@example.com' });
    await expect(create(from).send({ ...mail, to: 'grace@example.com' })).rejects.toMatchObject(
      refusal('later', 'TooManyRequestsException'),
    );
    expect(mailbox.list().map(({ to }) => to)).toEqual(['grace@example.com']);
  } finally {
    await aws.close();
    aws = outside;
  }
});

test('the day’s quota is kept over a restart, and a day later there is another', async () => {
  const outside = aws;
  const store = openStore(':memory:');
  const recipient = { ...mail, to: 'grace@example.com' };
  try {
    aws = await open(true, store);
    for (let count = 0; count < 200; count += 1) {
      await create(from).send(recipient);
      now += 2000;
    }
    await aws.close();
    aws = await open(true, store);
    await expect(create(from).send(recipient)).rejects.toMatchObject(
      refusal('later', 'TooManyRequestsException'),
    );
    now += 86_400_000;
    await expect(create(from).send(recipient)).resolves.toBeUndefined();
  } finally {
    await aws.close();
    aws = outside;
  }
});
