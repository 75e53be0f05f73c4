import { addPerson, call, createKey, type Person } from './client.ts';
import { moveClock } from './local-switches.ts';
import { makeAdmin } from './make-admin.ts';
import { type OtherAssembly, synthesizeWith } from './other-assembly.ts';
import { passkeysOverHttp } from './passkeys-over-http.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';
import { describeAccess } from './section-access.ts';
import { totpCode } from './totp-code.ts';

let other: OtherAssembly;
let runtime: RunningRuntime;

beforeAll(async () => {
  other = synthesizeWith(
    (shown) => `${shown}\nlogIn: { authenticator: on, passkeys: { domain: example.com } }\n`,
  );
  runtime = await startRuntime({ assembly: other.assembly });
}, 240_000);

afterAll(async () => {
  await runtime?.stop();
  other?.remove();
});

afterEach(() => moveClock(runtime, 0));

describeAccess(() => runtime, ['logIn.authenticator', 'logIn.passkeys']);

const post = (path: string, body: unknown, token?: string) => call(runtime.edge, path, { body, token });
const logIn = ({ email, password }: Person) => post('/v1/login', { email, password });

/** A user with an app. Its code of now is used up; the next one is taken already, as from a phone whose clock is ahead. */
async function protectedPerson(): Promise<{ person: Person; secret: string }> {
  const person = await addPerson(runtime);
  const { password, token } = person;
  const { body } = await post('/v1/me/authenticator', { password }, token);
  const confirmed = { password, code: totpCode(body.secret) };
  expect((await post('/v1/me/authenticator/confirm', confirmed, token)).body).toEqual({ status: 'on' });
  return { person, secret: body.secret };
}

const wrongCode = { status: 400, body: { error: { code: 'invalid_code', param: 'code' } } };

test('an app is set up with the password and a first code, and from then on each login asks for one', async () => {
  const person = await addPerson(runtime);
  const { password, token } = person;
  expect((await call(runtime.edge, '/v1/me/authenticator', { token })).body).toEqual({ status: 'off' });
  const { status, body } = await post('/v1/me/authenticator', { password }, token);
  expect(status).toBe(200);
  expect(body.secret).toMatch(/^[A-Z2-7]{52}$/);
  const uri = new URL(body.uri);
  expect([uri.protocol, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual([
    'otpauth:',
    body.secret,
    'Daypass',
  ]);
  // It counts only once it is confirmed.
  expect((await logIn(person)).body.token).toEqual(expect.any(String));
  const wrong = { password, code: totpCode(body.secret, 40) };
  expect(await post('/v1/me/authenticator/confirm', wrong, token)).toMatchObject(wrongCode);
  await post('/v1/me/authenticator/confirm', { password, code: totpCode(body.secret) }, token);
  expect((await call(runtime.edge, '/v1/me/authenticator', { token })).body).toEqual({ status: 'on' });

  const first = await logIn(person);
  expect(first.body).toEqual({ challenge: 'authenticator', session: expect.any(String) });
  const answer = { session: first.body.session, code: totpCode(body.secret, 1) };
  const session = await post('/v1/login/challenge', answer);
  expect(session.body).toEqual({
    token: expect.any(String),
    refreshToken: expect.any(String),
    expiresIn: 3600,
  });
  expect((await createKey(runtime, session.body.token)).key).toMatch(/^dpk/);
});

test('the console’s login asks too, and its cookie comes with the code alone', async () => {
  const { person, secret } = await protectedPerson();
  const { email, password } = person;
  const first = await post('/v1/session', { email, password });
  expect([first.body.challenge, first.headers.get('set-cookie')]).toEqual(['authenticator', null]);
  const answer = { session: first.body.session, code: totpCode(secret, 1) };
  const second = await post('/v1/session/challenge', answer);
  expect(second.headers.get('set-cookie')).toMatch(
    /^daypass_session=[\w.~-]+; Path=\/v1\/session; HttpOnly; Secure/,
  );
  expect(Object.keys(second.body).sort()).toEqual(['expiresIn', 'token']);
});

test('a code works once, and a challenge too', async () => {
  const { person, secret } = await protectedPerson();
  const code = totpCode(secret, 1);
  const { body: first } = await logIn(person);
  expect((await post('/v1/login/challenge', { session: first.session, code })).status).toBe(200);
  expect(
    await post('/v1/login/challenge', { session: first.session, code: totpCode(secret, 1) }),
  ).toMatchObject({
    status: 401,
    body: { error: { code: 'invalid_credentials', param: 'session' } },
  });
  const { body: second } = await logIn(person);
  expect(await post('/v1/login/challenge', { session: second.session, code })).toMatchObject(wrongCode);
});

test.each([
  ['a wrong code', () => '000000'],
  ['a code of long ago', (secret: string) => totpCode(secret, -10)],
  ['another’s code', () => totpCode('A'.repeat(52))],
])('%s is refused, and the right one still ends the login', async (_what, wrong) => {
  const { person, secret } = await protectedPerson();
  const { body } = await logIn(person);
  expect(await post('/v1/login/challenge', { session: body.session, code: wrong(secret) })).toMatchObject(
    wrongCode,
  );
  const right = { session: body.session, code: totpCode(secret, 1) };
  expect((await post('/v1/login/challenge', right)).status).toBe(200);
});

test('a challenge ends after three minutes', async () => {
  const { person, secret } = await protectedPerson();
  const { body } = await logIn(person);
  await moveClock(runtime, 181);
  const late = { session: body.session, code: totpCode(secret, 6) };
  expect((await post('/v1/login/challenge', late)).body.error).toMatchObject({
    code: 'invalid_credentials',
    param: 'session',
  });
});

test('sessions that were made up, or are of another login, are refused', async () => {
  const [one, two] = [await protectedPerson(), await protectedPerson()];
  const { body: first } = await logIn(one.person);
  const { cognito } = JSON.parse(Buffer.from(first.session, 'base64url').toString('utf8'));
  const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
  for (const session of [
    'x',
    forged({}),
    forged({ email: one.person.email, cognito: 'y'.repeat(64) }),
    forged({ email: two.person.email, cognito }),
  ]) {
    const answer = await post('/v1/login/challenge', { session, code: totpCode(two.secret, 1) });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'invalid_credentials']);
  }
});

test('guessing codes locks like guessing passwords', async () => {
  const { person } = await protectedPerson();
  const { body } = await logIn(person);
  const codes: string[] = [];
  // Each lock lasts twice as long as the one before: the first are over when a slow machine asks again.
  for (let attempt = 0; attempt < 12 && codes.at(-1) !== 'too_many_attempts'; attempt += 1) {
    const code = String(attempt).padStart(6, '0');
    const answer = await post('/v1/login/challenge', { session: body.session, code });
    codes.push(answer.body.error.code);
  }
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('invalid_code'));
  expect(codes.at(-1)).toBe('too_many_attempts');
});

test('an app is set up and removed with the password only, and removed with a code', async () => {
  const person = await addPerson(runtime);
  expect((await post('/v1/me/authenticator', { password: 'wrong' }, person.token)).body.error).toMatchObject({
    code: 'wrong_password',
    param: 'password',
  });
  const { person: owner, secret } = await protectedPerson();
  const remove = (password: string, code: string) =>
    post('/v1/me/authenticator/remove', { password, code }, owner.token);
  expect((await remove('wrong', totpCode(secret, 1))).body.error.code).toBe('wrong_password');
  expect(await remove(owner.password, '000000')).toMatchObject(wrongCode);
  // Nobody replaces it unseen.
  const again = await post('/v1/me/authenticator', { password: owner.password }, owner.token);
  expect(again).toMatchObject({ status: 400, body: { error: { code: 'invalid_code' } } });
  expect((await remove(owner.password, totpCode(secret, 1))).body).toEqual({ status: 'off' });
  expect((await logIn(owner)).body.token).toEqual(expect.any(String));
});

test('a password is changed without an app only, and both are told', async () => {
  const { person } = await protectedPerson();
  const body = { currentPassword: person.password, newPassword: `${person.password}x` };
  const { status, body: answer } = await post('/v1/me/password', body, person.token);
  expect([status, answer.error.message]).toEqual([
    400,
    expect.stringContaining('Remove the authenticator app first'),
  ]);
});

test('an admin turns the codes of a lost app off: sessions end, the password is enough, the trail says who did it', async () => {
  const admin = await makeAdmin(runtime, await addPerson(runtime));
  const { person } = await protectedPerson();
  const { body: me } = await call(runtime.edge, '/v1/me', { token: person.token });
  const path = `/v1/admin/users/${me.id}`;
  expect((await call(runtime.edge, path, { token: admin.token })).body.authenticator).toBe('on');
  const turnOff = (token: string) => call(runtime.edge, `${path}/authenticator`, { method: 'DELETE', token });
  expect((await turnOff(person.token)).status).toBe(403);
  expect(await turnOff(admin.token)).toMatchObject({
    status: 200,
    body: { id: me.id, authenticator: 'off' },
  });
  const { refreshToken } = person;
  expect((await post('/v1/login/refresh', { refreshToken })).status).toBe(401);
  const { body: session } = await logIn(person);
  expect(session).toMatchObject({ token: expect.any(String), refreshToken: expect.any(String) });
  const trail = await call(runtime.edge, `/v1/admin/audit?subject=${me.id}`, { token: admin.token });
  expect(trail.body.data[0]).toMatchObject({
    action: 'user.authenticator_off',
    actor: { as: 'admin', id: expect.any(String) },
  });
  // Nothing is left of the old app, and a new one can be set up.
  const { body: fresh } = await post('/v1/me/authenticator', { password: person.password }, session.token);
  expect(fresh.secret).toMatch(/^[A-Z2-7]{52}$/);
});

describe('passkeys', () => passkeysOverHttp(() => runtime));
