import {
  AdminAddUserToGroupCommand,
  AdminDisableUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  DescribeUserPoolClientCommand,
  GetGroupCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  paginateListUsers,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId,
  newPassword,
  poolId,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
} from './start-cognito.ts';

let running: RunningCognito;
beforeAll(async () => {
  running = await startCognito();
  await signUpConfirmed(running, 'Ada@example.com', newPassword());
  for (const name of ['bea', 'bob', 'cat', 'dan']) {
    const input = { ClientId: clientId, Username: `${name}@example.com`, Password: newPassword() };
    await running.client.send(new SignUpCommand(input));
  }
  const dan = { UserPoolId: poolId, Username: 'dan@example.com' };
  await running.client.send(new AdminDisableUserCommand(dan));
});
afterAll(() => running.close());

const emailsOf = (
  users: { Attributes?: { Name?: string | undefined; Value?: string | undefined }[] | undefined }[] = [],
) => users.map((user) => user.Attributes?.find(({ Name }) => Name === 'email')?.Value).sort();
const list = async (Filter: string) =>
  emailsOf((await running.client.send(new ListUsersCommand({ UserPoolId: poolId, Filter }))).Users);

describe('ListUsers', () => {
  test.each([
    ['email = "ada@example.com"', ['Ada@example.com']],
    ['email ^= "b"', ['bea@example.com', 'bob@example.com']],
    ['email = "nobody@example.com"', []],
    ['cognito:user_status = "confirmed"', ['Ada@example.com']],
    ['status = "Disabled"', ['dan@example.com']],
    ['email = "a\\"b"', []],
  ])('finds users by %s', async (filter, emails) => {
    expect(await list(filter)).toEqual(emails);
  });

  test('finds users by sub and by username', async () => {
    const [ada] =
      (await running.client.send(new ListUsersCommand({ UserPoolId: poolId, Filter: 'email ^= "ada"' })))
        .Users ?? [];
    expect(await list(`sub = "${ada?.Username}"`)).toEqual(['Ada@example.com']);
    expect(await list(`username ^= "${ada?.Username?.slice(0, 20)}"`)).toEqual(['Ada@example.com']);
  });

  test.each([
    ['email == "x"', 'Error while parsing filter'],
    ['shoe = "x"', 'Invalid search attribute: shoe'],
  ])('refuses %s', async (filter, why) => {
    expect(await refusalOf(list(filter))).toContain(why);
  });

  test('pages through all users once, with the attributes asked for', async () => {
    const input = { UserPoolId: poolId, AttributesToGet: ['email'] };
    const pages = [];
    for await (const page of paginateListUsers({ client: running.client, pageSize: 2 }, input)) {
      pages.push(page.Users ?? []);
    }
    expect(pages.map((users) => users.length)).toEqual([2, 2, 1]);
    expect(new Set(emailsOf(pages.flat())).size).toBe(5);
    expect(pages.flat()[0]?.Attributes?.map(({ Name }) => Name)).toEqual(['email']);
    const forged = new ListUsersCommand({ UserPoolId: poolId, PaginationToken: 'forged' });
    expect(await refusalOf(running.client.send(forged))).toContain('Invalid pagination token');
  });
});

describe('groups', () => {
  test('have members until the group or the membership is removed', async () => {
    const group = { UserPoolId: poolId, GroupName: 'admins' };
    const member = { ...group, Username: 'bob@example.com' };
    const membersOf = async () =>
      emailsOf((await running.client.send(new ListUsersInGroupCommand(group))).Users);
    const groupsOf = async () => {
      const answer = await running.client.send(new AdminListGroupsForUserCommand(member));
      return answer.Groups?.map(({ GroupName }) => GroupName);
    };
    expect(await refusalOf(running.client.send(new AdminAddUserToGroupCommand(member)))).toContain(
      'ResourceNotFoundException: Group not found.',
    );
    await running.client.send(new CreateGroupCommand({ ...group, Description: 'See all', Precedence: 0 }));
    expect(await refusalOf(running.client.send(new CreateGroupCommand(group)))).toContain(
      'GroupExistsException',
    );
    const { Group } = await running.client.send(new GetGroupCommand(group));
    expect(Group).toMatchObject({ GroupName: 'admins', Description: 'See all', Precedence: 0 });
    expect(Group?.CreationDate).toBeInstanceOf(Date);

    await running.client.send(new AdminAddUserToGroupCommand(member));
    await running.client.send(new AdminAddUserToGroupCommand(member));
    expect([await membersOf(), await groupsOf()]).toEqual([['bob@example.com'], ['admins']]);
    await running.client.send(new AdminRemoveUserFromGroupCommand(member));
    expect([await membersOf(), await groupsOf()]).toEqual([[], []]);

    await running.client.send(new AdminAddUserToGroupCommand(member));
    await running.client.send(new DeleteGroupCommand(group));
    await running.client.send(new CreateGroupCommand(group));
    expect(await membersOf()).toEqual([]);
    const { Groups } = await running.client.send(new ListGroupsCommand({ UserPoolId: poolId }));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['admins']);
  });
});

describe('pools and clients', () => {
  test('are listed and described as the template defines them', async () => {
    const { UserPools } = await running.client.send(new ListUserPoolsCommand({ MaxResults: 10 }));
    expect(UserPools).toEqual([expect.objectContaining({ Id: poolId, Name: 'daypass' })]);
    const { UserPoolClients } = await running.client.send(
      new ListUserPoolClientsCommand({ UserPoolId: poolId, MaxResults: 10 }),
    );
    expect(UserPoolClients).toEqual([{ ClientId: clientId, UserPoolId: poolId, ClientName: 'api' }]);
    const { UserPoolClient } = await running.client.send(
      new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    expect(UserPoolClient).toMatchObject({ PreventUserExistenceErrors: 'ENABLED', AccessTokenValidity: 30 });
    expect(UserPoolClient?.ClientSecret).toBeUndefined();
  });

  test('that don’t exist are named', async () => {
    const missing = new ListUserPoolClientsCommand({ UserPoolId: 'us-east-1_Nobody000', MaxResults: 1 });
    expect(await refusalOf(running.client.send(missing))).toBe(
      'ResourceNotFoundException: User pool us-east-1_Nobody000 does not exist.',
    );
    expect(
      await refusalOf(
        running.client.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: 'x' })),
      ),
    ).toBe('ResourceNotFoundException: User pool client x does not exist.');
  });
});
