import type { Page } from 'playwright-core';
import { showChat } from './playground-page.ts';

export interface Screen {
  /** Of its pictures and tests. */
  name: string;
  path: string;
  /** Nobody is logged in, somebody new with nothing yet, or somebody with keys and a week of use. */
  as: 'nobody' | 'newcomer' | 'regular';
  /** Brings the loaded screen into the state to be looked at. */
  prepare?(page: Page): Promise<unknown>;
}

/** Every screen, in the states that are looked at and measured. */
export const screens: readonly Screen[] = [
  { name: 'sign-in', path: '/sign-in', as: 'nobody' },
  { name: 'sign-up', path: '/sign-up', as: 'nobody' },
  {
    name: 'sign-up-refused',
    path: '/sign-up',
    as: 'nobody',
    async prepare(page) {
      await page.getByLabel('E-mail address').fill('ada@example');
      await page.getByLabel('Password', { exact: true }).fill('lovelace1843');
      await page.getByRole('button', { name: 'Create account' }).click();
    },
  },
  { name: 'confirm', path: '/confirm?email=ada%40example.com', as: 'nobody' },
  { name: 'confirm-address', path: '/confirm', as: 'nobody' },
  { name: 'forgot-password', path: '/forgot-password', as: 'nobody' },
  { name: 'reset-password', path: '/reset-password?email=ada%40example.com', as: 'nobody' },
  { name: 'not-found', path: '/no-such-page', as: 'nobody' },
  { name: 'keys', path: '/keys', as: 'regular' },
  { name: 'keys-empty', path: '/keys', as: 'newcomer' },
  { name: 'keys-new', path: '/keys/new', as: 'newcomer' },
  {
    name: 'key',
    path: '/keys',
    as: 'regular',
    prepare: async (page) => {
      await page.getByRole('link', { name: 'My laptop' }).click();
      await page.getByRole('heading', { level: 1, name: 'My laptop' }).waitFor();
    },
  },
  { name: 'playground', path: '/playground', as: 'regular' },
  { name: 'playground-chat', path: '/playground', as: 'regular', prepare: showChat },
  { name: 'playground-empty', path: '/playground', as: 'newcomer' },
  { name: 'usage', path: '/usage', as: 'regular' },
  { name: 'usage-empty', path: '/usage', as: 'newcomer' },
  { name: 'settings', path: '/settings', as: 'regular' },
  { name: 'reference', path: '/docs', as: 'regular' },
  { name: 'reference-call', path: '/docs#createApiKey', as: 'regular' },
];
