import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  addPerson,
  call,
  chatBody,
  createKey,
  newestCode,
  newPassword,
  type Person,
  signUp,
} from './client.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let cognito: CognitoIdentityProviderClient;
let lambda: LambdaClient;
let UserPoolId: string;

beforeAll(async () => {
  // The test runs the reconciler itself.
  runtime = await startRuntime({ environment: { DAYPASS_SCHEDULES: 'off' } });
  const settings = {
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  cognito = new CognitoIdentityProviderClient(settings);
  lambda = new LambdaClient(settings);
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  UserPoolId = UserPools?.[0]?.Id ?? '';
});
afterAll(async () => {
  cognito.destroy();
  lambda.destroy();
  await runtime.stop();
});

async function reconcile() {
  const answer = await lambda.send(new InvokeCommand({ FunctionName: 'Daypass-reconcile' }));
  const report = JSON.parse(new TextDecoder().decode(answer.Payload));
  expect(report).toMatchObject({ failures: 0, complete: true });
}

const chat = async (key: string) =>
  (await call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() })).status;
const standing = async (key: string) => (await call(runtime.edge, '/v1/api-key', { key })).status;
const create = ({ token }: Person) =>
  call(runtime.edge, '/v1/api-keys', { token, body: { name: 'another', plan: '20-per-day' } });

async function member() {
  const person = await addPerson(runtime);
  return {
    person,
    user: { UserPoolId, Username: person.email },
    ...(await createKey(runtime, person.token)),
  };
}

test('disabled in Cognito’s own console: no key works or is made after one pass, and all do once enabled again', async () => {
  const { person, user, key } = await member();
  const bystander = await member();
  expect(await chat(key)).toBe(200);
  await cognito.send(new AdminDisableUserCommand(user));
  await reconcile();
  expect([await chat(key), await standing(key)]).toEqual([401, 401]);
  expect(await create(person)).toMatchObject({ status: 403, body: { error: { code: 'user_suspended' } } });
  expect(await chat(bystander.key)).toBe(200);
  await cognito.send(new AdminEnableUserCommand(user));
  await reconcile();
  expect([await chat(key), await standing(key)]).toEqual([200, 200]);
  expect((await create(person)).status).toBe(201);
});

test('deleted in Cognito’s own console: the keys are ended for good, and the mailbox’s next account has none of them', async () => {
  const { person, user, key } = await member();
  await cognito.send(new AdminDeleteUserCommand(user));
  await reconcile();
  expect([await chat(key), await standing(key)]).toEqual([401, 401]);
  expect((await create(person)).status).toBe(403);
  const again = await signUp(runtime, person.email);
  await reconcile();
  expect(await chat(key)).toBe(401);
  expect((await call(runtime.edge, '/v1/api-keys', { token: again.token })).body.data).toEqual([]);
});

test('an address that is not proven makes no key', async () => {
  const { person, user } = await member();
  const UserAttributes = [{ Name: 'email_verified', Value: 'false' }];
  await cognito.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
  const { email, password } = person;
  const { body } = await call(runtime.edge, '/v1/login', { body: { email, password } });
  const refused = { status: 401, body: { error: { code: 'email_not_confirmed' } } };
  expect(await create({ ...person, token: body.token })).toMatchObject(refused);
});

describe('a password that was reset', () => {
  const reset = async ({ email }: Person, fields: object) => {
    await call(runtime.edge, '/v1/password/forgot', { body: { email } });
    const body = { email, code: await newestCode(runtime, email), password: newPassword(), ...fields };
    return call(runtime.edge, '/v1/password/reset', { body });
  };

  test('with revokeKeys ends every key at once', async () => {
    const { person, key } = await member();
    const second = await createKey(runtime, person.token, { plan: '20-per-day' });
    expect(await reset(person, { revokeKeys: true })).toMatchObject({
      status: 200,
      body: { status: 'reset' },
    });
    for (const value of [key, second.key]) {
      expect([await chat(value), await standing(value)]).toEqual([401, 401]);
    }
  });

  test.each([{}, { revokeKeys: false }])('with %j leaves the keys', async (fields) => {
    const { person, key } = await member();
    expect((await reset(person, fields)).status).toBe(200);
    expect(await chat(key)).toBe(200);
  });

  test('with a wrong code ends no key', async () => {
    const { person, key } = await member();
    expect((await reset(person, { revokeKeys: true, code: 'wrong' })).status).toBe(400);
    expect(await chat(key)).toBe(200);
  });
});
