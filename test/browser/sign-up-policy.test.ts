import type { Page } from 'playwright-core';
import { call, newEmail, newPassword } from '../e2e/client.ts';
import { synthesizeWith } from '../e2e/other-assembly.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { button, emailField, passwordField, screen } from './account-pages.ts';
import { describeBillingScreens } from './billing-screens.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { ownSiteDeployment, ownSiteStates } from './own-site-states.ts';
import { describeSiteScreens } from './site-screens.ts';
import { testStates } from './test-states.ts';
import { desktop, phone } from './viewports.ts';

const other = synthesizeWith(ownSiteDeployment.settings, ownSiteDeployment.files);
const site = consoleUnderTest({ assembly: other.assembly });

afterAll(() => other.remove());

describe('in every state', () => testStates(site, ownSiteStates));
describeBillingScreens(site);
describeSiteScreens(site);

test('without confirmation whoever signs up is inside at once, and stays so after a reload', async () => {
  const { page } = await site.open();
  await page.goto('/sign-up');
  await emailField(page).fill('ada@example.com');
  await passwordField(page).fill(newPassword());
  await button(page, 'Create account').click();
  await screen(page, 'Create a key').waitFor();
  await page.reload();
  await screen(page, 'Create a key').waitFor();
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

describe('provider keys', () => {
  const row = (page: Page) =>
    page.getByRole('region', { name: 'Provider keys' }).getByRole('listitem').filter({ hasText: 'openai' });

  async function openSettings() {
    const visitor = await site.open();
    const { page } = visitor;
    await page.goto('/sign-up');
    await emailField(page).fill(newEmail());
    await passwordField(page).fill(newPassword());
    await button(page, 'Create account').click();
    await screen(page, 'Create a key').waitFor();
    await page.goto('/settings');
    await row(page).getByText('No key saved').waitFor();
    return visitor;
  }

  test('are saved, replaced and deleted, and never shown again', async () => {
    const { page } = await openSettings();
    await button(page, 'Add key for openai').click();
    const dialog = page.getByRole('dialog', { name: 'Add a key for openai' });
    await dialog.getByLabel('Key', { exact: true }).fill('short');
    await dialog.getByRole('button', { name: 'Save key' }).click();
    await dialog.getByText('Must have at least 8 characters.').waitFor();
    await dialog.getByLabel('Key', { exact: true }).fill('sk-own-key-1234');
    await dialog.getByRole('button', { name: 'Save key' }).click();
    await row(page).getByText('…1234').waitFor();
    await dialog.waitFor({ state: 'detached' });

    await button(page, 'Replace key for openai').click();
    const replacing = page.getByRole('dialog', { name: 'Replace the key for openai' });
    expect(await replacing.getByLabel('Key', { exact: true }).inputValue()).toBe('');
    await replacing.getByLabel('Key', { exact: true }).fill('sk-own-key-5678');
    await replacing.getByRole('button', { name: 'Save key' }).click();
    await row(page).getByText('…5678').waitFor();
    await replacing.waitFor({ state: 'detached' });

    await page.reload();
    await row(page).getByText('…5678').waitFor();
    expect(await page.content()).not.toContain('sk-own');
    await button(page, 'Delete key for openai').click();
    const confirm = page.getByRole('alertdialog', { name: 'Delete the key for openai?' });
    await confirm.getByRole('button', { name: 'Delete key' }).click();
    await row(page).getByText('No key saved').waitFor();
  });

  test('a key can have its own, and require one', async () => {
    const { page } = await openSettings();
    await page.goto('/keys/new');
    await page.getByLabel('Name', { exact: true }).fill('Mine');
    await page.getByRole('button', { name: /^Limits/ }).click();
    await page.getByRole('checkbox', { name: 'Require a provider key' }).click();
    await button(page, 'Create key').click();
    await page.locator('code').filter({ hasText: /^dpk/ }).first().waitFor();
    await button(page, 'Done').click();
    await button(page, 'I’ve saved it').click();
    await screen(page, 'API keys').waitFor();
    await page.getByRole('link', { name: 'Mine', exact: true }).click();
    await page.getByText('Required', { exact: true }).waitFor();
    await button(page, 'Add key for openai').click();
    const dialog = page.getByRole('dialog', { name: 'Add a key for openai' });
    await dialog.getByLabel('Key', { exact: true }).fill('sk-of-key-9876');
    await dialog.getByRole('button', { name: 'Save key' }).click();
    await row(page).getByText('…9876').waitFor();
  });
});

test.each([
  ['on a phone', { ...phone, colorScheme: 'dark' as const }],
  ['on a desktop', desktop],
])('warnings of spend are turned on and off in the settings, %s', async (_where, options) => {
  const visitor = await site.open(options);
  const { page } = visitor;
  const email = `${crypto.randomUUID()}@example.com`;
  const password = newPassword();
  const { body } = await call(site.runtime().edge, '/v1/register', { body: { email, password } });
  const wanted = async () =>
    (await call(site.runtime().edge, '/v1/me', { token: body.token })).body.spendWarnings;
  expect(await wanted()).toBe(false);
  await visitor.context.request.post('/v1/session', { data: { email, password } });
  await page.goto('/settings');
  const mails = page.getByRole('region', { name: 'Mails' });
  const box = mails.getByRole('checkbox', { name: 'Warn me of what is spent' });
  await mails.getByText(`Sent to ${email}.`).waitFor();
  await box.click();
  await eventually(async () => expect(await wanted()).toBe(true));
  await page.reload();
  await mails.getByRole('checkbox', { checked: true }).waitFor();
  expect(await scrollsSideways(page)).toBe(false);

  await page.route('**/v1/me', (route) =>
    route.request().method() === 'PATCH' ? route.abort('connectionreset') : route.fallback(),
  );
  visitor.expectFailure('PATCH /v1/me', 'no answer');
  await box.click();
  await mails.getByRole('alert').waitFor();
  await mails.getByRole('checkbox', { checked: true }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await wanted()).toBe(true);
});
