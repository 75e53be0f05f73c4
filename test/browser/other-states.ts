import type { ConsolePage } from './console-page.ts';
import type { Screen } from './open-screen.ts';
import { savesData } from './saves-data.ts';

/** As if the deployment had two providers that take keys of callers, one of which is kept. */
async function withProviders({ page }: ConsolePage): Promise<void> {
  await page.route('**/config.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      json: { ...(await response.json()), providers: ['anthropic', 'openai'] },
    });
  });
  const data = [{ provider: 'openai', keyId: null, last4: '1234', createdAt: '2026-11-22T10:05:00.000Z' }];
  await page.route('**/v1/provider-keys*', (route) => route.fulfill({ json: { data, nextCursor: null } }));
}

/** Usage, settings, the API reference, and the frame around them. */
export const otherStates: readonly Screen[] = [
  {
    name: 'account-menu',
    path: '/keys',
    as: 'owner',
    async prepare({ page }, { person }) {
      const drawer = page.getByRole('button', { name: 'Open menu' });
      if (await drawer.isVisible()) await drawer.click();
      await page.getByRole('button', { name: person.email }).click();
      await page.getByRole('menuitem', { name: 'Log out' }).waitFor();
    },
  },
  ...[
    { name: 'activity-answered', path: '/activity', row: /Answered/ },
    { name: 'activity-refused', path: '/activity?status=4xx', row: /Refused/ },
  ].map(
    ({ row, ...screen }): Screen => ({
      ...screen,
      as: 'regular',
      async prepare({ page }) {
        await page.getByRole('list', { name: 'Calls' }).getByRole('button', { name: row }).first().click();
        await page.getByText('Request ID').first().waitFor();
        // What a code means is loaded on demand.
        await page.waitForLoadState('networkidle');
      },
    }),
  ),
  { name: 'activity-none', path: '/activity?day=2026-01-05', as: 'owner' },
  { name: 'usage-days', path: '/usage?from=2026-01-05&to=2026-01-02', as: 'owner' },
  {
    name: 'console-not-started',
    path: '/sign-in',
    as: 'nobody',
    async arrange(visitor) {
      visitor.expectFailure('GET /config.json', 'no answer');
      await visitor.page.route('**/config.json', (route) => route.abort('connectionreset'));
    },
    prepare: ({ page }) => page.getByText('The console could not start').waitFor(),
  },
  {
    name: 'console-no-service',
    path: '/keys',
    as: 'owner',
    async arrange(visitor) {
      visitor.expectFailure('POST /v1/session/refresh', 'no answer');
      await visitor.page.route('**/v1/session/refresh', (route) => route.abort('connectionreset'));
    },
    prepare: ({ page }) => page.getByText('The console can’t reach the service').waitFor(),
  },
  {
    name: 'console-screen-not-loaded',
    marksContext: true,
    path: '/keys',
    as: 'owner',
    // Otherwise the screen would be there before it is asked for.
    arrange: ({ page }) => savesData(page),
    async prepare(visitor) {
      const { page } = visitor;
      const drawer = page.getByRole('button', { name: 'Open menu' });
      // It is loaded when it is first needed.
      if (await drawer.isVisible()) await drawer.click();
      await page.getByRole('link', { name: 'Settings' }).waitFor();
      await visitor.goOffline();
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByText('This page could not be loaded').waitFor();
    },
  },
  {
    name: 'usage-one-key',
    path: '/usage',
    as: 'regular',
    async prepare({ page }) {
      await page.getByRole('combobox', { name: 'Key' }).click();
      await page.getByRole('option', { name: 'My laptop' }).waitFor();
    },
  },
  {
    name: 'settings-password-refused',
    path: '/settings',
    as: 'owner',
    async prepare(visitor) {
      const { page } = visitor;
      await page.getByLabel('New password', { exact: true }).fill('lovelace1843');
      await page.getByRole('button', { name: 'Change password' }).click();
      await page
        .getByLabel('Current password', { exact: true })
        .and(page.locator('[aria-invalid=true]'))
        .waitFor();
    },
  },
  {
    name: 'settings-provider-keys',
    path: '/settings',
    as: 'owner',
    arrange: withProviders,
    prepare: ({ page }) => page.getByText('…1234').waitFor(),
  },
  {
    name: 'settings-provider-key-refused',
    path: '/settings',
    as: 'owner',
    arrange: withProviders,
    async prepare({ page }) {
      await page.getByRole('button', { name: 'Add key for anthropic' }).click();
      await page.getByRole('button', { name: 'Save key' }).click();
      await page.getByRole('dialog').locator('[aria-invalid=true]').waitFor();
    },
  },
  {
    name: 'settings-provider-key-delete',
    path: '/settings',
    as: 'owner',
    arrange: withProviders,
    async prepare({ page }) {
      await page.getByRole('button', { name: 'Delete key for openai' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'settings-delete',
    path: '/settings',
    as: 'owner',
    async prepare({ page }) {
      await page.getByRole('button', { name: 'Delete account' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'reference-answer',
    path: '/docs/api#listModels',
    as: 'owner',
    async prepare({ page }) {
      const form = page.getByRole('region', { name: 'Try listModels' });
      await form.getByRole('button', { name: 'Send', exact: true }).click();
      await form.getByText('200 OK').waitFor();
      // With the form at the top: what is under the bar there half way would count as too small a target.
      await form.evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'reference-refused',
    path: '/docs/api#getApiKey',
    as: 'owner',
    async prepare(visitor, { keyId }) {
      const { page } = visitor;
      const form = page.getByRole('region', { name: 'Try getApiKey' });
      visitor.expectFailure(`GET /v1/api-keys/${keyId}x`, 404);
      await form.getByRole('textbox', { name: /^id/ }).fill(`${keyId}x`);
      await form.getByRole('button', { name: 'Send', exact: true }).click();
      await form.getByText('404').first().waitFor();
      await form.getByText('404').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'reference-confirm',
    path: '/docs/api#revokeApiKey',
    as: 'owner',
    async prepare({ page }, { keyId }) {
      const form = page.getByRole('region', { name: 'Try revokeApiKey' });
      await form.getByRole('textbox', { name: /^id/ }).fill(keyId);
      await form.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'palette',
    path: '/keys',
    as: 'owner',
    async prepare({ page }) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search everything' }).fill('api');
      await page.getByRole('option', { name: /^API keys/ }).waitFor();
    },
  },
  {
    name: 'palette-shortcuts',
    path: '/keys',
    as: 'owner',
    async prepare({ page }) {
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
  },
  {
    name: 'reference-nothing-found',
    path: '/docs/api',
    as: 'owner',
    prepare: ({ page }) => page.getByRole('searchbox').fill('telegram'),
  },
];
