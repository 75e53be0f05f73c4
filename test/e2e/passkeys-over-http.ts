import { passkeyRoutes } from '../../core/contract/accounts/passkeys.ts';
import { addPerson, call, createKey, type Person } from './client.ts';
import { makeAdmin } from './make-admin.ts';
import type { RunningRuntime } from './runtime.ts';
import { softPasskey } from './soft-passkey.ts';

const session = { 'x-daypass-session': 'refresh' };
const cookieOf = (answer: { headers: Headers }) =>
  (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

/** For a suite whose platform has passkeys on. */
export function passkeysOverHttp(runtime: () => RunningRuntime): void {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    call(runtime().edge, path, { body, headers });

  async function visitor() {
    const person = await addPerson(runtime());
    const { email, password } = person;
    const cookie = cookieOf(await post('/v1/session', { email, password }));
    return { person, own: { ...session, cookie } };
  }

  async function withPasskey() {
    const { person, own } = await visitor();
    const begun = await post('/v1/session/passkeys', { password: person.password }, own);
    expect(begun).toMatchObject({ status: 200, body: { publicKey: { rp: { id: 'localhost' } } } });
    const passkey = softPasskey(runtime().edge);
    const credential = passkey.create(begun.body.publicKey);
    const added = await post('/v1/session/passkeys/finish', { credential }, own);
    expect(added.body).toEqual({ status: 'added' });
    return { person, own, passkey };
  }

  const begin = async ({ email }: Pick<Person, 'email'>) =>
    (await post('/v1/session/passkey', { email })).body as {
      session: string;
      publicKey: { challenge: string };
    };

  test('a passkey is added with the password, logs its user in, is listed, and is removed', async () => {
    const { person, own, passkey } = await withPasskey();
    const begun = await begin(person);
    const answer = { session: begun.session, credential: passkey.get(begun.publicKey) };
    const login = await post('/v1/session/passkey/finish', answer);
    expect(Object.keys(login.body).sort()).toEqual(['expiresIn', 'token']);
    expect(login.headers.get('set-cookie')).toMatch(
      /^daypass_session=[\w.~-]+; Path=\/v1\/session; HttpOnly; Secure/,
    );
    expect((await createKey(runtime(), login.body.token)).key).toMatch(/^dpk/);
    expect((await post('/v1/session/passkey/finish', answer)).status).toBe(401);

    const list = () => call(runtime().edge, '/v1/session/passkeys', { headers: own });
    expect((await list()).body.data).toMatchObject([{ id: passkey.id, kind: 'device' }]);
    const remove = () =>
      call(runtime().edge, `/v1/session/passkeys/${passkey.id}`, { method: 'DELETE', headers: own });
    expect((await remove()).body).toEqual({ status: 'removed' });
    expect((await remove()).status).toBe(404);
    expect((await list()).body.data).toEqual([]);

    const admin = await makeAdmin(runtime(), await addPerson(runtime()));
    const { body: me } = await call(runtime().edge, '/v1/me', { token: person.token });
    const { body: trail } = await call(runtime().edge, `/v1/admin/audit?subject=${me.id}`, {
      token: admin.token,
    });
    const actions = trail.data.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['user.passkey_added', 'user.passkey_removed']));
  });

  test('a login that begins tells nobody who has an account or a passkey', async () => {
    const { person } = await withPasskey();
    const bare = await addPerson(runtime());
    const answers = [await begin(person), await begin(bare), await begin({ email: 'nobody@example.com' })];
    const shapes = answers.map(({ session: sealed, publicKey: { challenge, ...rest } }) => ({
      sealed: sealed.length,
      challenge: challenge.length,
      ...rest,
    }));
    expect(shapes).toEqual([shapes[0], shapes[0], shapes[0]]);
  });

  test('without the password, the header or the cookie no passkey is added', async () => {
    const { person, own } = await visitor();
    const { password } = person;
    const path = '/v1/session/passkeys';
    expect((await post(path, { password: 'wrong' }, own)).body.error).toMatchObject({
      code: 'wrong_password',
      param: 'password',
    });
    expect((await post(path, { password }, { cookie: own.cookie })).body.error.code).toBe(
      'cross_site_request',
    );
    const foreign = { ...own, 'sec-fetch-site': 'cross-site' };
    expect((await post(path, { password }, foreign)).body.error.code).toBe('cross_site_request');
    expect((await post(path, { password }, session)).body.error.code).toBe('session_expired');
    await call(runtime().edge, '/v1/me/sessions', { method: 'DELETE', token: person.token });
    expect((await post(path, { password }, own)).body.error.code).toBe('session_expired');
  });

  test('who was suspended can’t look after passkeys', async () => {
    const { person, own } = await visitor();
    const admin = await makeAdmin(runtime(), await addPerson(runtime()));
    const { body: me } = await call(runtime().edge, '/v1/me', { token: person.token });
    const body = { suspended: true };
    await call(runtime().edge, `/v1/admin/users/${me.id}`, { method: 'PATCH', token: admin.token, body });
    const list = await call(runtime().edge, '/v1/session/passkeys', { headers: own });
    expect([list.status, list.body.error.code]).toEqual([403, 'user_suspended']);
  });

  // The matrix of authorization.test.ts, for the routes that the setting turns on.
  test.each(Object.values(passkeyRoutes).map(({ method, path, access }) => [method, path, access]))(
    '%s %s: %s',
    async (method, path, access) => {
      const { token } = await addPerson(runtime());
      const { key } = await createKey(runtime(), token);
      const credentials = [{}, { authorization: `Bearer ${token}` }, { 'x-api-key': key }];
      for (const headers of credentials) {
        const answer = await call(runtime().stage, path.replace('{id}', 'x'), {
          method: method.toUpperCase(),
          headers: { ...session, ...headers },
          ...(method === 'post' && { body: access === 'public' ? {} : { password: 'x' } }),
        });
        const refusals = access === 'public' ? [400] : path.endsWith('/finish') ? [400, 401] : [401];
        expect(refusals).toContain(answer.status);
      }
    },
  );
}
