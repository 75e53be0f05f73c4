import type { Log } from '../../../local/log.ts';
import { createMailbox } from '../../../local/mail/mail.ts';
import { openStore, type Store } from '../../../local/state/store.ts';

const at = Date.UTC(2026, 0, 2, 3, 4, 5);
let store: Store;
let lines: string[];
const open = () => {
  const log: Pick<Log, 'info'> = { info: (tag, message) => lines.push(`${tag} ${message}`) };
  return createMailbox({ store, clock: { now: () => at }, log });
};
beforeEach(() => {
  store = openStore(':memory:');
  lines = [];
});
afterEach(() => store.close());

describe('the mailbox', () => {
  test('lists the newest message first, for an address in any case', () => {
    const mailbox = open();
    mailbox.send({ to: 'ada@example.com', subject: 'One', text: 'Code 123456', code: '123456' });
    mailbox.send({ to: 'eve@example.com', subject: 'Two', text: 'Hello' });
    mailbox.send({ to: 'Ada@example.com', subject: 'Three', text: 'Hello again' });
    expect(mailbox.list().map(({ subject }) => subject)).toEqual(['Three', 'Two', 'One']);
    expect(mailbox.list('ADA@EXAMPLE.COM').map(({ subject }) => subject)).toEqual(['Three', 'One']);
    expect(mailbox.list('ada@example.com').at(-1)).toEqual({
      to: 'ada@example.com',
      subject: 'One',
      text: 'Code 123456',
      code: '123456',
      at: '2026-01-02T03:04:05.000Z',
    });
    expect(mailbox.list('eve@example.com')[0]?.code).toBeNull();
  });

  test('reports each message on one line of the terminal, with the code but never the text', () => {
    const mailbox = open();
    mailbox.send({ to: 'ada@example.com', subject: 'Welcome', text: 'Code 123456', code: '123456' });
    mailbox.send({ to: 'eve@example.com', subject: 'Your\ninvitation', text: 'secret text' });
    expect(lines).toEqual([
      'mail ada@example.com: your confirmation code is 123456 (Welcome)',
      'mail eve@example.com: Your invitation',
    ]);
  });

  test('keeps the newest 500 and goes on after a restart', () => {
    const mailbox = open();
    for (let number = 1; number <= 510; number += 1) {
      mailbox.send({ to: 'ada@example.com', subject: String(number), text: '' });
    }
    expect(mailbox.list()).toHaveLength(500);
    expect(mailbox.list().at(-1)?.subject).toBe('11');
    const reopened = open();
    reopened.send({ to: 'ada@example.com', subject: '511', text: '' });
    expect(
      reopened
        .list()
        .map(({ subject }) => subject)
        .slice(0, 2),
    ).toEqual(['511', '510']);
    expect(reopened.list()).toHaveLength(500);
  });
});
