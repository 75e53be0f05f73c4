import { createBrowser, createTab, json, refusal, signedIn, tokenOf } from './session-fixture.ts';

test('a reload logs in by the cookie alone, with the header that no other origin can send', async () => {
  const tab = createTab([signedIn()]);
  await tab.session.start();
  expect(tab.status()).toBe('logged-in');
  expect(tab.session.state().userId).toBe('ada');
  const [call] = tab.calls;
  expect(call).toMatchObject({ method: 'POST', path: '/v1/session/refresh', body: undefined });
  expect(call?.headers.get('x-daypass-session')).toBe('refresh');
});

test('without a session the user is logged out, not in error', async () => {
  const tab = createTab([refusal(401, 'session_expired')]);
  await tab.session.start();
  expect(tab.session.state()).toEqual({ status: 'logged-out', userId: undefined, error: undefined });
});

test.each([
  ['no answer', [], 'network'],
  ['a failing service', [refusal(503, 'service_unavailable')], 'server'],
  ['an answer that is no JSON', [new Response('<html>', { status: 502 })], 'server'],
])('%s at the start is reported, and can be retried', async (_, answers, kind) => {
  const tab = createTab([...answers]);
  await tab.session.start();
  expect(tab.session.state()).toMatchObject({ status: 'unreachable', error: { kind } });
  tab.answers.push(signedIn());
  await tab.session.start();
  expect(tab.session.state()).toMatchObject({ status: 'logged-in', error: undefined });
});

test('logging in sends address and password once, and reports a refusal', async () => {
  const tab = createTab([refusal(401, 'invalid_credentials'), signedIn()]);
  await expect(tab.session.logIn('ada@example.com', 'wrong')).rejects.toMatchObject({
    kind: 'refusal',
    code: 'invalid_credentials',
    requestId: 'req-1',
  });
  await tab.session.logIn('ada@example.com', 'right');
  expect(tab.status()).toBe('logged-in');
  expect(tab.calls.map(({ body }) => body)).toEqual([
    { email: 'ada@example.com', password: 'wrong' },
    { email: 'ada@example.com', password: 'right' },
  ]);
});

test('the token is renewed a minute before it expires, or by the next call if the timer slept', async () => {
  const tab = createTab([signedIn('ada', 1), signedIn('ada', 2)]);
  await tab.session.start();
  expect(tab.timers.map(({ delayMs }) => delayMs)).toEqual([3_540_000]);
  expect(await tab.session.token()).toBe(tokenOf('ada', 1));
  tab.pass(3600);
  expect(await tab.session.token()).toBe(tokenOf('ada', 2));
  expect(tab.timers).toHaveLength(1);
});

test('many calls at once cause one renewal', async () => {
  const tab = createTab([signedIn('ada', 1), signedIn('ada', 2)]);
  await tab.session.start();
  tab.pass(3600);
  const tokens = await Promise.all([1, 2, 3, 4].map(() => tab.session.token()));
  expect(new Set(tokens)).toEqual(new Set([tokenOf('ada', 2)]));
  expect(tab.calls).toHaveLength(2);
});

test('two tabs never renew at the same time', async () => {
  const browser = createBrowser();
  let under = 0;
  let most = 0;
  const slow = async () => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
    return signedIn();
  };
  const tabs = [createTab([slow], browser), createTab([slow], browser)];
  await Promise.all(tabs.map((tab) => tab.session.start()));
  expect(tabs.map((tab) => tab.status())).toEqual(['logged-in', 'logged-in']);
  expect(most).toBe(1);
});

describe('a session that ends during work', () => {
  async function expired() {
    const tab = createTab([signedIn('ada', 1), refusal(401, 'session_expired')]);
    await tab.session.start();
    tab.pass(3600);
    const token = tab.session.token();
    // The caller awaits it later.
    token.catch(() => {});
    while (tab.status() !== 'expired') await new Promise((resolve) => setImmediate(resolve));
    return { tab, token };
  }

  test('asks for the password again, and the call waits and continues', async () => {
    const { tab, token } = await expired();
    expect(tab.session.state().userId).toBe('ada');
    tab.answers.push(signedIn('ada', 2));
    await tab.session.logIn('ada@example.com', 'right');
    expect(await token).toBe(tokenOf('ada', 2));
  });

  test('sends nothing as another user', async () => {
    const { tab, token } = await expired();
    tab.answers.push(signedIn('eve'));
    await tab.session.logIn('eve@example.com', 'right');
    await expect(token).rejects.toMatchObject({ kind: 'expired', code: 'session_expired' });
  });

  test('can end in logging out instead', async () => {
    const { tab, token } = await expired();
    tab.session.forget();
    expect(tab.status()).toBe('logged-out');
    await expect(token).rejects.toMatchObject({ kind: 'expired' });
  });

  test('a network failure in a renewal reaches the caller and logs nobody out', async () => {
    const tab = createTab([signedIn()]);
    await tab.session.start();
    tab.pass(3600);
    await expect(tab.session.token()).rejects.toMatchObject({ kind: 'network' });
    expect(tab.status()).toBe('logged-in');
  });
});

test('after a changed password its answer’s session continues, in the other tabs too', async () => {
  const browser = createBrowser();
  const one = createTab([signedIn('ada', 1)], browser);
  const other = createTab([signedIn('ada', 2), signedIn('ada', 8)], browser);
  await one.session.start();
  await other.session.start();
  one.session.adopt({ token: tokenOf('ada', 7), expiresIn: 3600 });
  expect(await one.session.token()).toBe(tokenOf('ada', 7));
  expect(one.timers).toHaveLength(1);
  await other.session.start();
  expect(await other.session.token()).toBe(tokenOf('ada', 8));
});

test('logging out tells the API and the other tabs, and forgets the token', async () => {
  const browser = createBrowser();
  const [one, other] = [
    createTab([signedIn(), json(200, { status: 'logged_out' })], browser),
    createTab([signedIn()], browser),
  ];
  await one.session.start();
  await other.session.start();
  await one.session.logOut();
  expect(one.calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/session' });
  expect([one.status(), other.status()]).toEqual(['logged-out', 'logged-out']);
  expect([one.timers, other.timers]).toEqual([[], []]);
});

test('logging out works in this browser even when the API can’t be reached', async () => {
  const tab = createTab([signedIn()]);
  await tab.session.start();
  await tab.session.logOut();
  expect(tab.status()).toBe('logged-out');
  await expect(tab.session.token()).rejects.toMatchObject({ kind: expect.stringMatching(/network|expired/) });
});

test('logging in in one tab logs the other in, by its own renewal', async () => {
  const browser = createBrowser();
  const one = createTab([refusal(401, 'session_expired'), signedIn()], browser);
  const other = createTab([refusal(401, 'session_expired'), signedIn('ada', 7)], browser);
  await one.session.start();
  await other.session.start();
  await one.session.logIn('ada@example.com', 'right');
  await other.session.token();
  expect(other.status()).toBe('logged-in');
  expect(await other.session.token()).toBe(tokenOf('ada', 7));
});
