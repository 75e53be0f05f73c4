import type { UserRecord } from '../../../core/accounts/ports.ts';
import type { DirectoryUser } from '../../../core/admin/ports.ts';
import { listUsers } from '../../../core/admin/users.ts';

const directoryUser = (at: number): DirectoryUser => ({
  userId: `u${at}`,
  email: `u${at}@example.com`,
  emailVerified: true,
  state: at === 2 ? 'unconfirmed' : 'confirmed',
  isEnabled: true,
  createdAt: at,
});

/** Ten users; the record of every third is active, and of the rest there is none. */
function world(approval: 'off' | 'admin') {
  const all = Array.from({ length: 10 }, (_, at) => directoryUser(at));
  const records = new Map(
    all
      .filter((_, at) => at % 3 === 0)
      .map(({ userId, email }): [string, UserRecord] => [
        userId,
        { userId, email, status: 'active', createdAt: 0 },
      ]),
  );
  return {
    directory: {
      list: async ({ limit, cursor = '0' }: { limit: number; cursor?: string | undefined }) => {
        const end = Number(cursor) + limit;
        return { users: all.slice(Number(cursor), end), nextCursor: end < all.length ? String(end) : null };
      },
    },
    users: { read: async () => records },
    signUp: { approval },
  };
}

test('lists who waits, page by page, with no more on a page than asked for', async () => {
  const ports = world('admin');
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listUsers(ports, { status: 'waiting', limit: 2, cursor });
    expect(page.data.length).toBeLessThanOrEqual(2);
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(ids).toEqual(['u1', 'u4', 'u5', 'u7', 'u8']);
});

test('an invited user is listed as invited until the first call, unless suspended', async () => {
  const ports = world('admin');
  const record = { email: '', status: 'active', createdAt: 0, invitedAt: 1 } as const;
  const records = new Map<string, UserRecord>([
    ['u0', { ...record, userId: 'u0' }],
    ['u1', { ...record, userId: 'u1', lastSeenAt: 2 }],
    ['u3', { ...record, userId: 'u3', status: 'suspended' }],
  ]);
  const { data } = await listUsers({ ...ports, users: { read: async () => records } }, { limit: 4 });
  expect(data.map(({ status }) => status)).toEqual(['invited', 'active', 'unconfirmed', 'suspended']);
});

test('nobody waits where no admin has to approve', async () => {
  const { data } = await listUsers(world('off'), { limit: 10 });
  expect(data.map(({ status }) => status)).toEqual(
    data.map((_, at) => (at === 2 ? 'unconfirmed' : 'active')),
  );
});
