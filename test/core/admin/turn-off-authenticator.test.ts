import { turnOffAuthenticator } from '../../../core/admin/turn-off-authenticator.ts';
import type { Mail } from '../../../core/mail/ports.ts';

const bob = { userId: 'bob', email: 'bob@example.com' };

function world(failing?: string) {
  const done: string[] = [];
  const mails: Mail[] = [];
  const step = async (what: string) => {
    if (what === failing) throw new Error(what);
    done.push(what);
  };
  const ports = {
    directory: {
      endAllSessions: () => step('sessions'),
      turnOffAuthenticator: (userId: string) => step(`off ${userId}`),
    },
    ends: { mark: () => step('tokens') },
    clock: { now: () => 7 },
    record: ({ action, at }: { action: string; at: number }) => step(`${action} ${at}`),
    tell: async (mail: Mail) => {
      mails.push(mail);
      await step('mail');
    },
  };
  return { done, mails, turnOff: (userId = 'ada') => turnOffAuthenticator(ports, { userId }, bob) };
}

const all = ['user.authenticator_off 7', 'sessions', 'tokens', 'off bob', 'mail'];

test('the trail is told first, every session ends, then the codes are off and the user is mailed', async () => {
  const { done, mails, turnOff } = world();
  await turnOff();
  expect(done).toEqual(all);
  expect(mails).toMatchObject([{ to: bob.email, text: expect.stringContaining('If you did not ask') }]);
});

test.each(all.slice(0, 3))('codes stay on if %s fails', async (failing) => {
  const { done, turnOff } = world(failing);
  await expect(turnOff()).rejects.toThrow(failing);
  expect(done).not.toContain('off bob');
});

test('an admin with a stolen session can’t take their own app away', async () => {
  const { done, turnOff } = world();
  await expect(turnOff('bob')).rejects.toMatchObject({ code: 'forbidden' });
  expect(done).toEqual([]);
});
