import {
  addPerson,
  call,
  createKey,
  newEmail,
  newestCode,
  newPassword,
  type Person,
  signUp,
} from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let ada: Person;
const post = (path: string, body: unknown, token?: string) => call(runtime.edge, path, { body, token });

const credentialsOf = ({ email, password }: Person) => ({ email, password });

beforeAll(async () => {
  runtime = await sharedRuntime();
  ada = await signUp(runtime);
});

test('a known and an unknown address get the same answers to sign-up, resend, forgot and wrong codes', async () => {
  const nobody = newEmail();
  for (const [path, fields] of [
    ['/v1/register', { password: newPassword() }],
    ['/v1/register/resend', {}],
    ['/v1/password/forgot', {}],
    ['/v1/register/confirm', { code: '000000' }],
  ] as const) {
    const known = await post(path, { email: ada.email, ...fields });
    const unknown = await post(path, { email: path === '/v1/register' ? newEmail() : nobody, ...fields });
    const alike = (text: string) => text.replace(/reg_[\w-]{32}/, 'reg_…');
    expect({ path, status: known.status, text: alike(known.text) }).toEqual({
      path,
      status: unknown.status,
      text: alike(unknown.text),
    });
  }
});

test('a wrong password and an unknown address are the same 401', async () => {
  const wrong = await post('/v1/login', { email: ada.email, password: newPassword() });
  const unknown = await post('/v1/login', { email: newEmail(), password: newPassword() });
  expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'invalid_credentials' } } });
  expect(unknown.text).toBe(wrong.text);
});

test('an unconfirmed address can’t log in, is told so, and can once it is confirmed with a resent code', async () => {
  const person = { email: newEmail(), password: newPassword() };
  await post('/v1/register', person);
  expect(await post('/v1/login', person)).toMatchObject({
    status: 401,
    body: { error: { code: 'email_not_confirmed' } },
  });
  await post('/v1/register/resend', { email: person.email });
  const code = await newestCode(runtime, person.email);
  expect((await post('/v1/register/confirm', { email: person.email, code })).status).toBe(200);
  expect((await post('/v1/login', person)).status).toBe(200);
});

test.each([
  ['short', 'Ab1', /12|long/i],
  ['without upper case', 'abcdefghijk1x', /uppercase/i],
  ['without lower case', 'ABCDEFGHIJK1X', /lowercase/i],
  ['without a digit', 'Abcdefghijklm', /numeric|digit/i],
])('a password that is %s is refused and told which rule', async (_what, password, rule) => {
  const answer = await post('/v1/register', { email: newEmail(), password });
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { code: 'weak_password', param: 'password' } },
  });
  expect(answer.body.error.message).toMatch(rule);
});

test('e-mail addresses are the same whatever their case', async () => {
  expect((await post('/v1/login', { email: ada.email.toUpperCase(), password: ada.password })).status).toBe(
    200,
  );
});

test('a fresh token comes from the refresh token, until logging out ends it', async () => {
  const person = await addPerson(runtime);
  const refreshed = await post('/v1/login/refresh', { refreshToken: person.refreshToken });
  expect(refreshed.status).toBe(200);
  expect((await call(runtime.edge, '/v1/me', { token: refreshed.body.token })).body.email).toBe(person.email);
  expect((await post('/v1/logout', { refreshToken: person.refreshToken }, person.token)).body).toEqual({
    status: 'logged_out',
  });
  expect(await post('/v1/login/refresh', { refreshToken: person.refreshToken })).toMatchObject({
    status: 401,
    body: { error: { code: 'invalid_refresh_token' } },
  });
});

test('logging out without naming a session ends all of them', async () => {
  const person = await addPerson(runtime);
  const second = await post('/v1/login', credentialsOf(person));
  expect((await call(runtime.edge, '/v1/logout', { method: 'POST', token: person.token })).status).toBe(200);
  for (const refreshToken of [person.refreshToken, second.body.refreshToken]) {
    expect((await post('/v1/login/refresh', { refreshToken })).status).toBe(401);
  }
});

test('a forgotten password is reset by code, and the old one no longer works', async () => {
  const person = await addPerson(runtime);
  await post('/v1/password/forgot', { email: person.email });
  const code = await newestCode(runtime, person.email);
  const password = newPassword();
  // Cognito wants two characters at least, and refuses a single one as malformed.
  for (const weak of ['weak', '0'])
    expect(await post('/v1/password/reset', { email: person.email, code, password: weak })).toMatchObject({
      status: 400,
      body: { error: { code: 'weak_password', param: 'password' } },
    });
  expect(await post('/v1/password/reset', { email: person.email, code: '000000', password })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_code' } },
  });
  expect((await post('/v1/password/reset', { email: person.email, code, password })).status).toBe(200);
  expect((await post('/v1/login', { email: person.email, password })).status).toBe(200);
  expect((await post('/v1/login', credentialsOf(person))).status).toBe(401);
});

test('deleting the account ends its keys and its login, and leaves no key in API Gateway', async () => {
  const person = await addPerson(runtime);
  const { key } = await createKey(runtime, person.token);
  expect((await call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token })).body).toEqual({
    status: 'deleted',
  });
  expect((await call(runtime.edge, '/v1/api-key', { key })).status).toBe(401);
  expect((await post('/v1/login', credentialsOf(person))).status).toBe(401);
});

test('a deletion that fails by our fault is told as that, and can be taken up again', async () => {
  const person = await addPerson(runtime);
  const putFaults = (faults: object[]) =>
    fetch(`${runtime.edge}/_local/faults`, { method: 'PUT', body: JSON.stringify({ faults }) });
  const rule = { service: 'cognito-idp', operation: 'AdminDeleteUser', kind: 'error' };
  await putFaults([{ ...rule, error: 'InvalidParameterException' }]);
  try {
    expect(await call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token })).toMatchObject({
      status: 503,
      body: { error: { code: 'service_unavailable' } },
    });
  } finally {
    await putFaults([]);
  }
  expect((await call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token })).status).toBe(200);
});

test('me tells the profile and the plans one may pick', async () => {
  const { body } = await call(runtime.edge, '/v1/me', { token: ada.token });
  expect(body).toMatchObject({
    email: ada.email,
    emailVerified: true,
    groups: [],
    status: 'active',
    plans: ['10-per-day', '20-per-day', '30-per-day'],
  });
});

describe('without a valid login', () => {
  const routes = [
    ['GET', '/v1/me'],
    ['DELETE', '/v1/me'],
    ['POST', '/v1/logout'],
    ['GET', '/v1/api-keys'],
    ['POST', '/v1/api-keys'],
    ['GET', '/v1/api-keys/key_x'],
    ['DELETE', '/v1/api-keys/key_x'],
    ['GET', '/v1/usage'],
  ];
  let key: string;
  beforeAll(async () => {
    ({ key } = await createKey(runtime, (await addPerson(runtime)).token));
  });

  test.each(routes)('%s %s is 401', async (method, path) => {
    const forged = `${ada.token.slice(0, -4)}AAAA`;
    for (const token of [undefined, 'x', forged, key]) {
      expect(await call(runtime.edge, path, { method, token })).toMatchObject({
        status: 401,
        body: { error: { code: token === key ? expect.any(String) : 'unauthorized' } },
      });
    }
  });
});

test('a deleted user’s token makes no key and no new account of the old one', async () => {
  const person = await addPerson(runtime);
  await call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token });
  const created = await call(runtime.edge, '/v1/api-keys', {
    token: person.token,
    body: { name: 'x', plan: '10-per-day' },
  });
  expect(created).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
  expect(await call(runtime.edge, '/v1/me', { token: person.token })).toMatchObject({
    status: 401,
    body: { error: { code: 'unauthorized', message: 'This account was deleted.' } },
  });
});

test('of creates beside the account’s deletion none leaves a working key', async () => {
  for (let round = 0; round < 4; round += 1) {
    const person = await addPerson(runtime);
    const answers = await Promise.all([
      ...['10-per-day', '20-per-day', '30-per-day'].map((plan) =>
        call(runtime.edge, '/v1/api-keys', { token: person.token, body: { name: 'x', plan } }),
      ),
      call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token }),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status === 500)).toEqual([]);
    for (const { body } of answers.slice(0, 3)) {
      if (body.key !== undefined)
        expect((await call(runtime.edge, '/v1/api-key', { key: body.key })).status).toBe(401);
    }
  }
});

describe('of two sign-ups of an address', () => {
  const changed = { status: 409, body: { error: { code: 'registration_changed', param: 'registration' } } };
  const bothSignUp = async (...order: ('owner' | 'stranger')[]) => {
    const email = newEmail();
    const people = {
      owner: { email, password: newPassword() },
      stranger: { email, password: newPassword() },
    };
    const registrations: Record<string, string> = {};
    for (const who of order) registrations[who] = (await post('/v1/register', people[who])).body.registration;
    return { email, ...people, registrations, code: await newestCode(runtime, email) };
  };

  test('the owner’s confirms the owner’s password, if it is the later one', async () => {
    const { email, owner, stranger, registrations, code } = await bothSignUp('stranger', 'owner');
    expect(await post('/v1/register/confirm', { email, code })).toMatchObject(changed);
    expect(
      (await post('/v1/register/confirm', { email, code, registration: registrations.owner })).status,
    ).toBe(200);
    expect((await post('/v1/login', stranger)).status).toBe(401);
    expect((await post('/v1/login', owner)).status).toBe(200);
  });

  test('the owner’s confirms nothing, if it is the earlier one, and the stranger’s needs the owner’s code', async () => {
    const { email, owner, stranger, registrations, code } = await bothSignUp('owner', 'stranger');
    expect(await post('/v1/register/confirm', { email, code })).toMatchObject(changed);
    const own = { email, code, registration: registrations.owner };
    expect(await post('/v1/register/confirm', own)).toMatchObject(changed);
    const theirs = { email, code: '000000', registration: registrations.stranger };
    expect(await post('/v1/register/confirm', theirs)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_code' } },
    });
    const { body } = await post('/v1/register', owner);
    const again = { email, code: await newestCode(runtime, email), registration: body.registration };
    expect((await post('/v1/register/confirm', again)).status).toBe(200);
    expect((await post('/v1/login', stranger)).status).toBe(401);
    expect((await post('/v1/login', owner)).status).toBe(200);
  });

  test('a known address answers its confirmation as an unknown one does', async () => {
    const person = await signUp(runtime);
    for (const email of [person.email, newEmail()]) {
      const { registration } = (await post('/v1/register', { email, password: newPassword() })).body;
      const wrong = { status: 400, body: { error: { code: 'invalid_code' } } };
      expect(await post('/v1/register/confirm', { email, code: '000000' })).toMatchObject(wrong);
      expect(await post('/v1/register/confirm', { email, code: '000000', registration })).toMatchObject(
        wrong,
      );
      await post('/v1/register', { email, password: newPassword() });
      expect(await post('/v1/register/confirm', { email, code: '000000' })).toMatchObject(changed);
    }
  });
});

test('codes of an address are limited together, known or not, and one is told when the hour is over', async () => {
  const person = await signUp(runtime);
  for (const [email, before] of [
    [person.email, 1],
    [newEmail(), 0],
  ] as const) {
    const asks = [
      () => post('/v1/password/forgot', { email }),
      () => post('/v1/register/resend', { email }),
      () => post('/v1/register', { email, password: newPassword() }),
    ];
    const statuses: number[] = [];
    for (let at = before; at < 5; at += 1) statuses.push((await asks[at % 3]?.())?.status ?? 0);
    expect(statuses.filter((status) => status >= 300)).toEqual([]);
    for (const ask of asks) {
      const answer = await ask();
      expect(answer).toMatchObject({
        status: 429,
        body: { error: { code: 'too_many_attempts', param: 'email' } },
      });
      const seconds = Number(answer.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(3600);
    }
  }
});

test('who knows the client’s id, which every token tells, can’t use Cognito past these routes', async () => {
  const { aud: ClientId } = JSON.parse(Buffer.from(ada.token.split('.')[1] ?? '', 'base64url').toString());
  const cognito = async (operation: string, body: object) => {
    const answer = await fetch(runtime.aws, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify({ ClientId, ...body }),
    });
    return { status: answer.status, ...((await answer.json()) as object) };
  };
  const [Username, Password] = [ada.email, ada.password];
  const AuthParameters = { USERNAME: Username, PASSWORD: Password };
  for (const [operation, body] of [
    ['SignUp', { Username: newEmail(), Password }],
    ['SignUp', { Username, Password }],
    ['ConfirmSignUp', { Username, ConfirmationCode: '000000' }],
    ['ResendConfirmationCode', { Username }],
    ['InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }],
    ['ForgotPassword', { Username }],
    ['ConfirmForgotPassword', { Username, ConfirmationCode: '000000', Password }],
    ['GetTokensFromRefreshToken', { RefreshToken: ada.refreshToken }],
    ['RevokeToken', { Token: ada.refreshToken }],
  ] as const) {
    // RevokeToken has an exception of its own for it (API reference).
    const __type = operation === 'RevokeToken' ? 'UnauthorizedException' : 'NotAuthorizedException';
    const refused = { status: 400, __type };
    expect({ operation, ...(await cognito(operation, body)) }).toMatchObject({ operation, ...refused });
  }
  // A login token is no access token.
  const change = { AccessToken: ada.token, PreviousPassword: Password, ProposedPassword: newPassword() };
  expect(await cognito('ChangePassword', change)).toMatchObject({
    status: 400,
    __type: 'NotAuthorizedException',
    message: 'Invalid Access Token',
  });
  expect((await post('/v1/login', credentialsOf(ada))).status).toBe(200);
});

test('no answer of a login or a session holds an access token', async () => {
  const person = await addPerson(runtime);
  const answers = [
    await post('/v1/login', credentialsOf(person)),
    await post('/v1/login/refresh', { refreshToken: person.refreshToken }),
    await post('/v1/session', credentialsOf(person)),
  ];
  for (const { status, text } of answers) {
    expect(status).toBe(200);
    const tokens = [...text.matchAll(/eyJ[\w-]+\.([\w-]+)\.[\w-]+/g)].map(([, claims]) => claims ?? '');
    const uses = tokens.map((claims) => JSON.parse(Buffer.from(claims, 'base64url').toString()).token_use);
    expect(uses).toEqual(['id']);
  }
});

test('resetting the password ends every session', async () => {
  const person = await addPerson(runtime);
  await post('/v1/password/forgot', { email: person.email });
  const code = await newestCode(runtime, person.email);
  await post('/v1/password/reset', { email: person.email, code, password: newPassword() });
  expect((await post('/v1/login/refresh', { refreshToken: person.refreshToken })).status).toBe(401);
});
