import { accountStates } from './account-states.ts';
import { adminStates } from './admin-states.ts';
import { keyStates } from './key-states.ts';
import { logInSite, logInStates } from './log-in-states.ts';
import { messageStates } from './message-states.ts';
import type { Screen } from './open-screen.ts';
import { otherStates } from './other-states.ts';
import { ownSiteDeployment, ownSiteStates } from './own-site-states.ts';
import { showChat } from './playground-page.ts';
import { playgroundStates } from './playground-states.ts';
import { troubles } from './trouble-states.ts';

/** Every screen as it is when all is well: what is measured, and the places that troubles come to. */
export const screens: readonly Screen[] = [
  { name: 'landing', path: '/', as: 'nobody' },
  { name: 'sign-in', path: '/sign-in', as: 'nobody' },
  { name: 'sign-up', path: '/sign-up', as: 'nobody' },
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
    prepare: async ({ page }) => {
      await page.getByRole('link', { name: 'My laptop', exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name: 'My laptop' }).waitFor();
    },
  },
  { name: 'playground', path: '/playground', as: 'regular' },
  {
    name: 'playground-chat',
    path: '/playground',
    as: 'regular',
    prepare: async ({ page }) => {
      await showChat(page);
      // Code is coloured once what colours it has come.
      await page.waitForLoadState('networkidle');
    },
  },
  { name: 'playground-empty', path: '/playground', as: 'newcomer' },
  { name: 'messages', path: '/secrets', as: 'regular' },
  { name: 'activity', path: '/activity', as: 'regular' },
  { name: 'activity-empty', path: '/activity', as: 'newcomer' },
  { name: 'usage', path: '/usage', as: 'regular' },
  { name: 'usage-empty', path: '/usage', as: 'newcomer' },
  { name: 'settings', path: '/settings', as: 'regular' },
  { name: 'admin-users', path: '/admin/users', as: 'admin' },
  { name: 'admin-keys', path: '/admin/keys', as: 'admin' },
  { name: 'admin-usage', path: '/admin/usage', as: 'admin' },
  { name: 'admin-audit', path: '/admin/audit', as: 'admin' },
  { name: 'admin-health', path: '/admin/health', as: 'admin' },
  { name: 'models', path: '/models#nova-lite', as: 'nobody' },
  { name: 'models-list', path: '/models?can=images', as: 'regular' },
  { name: 'docs', path: '/docs', as: 'nobody' },
  { name: 'docs-quickstart', path: '/docs/quickstart', as: 'regular' },
  { name: 'docs-errors', path: '/docs/errors#quota_exceeded', as: 'nobody' },
  { name: 'reference-visitor', path: '/docs/api', as: 'nobody' },
  { name: 'reference', path: '/docs/api', as: 'regular' },
  { name: 'reference-call', path: '/docs/api#createApiKey', as: 'regular' },
];

/** What else a screen can look like: with a dialog above it, refused, empty-handed, cut off. */
export const states: readonly Screen[] = [
  ...accountStates,
  ...keyStates,
  ...playgroundStates,
  ...messageStates,
  ...otherStates,
  ...adminStates,
  ...troubles,
];

export interface Deployment {
  screens: readonly Screen[];
  /** What it needs beyond daypass.yml, for `synthesizeWith` and `startRuntime`. */
  settings?(shown: string): string;
  files?: Readonly<Record<string, string>>;
  environment?: Record<string, string>;
}

/** Whatever there is to look at, and where. */
export const deployments: readonly Deployment[] = [
  { screens: [...screens, ...states] },
  { ...logInSite, screens: logInStates },
  { ...ownSiteDeployment, screens: ownSiteStates },
];
