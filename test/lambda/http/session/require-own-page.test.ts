import { requireOwnPage, requireSessionHeader } from '../../../../lambda/http/session/require-own-page.ts';

const refused = expect.objectContaining({ code: 'cross_site_request', status: 403 });

test.each([undefined, 'same-origin', 'none'])('a call from %s is let through', (site) => {
  expect(() => requireOwnPage({ 'sec-fetch-site': site })).not.toThrow();
});

test.each(['cross-site', 'same-site', '', 'Same-Origin', 'same-origin, cross-site'])(
  'a call from %j is refused',
  (site) => {
    expect(() => requireOwnPage({ 'sec-fetch-site': site })).toThrow(refused);
  },
);

test('the session header is required, with its value', () => {
  expect(() => requireSessionHeader({ 'x-daypass-session': 'refresh' })).not.toThrow();
  for (const headers of [{}, { 'x-daypass-session': '' }, { 'x-daypass-session': 'other' }]) {
    expect(() => requireSessionHeader(headers)).toThrow(refused);
  }
});
