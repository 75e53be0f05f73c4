import { endSessions } from './end-sessions.ts';
import type { Screen } from './open-screen.ts';

interface Place {
  name: string;
  path: string;
  /** The calls that fail with the table, and with them what the screen is for. */
  needs: (keyId: string) => string[];
}

const places: readonly Place[] = [
  { name: 'keys', path: '/keys', needs: () => ['/v1/me', '/v1/api-keys'] },
  { name: 'keys-new', path: '/keys/new', needs: () => ['/v1/me', '/v1/api-keys'] },
  { name: 'key', path: '/keys/:id', needs: (id) => ['/v1/me', `/v1/api-keys/${id}`] },
  { name: 'playground', path: '/playground', needs: () => ['/v1/me', '/v1/api-keys'] },
  { name: 'messages', path: '/secrets', needs: () => ['/v1/me'] },
  { name: 'activity', path: '/activity', needs: () => ['/v1/me', '/v1/requests', '/v1/api-keys'] },
  { name: 'usage', path: '/usage', needs: () => ['/v1/me', '/v1/usage'] },
  { name: 'settings', path: '/settings', needs: () => ['/v1/me', '/v1/me/sessions'] },
  { name: 'reference', path: '/docs/api', needs: () => ['/v1/me'] },
];

/** Each screen of the console while it loads, when the platform is ill, offline, and when the session has ended. */
export const troubles: readonly Screen[] = places.flatMap(({ name, path, needs }): Screen[] => {
  const at = { path, as: 'owner' } as const;
  return [
    {
      name: `${name}-loading`,
      ...at,
      isLoading: true,
      // Nothing comes before the page is left.
      arrange: ({ page }) =>
        page.route('**/v1/**', (route) =>
          route.request().url().includes('/v1/session') ? route.continue() : undefined,
        ),
    },
    {
      name: `${name}-error`,
      ...at,
      async arrange(visitor, { setFaults, keyId }) {
        for (const needed of needs(keyId)) visitor.expectFailure(`GET ${needed}`, 503);
        await setFaults([{ service: 'dynamodb', kind: 'error' }]);
      },
    },
    {
      name: `${name}-offline`,
      ...at,
      async prepare({ page, goOffline }) {
        await goOffline();
        await page.getByText('You are offline.').waitFor();
      },
    },
    {
      name: `${name}-expired`,
      ...at,
      marksContext: true,
      // The hour goes past midnight, when what is asked about the last days becomes another question.
      arrange: ({ page }) => page.clock.install({ time: new Date().setUTCHours(23, 30, 0, 0) }),
      async prepare(visitor, { runtime, person }) {
        const { page } = visitor;
        await endSessions(visitor, runtime, person);
        // The token is renewed before its hour is over, which is when the end of the session is met.
        await page.clock.fastForward('01:00:00');
        await page.getByRole('dialog', { name: 'Log in again' }).waitFor();
      },
    },
  ];
});
