import { addPerson } from '../e2e/client.ts';
import { button, screen } from './account-pages.ts';
import type { ConsolePage } from './console-page.ts';
import type { ConsoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { subscribe } from './own-site-states.ts';
import { signIn } from './sign-in.ts';

/** Tests of the console where plans are sold, for a suite that has `soldPlans` in its settings. */
export function describeBillingScreens(site: ConsoleUnderTest): void {
  const open = async (): Promise<ConsolePage> => {
    const visitor = await site.open();
    await signIn(visitor, await addPerson(site.runtime()));
    return visitor;
  };

  describe('billing', () => {
    test('a new key’s plans say what needs a subscription, and lead to it', async () => {
      const visitor = await open();
      const { page } = visitor;
      await page.goto('/keys/new');
      await page.getByText('Needs a subscription').first().waitFor();
      await page.getByRole('link', { name: 'pro', exact: true }).click();
      await screen(page, 'Billing').waitFor();
      await page.getByText('You pay for nothing.').waitFor();
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
      await page.getByRole('link', { name: 'Create a key on it' }).click();
      await screen(page, 'Create a key').waitFor();
      await eventually(async () =>
        expect(await page.getByRole('radio', { name: /^pro/ }).isChecked()).toBe(true),
      );
    });

    test('the success page waits for Stripe’s event, and says so', async () => {
      const { page } = await open();
      await page.goto('/billing?checkout=paid&plan=pro');
      await page.getByText('Waiting for Stripe’s confirmation').waitFor();
      await page.getByText('Being confirmed').waitFor();
      expect(await button(page, 'Subscribe to pro').count()).toBe(0);
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
      await page.getByText('Payment past due').waitFor();
      await page.getByText(/The last payment failed. Pay it by/).waitFor();
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
    });
  });
}
