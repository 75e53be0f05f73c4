import type { Page } from 'playwright-core';
import { call, chatBody } from '../e2e/client.ts';
import type { Screen } from './open-screen.ts';
import { ask, button, question, showChat } from './playground-page.ts';

const at = { path: '/playground', as: 'owner' } as const;

/** There the settings are a dialog. */
async function onPhones(page: Page): Promise<void> {
  await question(page).waitFor();
  const settings = button(page, 'Settings');
  if (await settings.isVisible()) await settings.click();
}

/** The playground with what stands above it, and at the end of the day's plan. */
export const playgroundStates: readonly Screen[] = [
  {
    name: 'playground-code',
    ...at,
    async prepare({ page }) {
      await showChat(page);
      await button(page, 'Get code').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'playground-models',
    ...at,
    async prepare({ page }) {
      await onPhones(page);
      await page.getByRole('combobox', { name: 'Model', exact: true }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'playground-settings',
    ...at,
    async prepare({ page }) {
      await onPhones(page);
      await page.getByRole('button', { name: /^More settings/ }).click();
      await page.getByLabel('Tools, as JSON').filter({ visible: true }).first().waitFor();
    },
  },
  {
    name: 'playground-prompts',
    ...at,
    async prepare({ page }) {
      await onPhones(page);
      await button(page, 'Presets').click();
      await page.getByRole('region', { name: 'Built in' }).waitFor();
    },
  },
  {
    name: 'playground-compare',
    ...at,
    async prepare({ page }) {
      await question(page).waitFor();
      await button(page, 'Compare').click();
      await ask(page, 'Why does a database have an index?');
      await page.getByText('Total').nth(1).waitFor();
    },
  },
  {
    name: 'playground-used-up',
    ...at,
    async arrange(_visitor, { runtime, person, keyId }) {
      const { body } = await call(runtime.edge, `/v1/api-keys/${keyId}/rotate`, {
        method: 'POST',
        token: person.token,
      });
      for (let status = 200; status === 200; )
        ({ status } = await call(runtime.edge, '/v1/chat/completions', { key: body.key, body: chatBody() }));
    },
    // Above the suggestions: below them, a phone would not show it.
    prepare: ({ page }) =>
      button(page, 'Move this key to 20-per-day').and(page.locator(':above(h2)')).waitFor(),
  },
];
