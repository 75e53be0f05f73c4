import { liveAdmin } from '../../../core/admin/live-admin.ts';

const claims = {
  sub: 'ada',
  email: 'ada@example.com',
  email_verified: 'true',
  auth_time: '1000',
  'cognito:groups': 'admins',
};
const alive = { isDeleted: false, isSuspended: false };

function ports(groups: string[], standing: object = alive) {
  const asked: string[] = [];
  return {
    asked,
    ends: { lastOf: async () => ({ ...alive, ...standing }) },
    directory: {
      groupsOf: async (userId: string) => {
        asked.push(userId);
        return groups;
      },
    },
  };
}

test('an admin by token and directory is let in', async () => {
  expect(await liveAdmin(ports(['staff', 'admins']), claims)).toMatchObject({ userId: 'ada' });
});

test('a removed admin is out, although the token still names the group', async () => {
  await expect(liveAdmin(ports(['staff']), claims)).rejects.toMatchObject({ code: 'forbidden' });
});

test('who has no such group in the token is refused without asking the directory', async () => {
  const given = ports(['admins']);
  for (const groups of [undefined, 'staff', 'admins2', 'no-admins']) {
    const refused = liveAdmin(given, { ...claims, 'cognito:groups': groups });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect(given.asked).toEqual([]);
});

test.each([
  ['suspended', { isSuspended: true }, {}, 'user_suspended'],
  ['deleted', { isDeleted: true }, {}, 'unauthorized'],
  ['logged out everywhere', { at: 2_000_000 }, {}, 'unauthorized'],
  ['of an unproven address', {}, { email_verified: 'false' }, 'email_not_confirmed'],
])('an admin who is %s is refused before the directory is asked', async (_what, standing, change, code) => {
  const given = ports(['admins'], standing);
  await expect(liveAdmin(given, { ...claims, ...change })).rejects.toMatchObject({ code });
  expect(given.asked).toEqual([]);
});
