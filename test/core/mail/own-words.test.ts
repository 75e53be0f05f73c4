import { noticeMail } from '../../../core/mail/notices.ts';
import { inOwnWords } from '../../../core/mail/own-words.ts';
import type { Mail } from '../../../core/mail/ports.ts';

const mail = noticeMail({ kind: 'approved', userId: 'ada', email: 'ada@example.com', at: 0 });

test('without a name and texts of the operator’s, a mail is as it is', () => {
  expect(inOwnWords(mail, {})).toBe(mail);
});

test('the service’s name stands where our text speaks of none', () => {
  expect(inOwnWords(mail, { serviceName: 'Acme AI' })).toMatchObject({
    subject: 'Your Acme AI account is approved',
    text: expect.stringContaining('An admin of Acme AI has approved your account.'),
  });
});

test('a mail of another kind, such as what a user wrote, is left as it is', () => {
  const written: Mail = { to: 'ops@example.com', subject: 'Feedback', text: 'I like this service, {name}.' };
  expect(
    inOwnWords(written, { serviceName: 'Acme AI', texts: { approved: { subject: 'a', text: 'b' } } }),
  ).toBe(written);
});

test('a value is put in as it is: it is no text with placeholders, and no second line of a subject', () => {
  const texts = { 'spend-warning': { subject: '{whose}', text: '{whose}: {percent} of {limit}, {other}\n' } };
  const values = { whose: 'Your key “{limit}\nBcc: x”', percent: '80%', limit: '$5' };
  const warning: Mail = { to: 'a@b.c', subject: 's', text: 't', kind: 'spend-warning', values };
  expect(inOwnWords(warning, { texts })).toMatchObject({
    subject: 'Your key “{limit} Bcc: x”',
    text: 'Your key “{limit}\nBcc: x”: 80% of $5, {other}\n',
  });
});
