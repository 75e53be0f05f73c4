import type { Page } from 'playwright-core';
import type { RunningRuntime } from '../e2e/runtime.ts';

/** What the screens before log-in are made of, as people find it. */
export const emailField = (page: Page) => page.getByLabel('E-mail address');
export const passwordField = (page: Page) => page.getByLabel('Password', { exact: true });
export const newPasswordField = (page: Page) => page.getByLabel('New password', { exact: true });
export const codeField = (page: Page) => page.getByLabel('Code', { exact: true });
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
export const screen = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

export interface Credentials {
  email: string;
  password: string;
}

/** Fills the sign-up in and waits for the code's screen. */
export async function askForAccount(page: Page, { email, password }: Credentials): Promise<void> {
  await page.goto('/sign-up');
  await emailField(page).fill(email);
  await passwordField(page).fill(password);
  await button(page, 'Create account').click();
  await screen(page, 'Confirm your address').waitFor();
}

export async function logIn(page: Page, { email, password }: Credentials): Promise<void> {
  await emailField(page).fill(email);
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

/** By the clipboard, as people do it. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press('ControlOrMeta+v');
}

/** The text of the newest mail to somebody. */
export async function newestMail(runtime: Pick<RunningRuntime, 'edge'>, email: string): Promise<string> {
  const answer = await fetch(`${runtime.edge}/_local/mail?to=${encodeURIComponent(email)}`);
  const { data } = (await answer.json()) as { data: { text: string }[] };
  const [mail] = data;
  if (mail === undefined) throw new Error(`no mail for ${email}`);
  return mail.text;
}

/** Everything that a script of the page could read of what is kept. */
export function keptByPage(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([
      document.cookie,
      location.href,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
    ]),
  );
}

/** A code that is surely not this one. */
export const otherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
