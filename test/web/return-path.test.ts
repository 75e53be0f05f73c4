import { logInPath, returnPath } from '../../web/shell/session/return-path.ts';

test('logging in leads back to where the user was', () => {
  const path = logInPath('/usage?from=2026-11-01');
  expect(path).toBe('/sign-in?next=%2Fusage%3Ffrom%3D2026-11-01');
  expect(returnPath(new URL(path, 'https://x.example').searchParams.get('next'))).toBe(
    '/usage?from=2026-11-01',
  );
});

test.each([
  null,
  '',
  'https://evil.example/keys',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  'keys',
  '/\t/evil.example',
])('an address that leads elsewhere, %j, leads to the keys', (next) => {
  expect(returnPath(next)).toBe('/keys');
});
