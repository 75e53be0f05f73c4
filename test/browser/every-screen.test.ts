import { addPerson } from '../e2e/client.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import type { ConsolePage } from './console-page.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { focusStops } from './keyboard.ts';
import { openScreen, type Screen, type Stage, settled } from './open-screen.ts';
import { screens } from './screens.ts';
import { desktop, fourK, phone, type Viewport, zoomed } from './viewports.ts';
import { personWithHistory } from './week-of-use.ts';

const site = consoleUnderTest();
let stage: Stage;

beforeAll(async () => {
  stage = {
    runtime: site.runtime(),
    setFaults: site.setFaults,
    regular: await personWithHistory(site.runtime()),
    newcomer: await addPerson(site.runtime()),
    admin: await makeAdmin(site.runtime(), await addPerson(site.runtime())),
    keyName: 'My laptop',
  };
}, 180_000);

describe.each(screens.map((screen) => [screen.name, screen] as const))('%s', (_name, screen) => {
  test('has a title, a language and landmarks, axe finds nothing, light or dark, and the focus is seen wherever Tab leads', async () => {
    const { page } = await opened(screen, desktop);
    expect(await page.title()).toMatch(/\S.* · Daypass$|^Daypass: \S/);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await accessibilityFaults(page, { alsoIn: 'dark' })).toEqual([]);
    const stops = await focusStops(page);
    expect(stops.length).toBeGreaterThan(0);
    expect(stops.filter(({ isVisible, cover }) => !isVisible || cover !== '')).toEqual([]);
  });

  test('on a phone axe finds nothing; there, at 200 % and at 4K it is read without scrolling sideways', async () => {
    const { page } = await opened(screen, phone);
    // The colours are those of the wide page; what differs is what is shown.
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const { viewport } of [phone, zoomed, fourK]) {
      if (viewport !== phone.viewport) await page.setViewportSize(viewport);
      await settled(page);
      expect({ viewport, sideways: await scrollsSideways(page) }).toEqual({ viewport, sideways: false });
    }
  });
});

async function opened(screen: Screen, viewport: Viewport): Promise<ConsolePage> {
  const visitor = await site.open(viewport);
  await openScreen(visitor, screen, stage);
  return visitor;
}
