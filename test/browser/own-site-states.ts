import { soldPlans } from '../e2e/billing-over-http.ts';
import { ownSite } from '../e2e/own-site.ts';
import { button, screen } from './account-pages.ts';
import type { ConsolePage } from './console-page.ts';
import type { Screen } from './open-screen.ts';

/** A deployment that lets in who signs up with the right address, sells plans, takes keys for OpenAI and has a look of its own. */
export const ownSiteDeployment = {
  settings: (shown: string) =>
    soldPlans(shown)
      .replace('confirmation: email', 'confirmation: off')
      .replace('allowedDomains: []', 'allowedDomains: [example.com, example.net]')
      .replace('models:\n', 'providers:\n  openai: { baseUrl: "https://api.openai.com/v1" }\nmodels:\n')
      .replace(/# mail:.*\n# ( +from: \S+).*\n/, 'mail:\n  $1\n')
      .concat(ownSite.settings),
  files: ownSite.files,
};

/** At Stripe's stand-in, and back. */
export async function subscribe({ page }: ConsolePage): Promise<void> {
  await page.goto('/billing');
  await button(page, 'Subscribe to pro').click();
  await screen(page, 'Subscribe').waitFor();
  await button(page, /^Pay$/).click();
  await page.getByText('You now have the plan pro').waitFor();
}

/** What `ownSiteDeployment` shows of its own. */
export const ownSiteStates: readonly Screen[] = [
  { name: 'own-landing', path: '/', as: 'nobody' },
  { name: 'own-sign-in', path: '/sign-in', as: 'nobody' },
  { name: 'own-page', path: '/pages/terms', as: 'nobody' },
  {
    name: 'own-feedback',
    path: '/keys',
    as: 'owner',
    async prepare({ page }) {
      const drawer = page.getByRole('button', { name: 'Open menu' });
      if (await drawer.isVisible()) await drawer.click();
      await button(page, 'Send feedback').click();
      const dialog = page.getByRole('dialog', { name: 'Send feedback' });
      await dialog.getByRole('button', { name: 'Send', exact: true }).click();
      await dialog.locator('[aria-invalid=true]').waitFor();
    },
  },
  { name: 'keys-new-sold', path: '/keys/new', as: 'newcomer' },
  { name: 'billing', path: '/billing', as: 'newcomer' },
  { name: 'billing-waiting', path: '/billing?checkout=paid&plan=pro', as: 'newcomer' },
  { name: 'billing-paid', path: '/billing', as: 'owner', prepare: subscribe },
  {
    name: 'billing-past-due',
    path: '/billing',
    as: 'owner',
    async prepare(visitor) {
      const { page } = visitor;
      await subscribe(visitor);
      await button(page, 'Manage billing').click();
      await button(page, 'Let the next payment fail').click();
      await page.getByText('past_due').waitFor();
      await button(page, 'Back').click();
      await page.getByText('Payment past due').waitFor();
    },
  },
  {
    name: 'billing-stripe-down',
    path: '/billing',
    as: 'newcomer',
    async prepare(visitor, { setFaults }) {
      const { page } = visitor;
      await setFaults([{ service: 'stripe', kind: 'error', status: 500 }]);
      visitor.expectFailure('POST /v1/billing/checkout', 503);
      await button(page, 'Subscribe to pro').click();
      await page.getByRole('alert').waitFor();
    },
  },
];
