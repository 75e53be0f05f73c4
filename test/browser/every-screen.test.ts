import { addPerson } from '../e2e/client.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { focusStops } from './keyboard.ts';
import { openScreen, type Stage, settled } from './open-screen.ts';
import { screens } from './screens.ts';
import { fourK, phone, zoomed } from './viewports.ts';
import { personWithHistory } from './week-of-use.ts';

const site = consoleUnderTest();
let stage: Stage;

beforeAll(async () => {
  stage = {
    runtime: site.runtime(),
    setFaults: site.setFaults,
    regular: await personWithHistory(site.runtime()),
    newcomer: await addPerson(site.runtime()),
    keyName: 'My laptop',
  };
}, 180_000);

describe.each(screens.map((screen) => [screen.name, screen] as const))('%s', (_name, screen) => {
  test('has a title, a language and landmarks, and axe finds nothing, light and dark, wide and narrow', async () => {
    const visitor = await site.open();
    const { page } = visitor;
    await openScreen(visitor, screen, stage);
    expect(await page.title()).toMatch(/\S.* · Daypass$/);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.setViewportSize(phone.viewport);
    await settled(page);
    // The colours are those of the wide page; what differs is what is shown.
    expect(await accessibilityFaults(page, ['light'])).toEqual([]);
  });

  test('is read without scrolling sideways on a phone, at 200 % and at 4K', async () => {
    const visitor = await site.open(phone);
    await openScreen(visitor, screen, stage);
    expect(await scrollsSideways(visitor.page)).toBe(false);
    for (const { viewport } of [zoomed, fourK]) {
      await visitor.page.setViewportSize(viewport);
      await settled(visitor.page);
      expect({ viewport, sideways: await scrollsSideways(visitor.page) }).toEqual({
        viewport,
        sideways: false,
      });
    }
  });

  test('shows the focus wherever the Tab key leads', async () => {
    const visitor = await site.open();
    await openScreen(visitor, screen, stage);
    const stops = await focusStops(visitor.page);
    expect(stops.length).toBeGreaterThan(0);
    expect(stops.filter(({ isVisible, cover }) => !isVisible || cover !== '')).toEqual([]);
  });
});
