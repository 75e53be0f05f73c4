import type { UserRecord } from '../../../core/accounts/ports.ts';
import { whileActive } from '../../../core/accounts/users.ts';

const user = (status: UserRecord['status']): UserRecord => ({
  userId: 'ada',
  email: 'ada@example.com',
  status,
  createdAt: 0,
});
/** The user as each look finds them. */
const found = (...statuses: UserRecord['status'][]) => {
  const left = [...statuses];
  return async () => {
    const status = left.shift();
    if (status === undefined) throw new Error('the table is down');
    return user(status);
  };
};
const failing = async () => {
  throw new Error('no such key');
};

test.each([
  ['deleting', 'unauthorized'],
  ['suspended', 'user_suspended'],
] as const)('a user who is %s may not act', async (status, code) => {
  let ran = false;
  const work = async () => {
    ran = true;
  };
  await expect(whileActive(found(status), work)).rejects.toMatchObject({ code });
  expect(ran).toBe(false);
});

test.each([
  ['deleting', 'unauthorized'],
  ['suspended', 'user_suspended'],
] as const)(
  'work that fails for a user who is %s meanwhile is refused like the user’s next call',
  async (status, code) => {
    const refused = whileActive(found('active', status), failing);
    await expect(refused).rejects.toMatchObject({ code, cause: new Error('no such key') });
  },
);

test('work that fails for an active user throws its own error', async () => {
  await expect(whileActive(found('active', 'active'), failing)).rejects.toThrow('no such key');
});

test('the first error is thrown even if the user can’t be looked up again', async () => {
  await expect(whileActive(found('active'), failing)).rejects.toThrow('no such key');
});

test('work that succeeded stands, whatever becomes of the user', async () => {
  expect(await whileActive(found('active', 'deleting'), async ({ userId }) => userId)).toBe('ada');
});
