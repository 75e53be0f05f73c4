import type { Page } from 'playwright-core';
import { addPerson, createKey, type Person } from '../e2e/client.ts';
import { accessibilityFaults } from './accessibility.ts';
import type { PageOptions } from './console-page.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { focusStops } from './keyboard.ts';
import { settled } from './open-screen.ts';
import { signIn } from './sign-in.ts';
import { desktop } from './viewports.ts';

/** What people ask of every page in the settings of their system. */
const site = consoleUnderTest();
let person: Person;

beforeAll(async () => {
  person = await addPerson(site.runtime());
  await createKey(site.runtime(), person.token, { name: 'My laptop' });
});

async function open(path: string, options: Partial<PageOptions>): Promise<Page> {
  const visitor = await site.open({ ...desktop, ...options });
  await signIn(visitor, person);
  await visitor.page.goto(path);
  await settled(visitor.page);
  return visitor.page;
}

/** The longest movement of a list that loads, in milliseconds. */
async function longestMovement(page: Page): Promise<number> {
  await page.route('**/v1/api-keys?*', () => undefined);
  await page.reload();
  await page.getByRole('status', { name: 'Loading your keys' }).waitFor();
  return page.evaluate(() =>
    Math.max(
      0,
      ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0)),
    ),
  );
}

test('nothing moves for who asked for that, and for others it does', async () => {
  expect(await longestMovement(await open('/keys', { reducedMotion: 'no-preference' }))).toBeGreaterThan(100);
  const still = await open('/keys', { reducedMotion: 'reduce' });
  await still.emulateMedia({ colorScheme: 'dark' });
  expect(
    await still.evaluate(
      () => document.getAnimations().filter((animation) => animation instanceof CSSTransition).length,
    ),
  ).toBe(0);
  expect(await longestMovement(still)).toBeLessThan(1);
});

test.each(['/keys/new', '/settings', '/usage'])(
  'in the colours of the system, %s shows the focus and what is chosen',
  async (path) => {
    const page = await open(path, { forcedColors: 'active' });
    expect((await focusStops(page)).filter(({ isVisible }) => !isVisible)).toEqual([]);
    // The browser’s own look shows it in whatever colours there are.
    const looks = await page
      .getByRole('radio', { checked: true })
      .evaluateAll((radios) => radios.map((radio) => getComputedStyle(radio).appearance));
    expect([...new Set(looks)]).toEqual(['auto']);
  },
);

test.each([
  ['dark', 'light'],
  ['light', 'dark'],
] as const)('who chose %s has it on a %s system, and axe finds nothing', async (theme, colorScheme) => {
  const page = await open('/settings', { colorScheme });
  await page.getByRole('radio', { name: theme[0]?.toUpperCase() + theme.slice(1) }).click();
  const shown = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await eventually(async () => expect(await shown()).toBe(theme));
  expect(await accessibilityFaults(page)).toEqual([]);
});
