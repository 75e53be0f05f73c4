import { mkdirSync } from 'node:fs';
import { addPerson } from '../e2e/client.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { button, screen } from './account-pages.ts';
import type { ConsolePage, PageOptions } from './console-page.ts';
import type { ConsoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';

/** Where pictures go, for whoever wants to look: DAYPASS_PICTURES=DIR. */
const pictures = process.env.DAYPASS_PICTURES;

/** Tests of the console where plans are sold, for a suite that has `soldPlans` in its settings. */
export function describeBillingScreens(site: ConsoleUnderTest): void {
  const open = async (options?: PageOptions): Promise<ConsolePage> => {
    const visitor = await site.open(options);
    await signIn(visitor, await addPerson(site.runtime()));
    return visitor;
  };
  const picture = async ({ page }: ConsolePage, name: string) => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  };
  const subscribe = async ({ page }: ConsolePage) => {
    await page.goto('/billing');
    await button(page, 'Subscribe to pro').click();
    await screen(page, 'Subscribe').waitFor();
    await button(page, /^Pay$/).click();
    await page.getByText('You now have the plan pro').waitFor();
  };

  describe('billing', () => {
    test('a new key’s plans say what needs a subscription, and lead to it', async () => {
      const visitor = await open();
      const { page } = visitor;
      await page.goto('/keys/new');
      await page.getByText('Needs a subscription').first().waitFor();
      await picture(visitor, 'new-key');
      await page.getByRole('link', { name: 'pro', exact: true }).click();
      await screen(page, 'Billing').waitFor();
      await page.getByText('You pay for nothing.').waitFor();
      await picture(visitor, 'nothing');
      expect(await accessibilityFaults(page, ['light', 'dark'])).toEqual([]);
    });

    test('a plan is paid for on a page of another origin, as Stripe’s are, and back here a key can be made on it', async () => {
      const visitor = await open();
      const { page } = visitor;
      await page.goto('/billing');
      await button(page, 'Subscribe to pro').click();
      await screen(page, 'Subscribe').waitFor();
      expect(new URL(page.url()).hostname).toBe('127.0.0.1');
      await button(page, /^Pay$/).click();
      await page.getByText('You now have the plan pro').waitFor();
      await picture(visitor, 'paid');
      expect(await accessibilityFaults(page, ['light', 'dark'])).toEqual([]);
      await page.getByRole('link', { name: 'Create a key on it' }).click();
      await screen(page, 'Create a key').waitFor();
      await eventually(async () =>
        expect(await page.getByRole('radio', { name: /^pro/ }).isChecked()).toBe(true),
      );
    });

    test('the success page waits for Stripe’s event, and says so', async () => {
      const visitor = await open();
      await visitor.page.goto('/billing?checkout=paid&plan=pro');
      await visitor.page.getByText('Waiting for Stripe’s confirmation').waitFor();
      await picture(visitor, 'waiting');
      expect(await accessibilityFaults(visitor.page, ['light', 'dark'])).toEqual([]);
    });

    test('who leaves the checkout is told that nothing has changed', async () => {
      const { page } = await open();
      await page.goto('/billing');
      await button(page, 'Subscribe to max').click();
      await screen(page, 'Subscribe').waitFor();
      await button(page, 'Payment fails').click();
      await page.getByText('Your card was declined.').waitFor();
      await button(page, 'Cancel').click();
      await page.getByText('You left without paying.').waitFor();
    });

    test('a subscriber changes the plan, lets a payment fail and cancels, and the screen tells each', async () => {
      const visitor = await open();
      const { page } = visitor;
      await subscribe(visitor);
      await button(page, 'Change to max').click();
      await screen(page, 'Confirm the change').waitFor();
      await button(page, 'Confirm').click();
      await page.getByText('You now have the plan max').waitFor();
      await button(page, 'Manage billing').click();
      await screen(page, 'Manage billing').waitFor();
      await button(page, 'Let the next payment fail').click();
      await page.getByText('past_due').waitFor();
      await button(page, 'Back').click();
      await page.getByText('payment past due').waitFor();
      await page.getByText(/The last payment failed. Pay it by/).waitFor();
      await picture(visitor, 'past-due');
      expect(await accessibilityFaults(page, ['light', 'dark'])).toEqual([]);
    });

    test('on a phone in the dark nothing is cut off', async () => {
      const visitor = await open({ ...phone, colorScheme: 'dark' });
      await subscribe(visitor);
      await picture(visitor, 'phone-dark');
      expect(await scrollsSideways(visitor.page)).toBe(false);
      expect(await accessibilityFaults(visitor.page, ['dark'])).toEqual([]);
    });

    test('what can’t be loaded or opened is said, and can be tried again', async () => {
      const visitor = await open();
      const { page } = visitor;
      await page.goto('/billing');
      await button(page, 'Subscribe to pro').waitFor();
      await site.setFaults([{ service: 'stripe', kind: 'error', status: 500 }]);
      visitor.expectFailure('POST /v1/billing/checkout', 503);
      await button(page, 'Subscribe to pro').click();
      await page.getByText('Stripe can’t be reached right now.').waitFor();
      await picture(visitor, 'stripe-down');
      expect(await accessibilityFaults(page, ['light', 'dark'])).toEqual([]);
    });
  });
}
