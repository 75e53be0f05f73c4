import { inviteUser } from '../../../core/admin/invite-user.ts';
import type { DirectoryUser, UserChange } from '../../../core/admin/ports.ts';

const made: DirectoryUser = {
  userId: 'bob',
  email: 'bob@example.com',
  emailVerified: true,
  state: 'invited',
  isEnabled: true,
  createdAt: 1,
};

function world(there: DirectoryUser | undefined, fail?: string) {
  const done: string[] = [];
  const changes: UserChange[] = [];
  const step = async (what: string) => {
    if (what === fail) throw new Error(what);
    done.push(what);
  };
  const ports = {
    directory: {
      create: async () => (there === undefined ? made : undefined),
      findByEmail: async () => there,
      makeUsable: () => step('usable'),
      forgotPassword: () => step('mail'),
    },
    approve: () => step('approve'),
    users: {
      change: async (_user: unknown, change: UserChange) => {
        changes.push(change);
        return true;
      },
    },
    record: ({ action }: { action: string }) => step(action),
  };
  const invite = (endsAt?: number) => inviteUser(ports, { email: 'bob@example.com', endsAt }, 1);
  return { done, changes, invite };
}

test('tells the audit trail before the account can be used, and mails last', async () => {
  const { done, invite } = world(undefined);
  expect(await invite()).toMatchObject({ userId: 'bob', state: 'confirmed' });
  expect(done).toEqual(['user.invited', 'approve', 'usable', 'mail']);
});

test('the record says since when the user is invited, and when the account ends', async () => {
  const { changes, invite } = world(undefined);
  await invite(5);
  expect(changes).toEqual([{ invitedAt: 1, endsAt: 5 }]);
});

test('an invitation that was cut off before goes on', async () => {
  const { done, invite } = world(made);
  await invite();
  expect(done).toEqual(['user.invited', 'approve', 'usable', 'mail']);
});

test('without its event the account stays unusable', async () => {
  const { done, invite } = world(undefined, 'user.invited');
  await expect(invite()).rejects.toThrow('user.invited');
  expect(done).toEqual([]);
});

test.each(['confirmed', 'unconfirmed'] as const)('an address with a %s account is taken', async (state) => {
  const { done, invite } = world({ ...made, state });
  await expect(invite()).rejects.toMatchObject({ code: 'email_taken', param: 'email' });
  expect(done).toEqual([]);
});
