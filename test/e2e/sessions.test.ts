import { type Answer, addPerson, call, createKey, newPassword, type Person } from './client.ts';
import { beginNextSecond } from './local-switches.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let runtime: RunningRuntime;
beforeAll(async () => {
  runtime = await startRuntime({ args: ['--verbose'] });
});
afterAll(() => runtime.stop());

const expired = { status: 401, body: { error: { code: 'session_expired', param: null } } };
const crossSite = { status: 403, body: { error: { code: 'cross_site_request' } } };
const attributes = 'Path=/v1/session; HttpOnly; Secure; SameSite=Strict';
const cleared = `daypass_session=; ${attributes}; Max-Age=0`;
const header = { 'x-daypass-session': 'refresh' };

const logIn = (
  { email, password }: Pick<Person, 'email' | 'password'>,
  headers: Record<string, string> = {},
) => call(runtime.edge, '/v1/session', { body: { email, password }, headers });
const refresh = (cookie: string, headers: Record<string, string> = header) =>
  call(runtime.edge, '/v1/session/refresh', { method: 'POST', headers: { cookie, ...headers } });
const end = (cookie: string, headers: Record<string, string> = {}) =>
  call(runtime.edge, '/v1/session', { method: 'DELETE', headers: { cookie, ...headers } });
const me = (token: string) => call(runtime.edge, '/v1/me', { token });
const putFaults = (faults: object[]) =>
  fetch(`${runtime.edge}/_local/faults`, { method: 'PUT', body: JSON.stringify({ faults }) });

/** What a browser sends back of what was set. */
function cookieOf(answer: Answer): string {
  const [cookie = 'none was set'] = answer.headers.getSetCookie();
  return cookie.split(';')[0] ?? '';
}

async function newSession() {
  const person = await addPerson(runtime);
  const answer = await logIn(person);
  return { person, cookie: cookieOf(answer), token: String(answer.body.token) };
}

describe('logging in on a page', () => {
  test('gives the token alone; the refresh token is in a cookie that no script reads, for the session’s paths only', async () => {
    const person = await addPerson(runtime);
    const answer = await logIn(person);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['expiresIn', 'token']);
    expect(answer.body.expiresIn).toBeLessThanOrEqual(3600);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(new RegExp(`^daypass_session=[\\w.~-]{20,}; ${attributes}; Max-Age=2592000$`)),
    ]);
    expect((await me(answer.body.token)).body.email).toBe(person.email);
  });

  test('is refused as login is, and sets no cookie', async () => {
    const { email } = await addPerson(runtime);
    const answer = await logIn({ email, password: newPassword() });
    const login = await call(runtime.edge, '/v1/login', { body: { email, password: newPassword() } });
    expect(answer).toMatchObject({ status: 401, text: login.text });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each(['cross-site', 'same-site'])(
    'from a %s page is refused: nobody is logged in as someone else',
    async (site) => {
      const answer = await logIn(await addPerson(runtime), { 'sec-fetch-site': site });
      expect(answer).toMatchObject(crossSite);
      expect(answer.headers.getSetCookie()).toEqual([]);
    },
  );
});

describe('without a JSON content type', () => {
  test.each([
    ['/v1/session', undefined],
    ['/v1/session', 'text/plain'],
    ['/v1/login', undefined],
    ['/v1/login', 'application/x-www-form-urlencoded'],
    ['/v1/register', undefined],
    ['/v1/register/confirm', undefined],
    ['/v1/register/resend', undefined],
    ['/v1/login/refresh', undefined],
    ['/v1/password/forgot', undefined],
    ['/v1/password/reset', undefined],
  ])('%s refuses a body of type %s', async (path, type) => {
    const { email, password } = await addPerson(runtime);
    const answer = await fetch(`${runtime.edge}${path}`, {
      method: 'POST',
      headers: type === undefined ? {} : { 'content-type': type },
      // Bytes: of a text, fetch would tell a type by itself.
      body: Buffer.from(JSON.stringify({ email, password })),
    });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ error: { code: 'unsupported_media_type' } });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe('of two session cookies', () => {
  test('neither is taken, whichever comes first: a sibling domain may have planted one', async () => {
    const own = await newSession();
    const planted = await newSession();
    for (const cookies of [`${own.cookie}; ${planted.cookie}`, `${planted.cookie}; ${own.cookie}`]) {
      const answer = await refresh(cookies);
      expect(answer).toMatchObject(expired);
      expect(answer.body.error.message).toMatch(/two session cookies/i);
      expect(answer.headers.getSetCookie()).toEqual([cleared]);
    }
    expect((await refresh(own.cookie)).status).toBe(200);
  });

  test('logging out ends both', async () => {
    const [one, other] = [await newSession(), await newSession()];
    expect((await end(`${one.cookie}; ${other.cookie}`)).status).toBe(200);
    expect(await refresh(one.cookie)).toMatchObject(expired);
    expect(await refresh(other.cookie)).toMatchObject(expired);
  });

  test('the same one twice is one', async () => {
    const { cookie } = await newSession();
    expect((await refresh(`${cookie}; ${cookie}`)).status).toBe(200);
  });
});

describe('after a reload', () => {
  test('the cookie gives a fresh token, as often as one likes, and stays as it is', async () => {
    const { person, cookie } = await newSession();
    for (let reload = 0; reload < 3; reload += 1) {
      const answer = await refresh(cookie, { ...header, 'sec-fetch-site': 'same-origin' });
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body).sort()).toEqual(['expiresIn', 'token']);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect((await me(answer.body.token)).body.email).toBe(person.email);
    }
  });

  test('two tabs that ask at once both get a token', async () => {
    const { cookie } = await newSession();
    const answers = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie)]);
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect((await me(body.token)).status).toBe(200);
    }
  });

  test('other cookies beside it do not matter', async () => {
    const { cookie } = await newSession();
    expect((await refresh(`a=1; ${cookie}; b="x; y"`)).status).toBe(200);
  });

  test('without the header that pages of other origins may not send it is refused, and the session lives on', async () => {
    const { cookie } = await newSession();
    expect(await refresh(cookie, {})).toMatchObject({
      ...crossSite,
      body: { error: { code: 'cross_site_request', param: 'x-daypass-session' } },
    });
    expect(await refresh(cookie, { 'x-daypass-session': 'x' })).toMatchObject(crossSite);
    expect((await refresh(cookie)).status).toBe(200);
  });

  test.each(['cross-site', 'same-site'])('a call from a %s page is refused, header or not', async (site) => {
    const { cookie } = await newSession();
    const answer = await refresh(cookie, { ...header, 'sec-fetch-site': site });
    expect(answer).toMatchObject(crossSite);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each([
    ['no cookie', ''],
    ['another cookie', 'session=x'],
    ['an empty one', 'daypass_session='],
    ['one that was never given out', `daypass_session=${'a'.repeat(128)}`],
    ['one that can’t be', 'daypass_session=a b'],
  ])('%s is an expired session, and the cookie is cleared', async (_what, cookie) => {
    const answer = await refresh(cookie);
    expect(answer).toMatchObject(expired);
    expect(answer.headers.getSetCookie()).toEqual([cleared]);
  });

  test('the session ends when its cookie does, after 30 days', async () => {
    const { cookie } = await newSession();
    const moveClock = (days: number) =>
      fetch(`${runtime.edge}/_local/clock`, {
        method: 'POST',
        body: JSON.stringify({ offsetSeconds: days * 86_400 }),
      });
    try {
      await moveClock(29);
      expect((await refresh(cookie)).status).toBe(200);
      await moveClock(31);
      expect(await refresh(cookie)).toMatchObject(expired);
    } finally {
      await moveClock(0);
    }
  });

  test('a directory that fails is told as that: the session is not lost', async () => {
    const { cookie } = await newSession();
    await putFaults([{ service: 'cognito-idp', kind: 'error' }]);
    try {
      const answer = await refresh(cookie);
      expect(answer).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable' } } });
      expect(answer.headers.getSetCookie()).toEqual([]);
    } finally {
      await putFaults([]);
    }
    expect((await refresh(cookie)).status).toBe(200);
  });
});

test('no preflight lets a page of another origin send the cookie along', async () => {
  for (const path of ['/v1/session', '/v1/session/refresh']) {
    const { headers } = await fetch(`${runtime.edge}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-daypass-session',
      },
    });
    // With a cookie a browser takes neither `*` for an origin nor for a header.
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('access-control-allow-headers')).not.toContain('x-daypass-session');
  }
});

describe('logging out', () => {
  test('ends the session, clears the cookie, and leaves the user’s other sessions', async () => {
    const { person, cookie } = await newSession();
    const other = cookieOf(await logIn(person));
    const answer = await end(cookie);
    expect(answer).toMatchObject({ status: 200, body: { status: 'logged_out' } });
    expect(answer.headers.getSetCookie()).toEqual([cleared]);
    expect(await refresh(cookie)).toMatchObject(expired);
    expect((await refresh(other)).status).toBe(200);
  });

  test('without a session, with one that ended or one that never was is a success too', async () => {
    const { cookie } = await newSession();
    await end(cookie);
    for (const known of [cookie, '', 'daypass_session=', `daypass_session=${'a'.repeat(128)}`]) {
      const answer = await end(known);
      expect(answer.status).toBe(200);
      expect(answer.headers.getSetCookie()).toEqual([cleared]);
    }
  });

  test('from a page of another site is refused', async () => {
    const { cookie } = await newSession();
    expect(await end(cookie, { 'sec-fetch-site': 'cross-site' })).toMatchObject(crossSite);
    expect((await refresh(cookie)).status).toBe(200);
  });

  test('everywhere ends every session and every login token, and no one else’s', async () => {
    const { person, cookie, token } = await newSession();
    const bystander = await newSession();
    const elsewhere = await logIn(person);
    await beginNextSecond(runtime);
    const answer = await call(runtime.edge, '/v1/me/sessions', { method: 'DELETE', token });
    expect(answer).toMatchObject({ status: 200, body: { status: 'logged_out' } });
    expect(answer.headers.getSetCookie()).toEqual([cleared]);
    for (const ended of [cookie, cookieOf(elsewhere)]) expect(await refresh(ended)).toMatchObject(expired);
    for (const old of [token, elsewhere.body.token, person.token]) {
      expect(await me(old)).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    }
    expect((await refresh(bystander.cookie)).status).toBe(200);
    expect((await me(bystander.token)).status).toBe(200);
    const again = await logIn(person);
    expect((await me(again.body.token)).status).toBe(200);
    expect((await refresh(cookieOf(again))).status).toBe(200);
  });

  test('everywhere leaves the user’s keys', async () => {
    const { token } = await newSession();
    const { key } = await createKey(runtime, token);
    await call(runtime.edge, '/v1/me/sessions', { method: 'DELETE', token });
    expect((await call(runtime.edge, '/v1/api-key', { key })).status).toBe(200);
  });
});

describe('the list of sessions', () => {
  const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' };
  const list = async (token: string) => (await call(runtime.edge, '/v1/me/sessions', { token })).body.data;
  const endOne = (token: string, id: string) =>
    call(runtime.edge, `/v1/me/sessions/${id}`, { method: 'DELETE', token });

  test('has those of the console, each with its browser, and says which one asks', async () => {
    const { person, token } = await newSession();
    const elsewhere = await logIn(person, firefox);
    const listed = await list(token);
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual(expect.objectContaining({ browser: 'Firefox on Linux', current: false }));
    expect(listed).toContainEqual(expect.objectContaining({ browser: null, current: true }));
    expect(await list(elsewhere.body.token)).toContainEqual(
      expect.objectContaining({ browser: 'Firefox on Linux', current: true }),
    );
    // What a reload gets is of the same session.
    const renewed = await refresh(cookieOf(elsewhere));
    expect(await list(renewed.body.token)).toHaveLength(2);
  });

  test('ends one: its tokens at once, its cookie when it is next used, and no other', async () => {
    const { person, cookie, token } = await newSession();
    const elsewhere = await logIn(person, firefox);
    const { id } = (await list(token)).find(({ current }: { current: boolean }) => !current);
    expect(await endOne(token, id)).toMatchObject({ status: 200, body: { status: 'ended' } });
    expect(await me(elsewhere.body.token)).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthorized' } },
    });
    const answer = await refresh(cookieOf(elsewhere));
    expect(answer).toMatchObject(expired);
    expect(answer.headers.getSetCookie()).toEqual([cleared]);
    expect(await list(token)).toMatchObject([{ current: true }]);
    expect((await refresh(cookie)).status).toBe(200);
    expect((await endOne(token, id)).status).toBe(200);
    const again = await logIn(person, firefox);
    expect((await me(again.body.token)).status).toBe(200);
  });

  test('is nobody else’s to end', async () => {
    const [own, other] = [await newSession(), await newSession()];
    const [{ id }] = await list(own.token);
    expect(await endOne(other.token, id)).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
    expect((await me(own.token)).status).toBe(200);
  });

  test('is without sessions that were logged out, here or everywhere', async () => {
    const { person, token } = await newSession();
    await end(cookieOf(await logIn(person)));
    expect(await list(token)).toMatchObject([{ current: true }]);
    await beginNextSecond(runtime);
    await call(runtime.edge, '/v1/me/sessions', { method: 'DELETE', token });
    const again = await logIn(person);
    expect(await list(again.body.token)).toMatchObject([{ current: true }]);
  });

  test('isn’t needed to get in: while the table fails, one logs in and stays', async () => {
    const person = await addPerson(runtime);
    await putFaults([{ service: 'dynamodb', kind: 'error' }]);
    try {
      const answer = await logIn(person);
      expect(answer.status).toBe(200);
      expect((await refresh(cookieOf(answer))).status).toBe(200);
    } finally {
      await putFaults([]);
    }
  });
});

test('deleting the account ends the session and clears the cookie', async () => {
  const { cookie, token } = await newSession();
  const answer = await call(runtime.edge, '/v1/me', { method: 'DELETE', token });
  expect(answer.status).toBe(200);
  expect(answer.headers.getSetCookie()).toEqual([cleared]);
  expect(await refresh(cookie)).toMatchObject(expired);
});

describe('changing the password', () => {
  const change = (token: string, body: object) => call(runtime.edge, '/v1/me/password', { token, body });

  test('begins a new session in this browser and ends all others, their login tokens too', async () => {
    const { person, cookie, token } = await newSession();
    const elsewhere = await logIn(person);
    await beginNextSecond(runtime);
    const password = newPassword();
    const answer = await change(token, { currentPassword: person.password, newPassword: password });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['expiresIn', 'token']);
    expect((await me(answer.body.token)).body.email).toBe(person.email);
    expect((await refresh(cookieOf(answer))).status).toBe(200);
    for (const ended of [cookie, cookieOf(elsewhere)]) expect(await refresh(ended)).toMatchObject(expired);
    for (const old of [token, elsewhere.body.token]) expect((await me(old)).status).toBe(401);
    expect((await logIn({ ...person, password })).status).toBe(200);
    expect((await logIn(person)).status).toBe(401);
  });

  test('with a wrong current password is refused in a way that no page takes for an ended session', async () => {
    const { person, cookie, token } = await newSession();
    const answer = await change(token, { currentPassword: newPassword(), newPassword: newPassword() });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 'wrong_password', param: 'currentPassword' } },
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await refresh(cookie)).status).toBe(200);
    expect((await logIn(person)).status).toBe(200);
  });

  test('to a weak one, or to the same, names the field', async () => {
    const { person, token } = await newSession();
    const currentPassword = person.password;
    expect(await change(token, { currentPassword, newPassword: 'weak' })).toMatchObject({
      status: 400,
      body: { error: { code: 'weak_password', param: 'newPassword' } },
    });
    expect(await change(token, { currentPassword, newPassword: currentPassword })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', param: 'newPassword' } },
    });
    expect((await logIn(person)).status).toBe(200);
  });

  test('can’t be used to guess the password', async () => {
    const { token } = await newSession();
    const codes: string[] = [];
    // On a slow machine the first waits, of seconds, are over before the next guess.
    for (let guess = 0; guess < 15 && codes.at(-1) !== 'too_many_attempts'; guess += 1) {
      const body = { currentPassword: newPassword(), newPassword: newPassword() };
      codes.push((await change(token, body)).body.error.code);
    }
    expect(codes[0]).toBe('wrong_password');
    expect(codes.at(-1)).toBe('too_many_attempts');
  });
});

test('a reset password ends the login tokens of before too', async () => {
  const { person, token } = await newSession();
  await beginNextSecond(runtime);
  await call(runtime.edge, '/v1/password/forgot', { body: { email: person.email } });
  const mail = await fetch(`${runtime.edge}/_local/mail?to=${person.email}`);
  const { data } = (await mail.json()) as { data: { code: string }[] };
  const body = { email: person.email, code: data[0]?.code, password: newPassword() };
  expect((await call(runtime.edge, '/v1/password/reset', { body })).status).toBe(200);
  expect((await me(token)).status).toBe(401);
});

test('neither a refresh token nor a password is in the logs', async () => {
  const { person, cookie, token } = await newSession();
  await refresh(cookie);
  await refresh(cookie, {});
  const password = newPassword();
  const body = { currentPassword: person.password, newPassword: password };
  const changed = await call(runtime.edge, '/v1/me/password', { token, body });
  await end(cookie);
  await end(cookieOf(changed));
  const output = runtime.output();
  expect(output).toContain('/v1/session/refresh');
  for (const secret of [cookie, cookieOf(changed)].map((pair) => pair.split('=')[1] ?? '')) {
    expect(secret.length).toBeGreaterThan(20);
    expect(output).not.toContain(secret);
  }
  for (const secret of [person.password, password, token]) expect(output).not.toContain(secret);
});
