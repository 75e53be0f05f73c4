import {
  AdminAddUserToGroupCommand,
  AdminDisableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  addPerson,
  call,
  chatBody,
  createKey,
  newEmail,
  newestCode,
  newPassword,
  type Person,
} from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let cognito: CognitoIdentityProviderClient;
let UserPoolId: string;
let admin: Person;

beforeAll(async () => {
  runtime = await sharedRuntime();
  cognito = new CognitoIdentityProviderClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  UserPoolId = UserPools?.[0]?.Id ?? '';
  admin = await newAdmin();
});
afterAll(() => cognito.destroy());

const group = ({ email }: Person) => ({ UserPoolId, Username: email, GroupName: 'admins' });

async function newAdmin(): Promise<Person> {
  const person = await addPerson(runtime);
  await cognito.send(new AdminAddUserToGroupCommand(group(person)));
  return logInAgain(person);
}

/** Groups are those of the login. */
async function logInAgain({ email, password }: Person): Promise<Person> {
  const { body } = await call(runtime.edge, '/v1/login', { body: { email, password } });
  return { email, password, ...body };
}

const idOf = ({ token }: Person): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub;
const asAdmin = (method: string, path: string, body?: unknown) =>
  call(runtime.edge, `/v1/admin${path}`, { method, token: admin.token, ...(body !== undefined && { body }) });
const chat = async (key: string) =>
  (await call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() })).status;
const refusal = (status: number, code: string) => ({ status, body: { error: { code } } });

async function member() {
  const person = await addPerson(runtime);
  const { key, id } = await createKey(runtime, person.token);
  return { person, userId: idOf(person), key, keyId: id };
}

describe('who is an admin', () => {
  test('one who was removed from the group is out with the next call, whatever the token says', async () => {
    const former = await newAdmin();
    const list = () => call(runtime.edge, '/v1/admin/users', { token: former.token });
    expect((await list()).status).toBe(200);
    await cognito.send(new AdminRemoveUserFromGroupCommand(group(former)));
    expect(await list()).toMatchObject(refusal(403, 'forbidden'));
  });

  test('one whose address is not proven is none', async () => {
    const person = await newAdmin();
    const UserAttributes = [{ Name: 'email_verified', Value: 'false' }];
    await cognito.send(
      new AdminUpdateUserAttributesCommand({ UserPoolId, Username: person.email, UserAttributes }),
    );
    const { token } = await logInAgain(person);
    expect(await call(runtime.edge, '/v1/admin/users', { token })).toMatchObject(
      refusal(401, 'email_not_confirmed'),
    );
  });

  test('one who is suspended is none any more', async () => {
    const other = await newAdmin();
    expect((await asAdmin('PATCH', `/users/${idOf(other)}`, { suspended: true })).status).toBe(200);
    expect(await call(runtime.edge, '/v1/admin/users', { token: other.token })).toMatchObject(
      refusal(403, 'user_suspended'),
    );
  });

  test('nobody suspends or deletes themselves', async () => {
    const self = `/users/${idOf(admin)}`;
    expect(await asAdmin('PATCH', self, { suspended: true })).toMatchObject(refusal(403, 'forbidden'));
    expect(await asAdmin('DELETE', self)).toMatchObject(refusal(403, 'forbidden'));
  });
});

describe('a suspension', () => {
  test('stops keys and tokens with the next call, and its end brings back all of them', async () => {
    const { person, userId, key } = await member();
    const second = await createKey(runtime, person.token, { plan: '20-per-day' });
    const bystander = await member();
    const { token } = person;
    const list = () => call(runtime.edge, '/v1/api-keys', { token });
    expect([await chat(key), (await list()).status]).toEqual([200, 200]);

    const suspended = await asAdmin('PATCH', `/users/${userId}`, { suspended: true });
    expect(suspended).toMatchObject({ status: 200, body: { id: userId, status: 'suspended', keys: 2 } });
    expect([await chat(key), await chat(second.key)]).toEqual([401, 401]);
    expect((await call(runtime.edge, '/v1/api-key', { key })).status).toBe(401);
    expect(await list()).toMatchObject(refusal(403, 'user_suspended'));
    const again = await logInAgain(person);
    expect(await call(runtime.edge, '/v1/api-keys', { token: again.token })).toMatchObject(
      refusal(403, 'user_suspended'),
    );
    expect((await call(runtime.edge, '/v1/me', { token })).body.status).toBe('suspended');
    expect(await chat(bystander.key)).toBe(200);

    const restored = await asAdmin('PATCH', `/users/${userId}`, { suspended: false });
    expect(restored).toMatchObject({ status: 200, body: { status: 'active' } });
    expect([await chat(key), await chat(second.key), (await list()).status]).toEqual([200, 200, 200]);
  });

  test('of someone who has never called holds from their first call on', async () => {
    const person = await addPerson(runtime);
    await asAdmin('PATCH', `/users/${idOf(person)}`, { suspended: true });
    const body = { name: 'first', plan: '10-per-day' };
    expect(await call(runtime.edge, '/v1/api-keys', { token: person.token, body })).toMatchObject(
      refusal(403, 'user_suspended'),
    );
  });

  test('by Cognito’s own console is lifted here, too', async () => {
    const { person, userId, key } = await member();
    await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: person.email }));
    expect((await asAdmin('GET', `/users/${userId}`)).body.status).toBe('suspended');
    expect((await asAdmin('PATCH', `/users/${userId}`, { suspended: false })).body.status).toBe('active');
    expect(await chat(key)).toBe(200);
    expect((await logInAgain(person)).token).toMatch(/\S/);
  });
});

test('allowed plans take the place of the self-service ones, until they are taken back', async () => {
  const { person, userId } = await member();
  const make = (plan: string) =>
    call(runtime.edge, '/v1/api-keys', { token: person.token, body: { name: plan, plan } });
  await asAdmin('PATCH', `/users/${userId}`, { allowedPlans: ['20-per-day'] });
  expect((await call(runtime.edge, '/v1/me', { token: person.token })).body.plans).toEqual(['20-per-day']);
  expect(await make('30-per-day')).toMatchObject(refusal(403, 'plan_not_allowed'));
  expect((await make('20-per-day')).status).toBe(201);
  const back = await asAdmin('PATCH', `/users/${userId}`, { allowedPlans: null });
  expect(back.body.allowedPlans).toBeNull();
  expect((await make('30-per-day')).status).toBe(201);
  expect(await asAdmin('PATCH', `/users/${userId}`, { allowedPlans: ['none'] })).toMatchObject(
    refusal(400, 'unknown_plan'),
  );
});

test('users are found by the start of their address, and pages go through all of them once', async () => {
  const people = [await addPerson(runtime), await addPerson(runtime), await addPerson(runtime)];
  const [first] = people as [Person];
  const found = await asAdmin('GET', `/users?email=${first.email.slice(0, 12).toUpperCase()}`);
  expect(found.body).toMatchObject({ data: [{ id: idOf(first), email: first.email, status: 'active' }] });
  const seen: string[] = [];
  let cursor: string | null = '';
  do {
    const page = await asAdmin('GET', `/users?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...page.body.data.map(({ id }: { id: string }) => id));
    cursor = page.body.nextCursor as string | null;
  } while (cursor !== null);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(people.map(idOf)));
  expect(await asAdmin('GET', '/users?cursor=x')).toMatchObject(refusal(400, 'invalid_request'));
});

test('who signed up and has not confirmed is shown as such, and has no token', async () => {
  const body = { email: newEmail(), password: newPassword() };
  await call(runtime.edge, '/v1/register', { body });
  const { data } = (await asAdmin('GET', `/users?email=${body.email}`)).body;
  expect(data).toMatchObject([{ status: 'unconfirmed', emailVerified: false }]);
  expect(await call(runtime.edge, '/v1/login', { body })).toMatchObject(refusal(401, 'email_not_confirmed'));
});

test('a deleted user is gone with keys and usage, as if they had left themselves', async () => {
  const { person, userId, key } = await member();
  await chat(key);
  expect(await asAdmin('DELETE', `/users/${userId}`)).toMatchObject({
    status: 200,
    body: { status: 'deleted', mail: 'none' },
  });
  expect(await chat(key)).toBe(401);
  expect(await call(runtime.edge, '/v1/me', { token: person.token })).toMatchObject(
    refusal(401, 'unauthorized'),
  );
  expect(await asAdmin('GET', `/users/${userId}`)).toMatchObject(refusal(404, 'not_found'));
  expect((await asAdmin('GET', `/api-keys?userId=${userId}`)).body.data).toEqual([]);
  expect(await asAdmin('DELETE', '/users/nobody')).toMatchObject(refusal(404, 'not_found'));
});

describe('keys', () => {
  test('of all users are listed page by page, each once; of one user the ended ones too', async () => {
    const one = await member();
    const two = await member();
    const seen: { id: string; userId: string }[] = [];
    let cursor: string | null = '';
    do {
      const page = await asAdmin('GET', `/api-keys?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.data);
      cursor = page.body.nextCursor as string | null;
    } while (cursor !== null);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: one.keyId, userId: one.userId }),
        expect.objectContaining({ id: two.keyId, userId: two.userId }),
      ]),
    );
    await call(runtime.edge, `/v1/api-keys/${one.keyId}`, { method: 'DELETE', token: one.person.token });
    expect((await asAdmin('GET', `/api-keys?userId=${one.userId}`)).body.data).toMatchObject([
      { id: one.keyId, status: 'revoked', userId: one.userId },
    ]);
  });

  test('are revoked at once, and one that has ended is not found', async () => {
    const { key, keyId, userId } = await member();
    expect(await asAdmin('DELETE', `/api-keys/${keyId}`)).toMatchObject({
      status: 200,
      body: { id: keyId, userId, status: 'revoked' },
    });
    expect(await chat(key)).toBe(401);
    expect(await asAdmin('DELETE', `/api-keys/${keyId}`)).toMatchObject(refusal(404, 'not_found'));
    expect(await asAdmin('DELETE', '/api-keys/key_none')).toMatchObject(refusal(404, 'not_found'));
  });
});

test('usage is told by user and day, with all of a user’s keys together', async () => {
  const { person, userId, key } = await member();
  const second = await createKey(runtime, person.token, { plan: '20-per-day' });
  await chat(key);
  await chat(second.key);
  const own = await asAdmin('GET', `/usage?userId=${userId}`);
  expect(own.body).toEqual({
    data: [expect.objectContaining({ userId, email: person.email, requests: 2, date: expect.any(String) })],
    nextCursor: null,
  });
  expect(own.body.data[0].cost).toBeGreaterThan(0);
  const found = await asAdmin('GET', `/usage?email=${person.email}`);
  expect(found.body.data).toEqual(own.body.data);
  expect(await asAdmin('GET', '/usage?from=2026-01-01&to=2026-03-01')).toMatchObject(
    refusal(400, 'invalid_request'),
  );
});

test('the audit trail tells who did what to whom and from where, also after the account is gone', async () => {
  const { person, userId, keyId } = await member();
  await asAdmin('PATCH', `/users/${userId}`, { suspended: true, allowedPlans: ['20-per-day'] });
  await asAdmin('PATCH', `/users/${userId}`, { suspended: false });
  await asAdmin('DELETE', `/api-keys/${keyId}`);
  const trail = async () => (await asAdmin('GET', `/audit?subject=${userId}`)).body.data;
  const told = await trail();
  expect(told.map(({ action }: { action: string }) => action).toSorted()).toEqual(
    ['key.created', 'key.revoked', 'user.plans_changed', 'user.restored', 'user.suspended'].toSorted(),
  );
  const find = (action: string) => told.find((event: { action: string }) => event.action === action);
  expect(find('key.created')).toMatchObject({
    actor: { as: 'user', id: userId, email: person.email },
    subject: { userId, email: person.email, keyId },
    detail: { plan: '10-per-day' },
  });
  expect(find('user.suspended')).toMatchObject({
    actor: { as: 'admin', id: idOf(admin) },
    subject: { userId, keyId: null },
    address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    requestId: expect.stringMatching(/\S/),
  });
  await asAdmin('DELETE', `/users/${userId}`);
  const [last] = await trail();
  expect(last).toMatchObject({ action: 'user.deleted', subject: { userId, email: null } });
});

test('who is invited sets a password by the code in the mail, and has an account then', async () => {
  const [email, password] = [newEmail(), newPassword()];
  const invited = await asAdmin('POST', '/users', { email: email.toUpperCase() });
  expect(invited).toMatchObject({ status: 201, body: { email, emailVerified: true, status: 'invited' } });
  expect(await call(runtime.edge, '/v1/login', { body: { email, password } })).toMatchObject(
    refusal(401, 'invalid_credentials'),
  );
  const listed = async () => (await asAdmin('GET', `/users?email=${email}&status=invited`)).body.data;
  expect(await listed()).toMatchObject([{ email, status: 'invited', lastSeenAt: null }]);
  const body = { email, password, code: await newestCode(runtime, email) };
  expect((await call(runtime.edge, '/v1/password/reset', { body })).status).toBe(200);
  const { token } = (await call(runtime.edge, '/v1/login', { body: { email, password } })).body;
  await createKey(runtime, token);
  expect(await listed()).toEqual([]);
  expect(await asAdmin('POST', '/users', { email })).toMatchObject(refusal(409, 'email_taken'));
  const { data } = (await asAdmin('GET', `/audit?subject=${invited.body.id}`)).body;
  expect(data).toMatchObject([{ action: 'key.created' }, { action: 'user.invited', actor: { as: 'admin' } }]);
});
