import { soldPlans } from '../e2e/billing-over-http.ts';
import { newPassword } from '../e2e/client.ts';
import { synthesizeWith } from '../e2e/other-assembly.ts';
import { accessibilityFaults } from './accessibility.ts';
import { button, emailField, passwordField, screen } from './account-pages.ts';
import { describeBillingScreens } from './billing-screens.ts';
import { consoleUnderTest } from './console-under-test.ts';

const other = synthesizeWith((shown) =>
  soldPlans(shown)
    .replace('confirmation: email', 'confirmation: off')
    .replace('allowedDomains: []', 'allowedDomains: [example.com, example.net]'),
);
const site = consoleUnderTest({ assembly: other.assembly });

afterAll(() => other.remove());

describeBillingScreens(site);

test('without confirmation whoever signs up is inside at once, and stays so after a reload', async () => {
  const { page } = await site.open();
  await page.goto('/sign-up');
  await emailField(page).fill('ada@example.com');
  await passwordField(page).fill(newPassword());
  await button(page, 'Create account').click();
  await screen(page, 'API keys').waitFor();
  await page.reload();
  await screen(page, 'API keys').waitFor();
});

test('the domains that may sign up are told before, and any other is refused beside the field', async () => {
  const { page } = await site.open();
  await page.goto('/sign-up');
  await page.getByText('Use an address at example.com or example.net.').waitFor();
  await emailField(page).fill('eve@example.org');
  await passwordField(page).fill(newPassword());
  await button(page, 'Create account').click();
  await page.getByText('Only addresses at example.com or example.net can sign up here.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a known address is told beside the field where it can’t be hidden', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await visitor.context.request.post('/v1/register', {
    data: { email: 'grace@example.com', password: newPassword() },
  });
  visitor.expectFailure('POST /v1/register', 409);
  await page.goto('/sign-up');
  await emailField(page).fill('grace@example.com');
  await passwordField(page).fill(newPassword());
  await button(page, 'Create account').click();
  await page.getByText(/already has an account/).waitFor();
  expect(await emailField(page).getAttribute('aria-invalid')).toBe('true');
});
