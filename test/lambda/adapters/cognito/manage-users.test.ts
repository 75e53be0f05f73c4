import { randomBytes } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AdminDirectory } from '../../../../core/admin/ports.ts';
import { createCognito } from '../../../../local/aws/cognito/cognito.ts';
import { silentLog } from '../../../../local/log.ts';
import { createMailbox } from '../../../../local/mail/mail.ts';
import { openStore } from '../../../../local/state/store.ts';
import { cheapSecrets } from '../../../local/aws/cognito/cheap-secrets.ts';
import { poolProperties, poolId as UserPoolId } from '../../../local/aws/cognito/start-cognito.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

let aws: RunningAws;
let client: CognitoIdentityProviderClient;
let directory: AdminDirectory;

beforeAll(async () => {
  const store = openStore(':memory:');
  const cognito = createCognito({
    store,
    clock: Date,
    mailbox: createMailbox({ store, clock: Date, log: silentLog }),
    issuerBaseUrl: () => aws.url,
    ...cheapSecrets,
    region: 'us-east-1',
    accountId: '000000000000',
  });
  aws = await startAws([cognito]);
  cognito.definePool({ id: UserPoolId, properties: poolProperties });
  client = new CognitoIdentityProviderClient({});
  await client.send(new CreateGroupCommand({ UserPoolId, GroupName: 'admins' }));
  const { createAdminDirectory } = await import('../../../../lambda/adapters/cognito/manage-users.ts');
  directory = createAdminDirectory(UserPoolId);
});
afterAll(async () => {
  client.destroy();
  await aws.close();
});
afterEach(() => aws.faults.replace([]));

async function addUser(email: string): Promise<string> {
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  const { User } = await client.send(
    new AdminCreateUserCommand({ UserPoolId, Username: email, UserAttributes, MessageAction: 'SUPPRESS' }),
  );
  return User?.Username ?? '';
}
const prefix = () => randomBytes(6).toString('hex');

test('pages go through all users whose address begins so, each once', async () => {
  const start = prefix();
  const ids = [];
  for (const name of ['a', 'b', 'c']) ids.push(await addUser(`${start}-${name}@example.com`));
  await addUser(`other-${start}@example.com`);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await directory.list({ email: start, limit: 2, cursor });
    seen.push(...page.users.map(({ userId }) => userId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen.toSorted()).toEqual(ids.toSorted());
});

test.each(['"', '\\', '" or email ^= "', 'a"b\\c'])(
  'a search for %j finds nobody and breaks nothing',
  async (email) => {
    expect(await directory.list({ email, limit: 10 })).toEqual({ users: [], nextCursor: null });
  },
);

test('a cursor that is not Cognito’s is refused as one', async () => {
  await expect(directory.list({ limit: 10, cursor: 'bm9uZQ==' })).rejects.toMatchObject({
    code: 'invalid_request',
    param: 'cursor',
  });
});

test('a user is found by id alone, with what Cognito knows', async () => {
  const email = `${prefix()}@example.com`;
  const userId = await addUser(email);
  expect(await directory.find(userId)).toEqual({
    userId,
    email,
    emailVerified: true,
    state: 'invited',
    isEnabled: true,
    usesAuthenticator: false,
    createdAt: expect.any(Number),
  });
  for (const other of [email, 'nobody', 'a b', '']) {
    expect(await directory.find(other)).toBeUndefined();
  }
});

test('who was disabled is seen as such, and can be enabled', async () => {
  const userId = await addUser(`${prefix()}@example.com`);
  await client.send(new AdminDisableUserCommand({ UserPoolId, Username: userId }));
  expect(await directory.find(userId)).toMatchObject({ isEnabled: false });
  await directory.enable(userId);
  expect(await directory.find(userId)).toMatchObject({ isEnabled: true });
});

test('groups are those of now; a user who is gone has none', async () => {
  const userId = await addUser(`${prefix()}@example.com`);
  expect(await directory.groupsOf(userId)).toEqual([]);
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: userId, GroupName: 'admins' }));
  expect(await directory.groupsOf(userId)).toEqual(['admins']);
  expect(await directory.groupsOf('nobody')).toEqual([]);
});
