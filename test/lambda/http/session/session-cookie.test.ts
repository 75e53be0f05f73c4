import {
  clearedCookie,
  refreshTokensOf,
  sessionAnswer,
} from '../../../../lambda/http/session/session-cookie.ts';

const session = { token: 't', refreshToken: 'a.b-c_d', expiresIn: 3600 };

test('the refresh token goes into the cookie and not into the body', () => {
  expect(sessionAnswer(session)).toEqual({
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'set-cookie':
        'daypass_session=a.b-c_d; Path=/v1/session; HttpOnly; Secure; SameSite=Strict; Max-Age=2592000',
    },
    body: { token: 't', expiresIn: 3600 },
  });
});

test('a cookie that the page already has is not set again, a rotated one is', () => {
  const headers = (known: string) => sessionAnswer(session, known).headers;
  expect(headers('a.b-c_d')).toEqual({ 'cache-control': 'no-store' });
  expect(headers('old')).toHaveProperty('set-cookie');
});

test('the cookie is cleared with the same attributes, without which a browser would keep it', () => {
  const attributesOf = (cookie: string) => cookie.split('; ').slice(1, -1);
  const set = String(sessionAnswer(session).headers?.['set-cookie']);
  expect(attributesOf(clearedCookie)).toEqual(attributesOf(set));
  expect(clearedCookie).toMatch(/^daypass_session=;.*; Max-Age=0$/);
});

test.each([
  ['daypass_session=abc', ['abc']],
  ['a=1; daypass_session=abc; b=2', ['abc']],
  ['a=1;daypass_session=abc', ['abc']],
  ['daypass_session=abc; daypass_session=def', ['abc', 'def']],
  ['daypass_session=abc; a=1; daypass_session=abc', ['abc']],
  ['daypass_session="x"; daypass_session=abc', ['abc']],
  ['', []],
  ['daypass_session=', []],
  ['daypass_session="abc"', []],
  ['daypass_session=a b', []],
  ['xdaypass_session=abc', []],
  ['a=daypass_session=abc', []],
  [`daypass_session=${'x'.repeat(5000)}`, []],
])('of the cookies %.60j the refresh tokens are %j', (cookies, expected) => {
  expect(refreshTokensOf(cookies)).toEqual(expected);
});
