import { addPerson } from '../e2e/client.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { openScreen, type Stage } from './open-screen.ts';
import { states } from './screens.ts';
import { coarsePhone, fourK, zoomed } from './viewports.ts';
import { personWithHistory } from './week-of-use.ts';

const site = consoleUnderTest();
let stage: Stage;

beforeAll(async () => {
  stage = {
    runtime: site.runtime(),
    setFaults: site.setFaults,
    regular: await personWithHistory(site.runtime(), 'ada.lovelace@example.com'),
    newcomer: await addPerson(site.runtime()),
    admin: await makeAdmin(site.runtime(), await addPerson(site.runtime())),
    // The longest there can be, without a place to break it.
    keyName: 'W'.repeat(100),
  };
}, 180_000);

/** Of the colours, half of the states show the light ones and half the dark; each screen as it comes is looked at in both. */
const shown = states.map((state, at) => [state.name, at % 2 === 0 ? 'light' : 'dark', state] as const);

test.each(shown)(
  '%s, %s: axe finds nothing and nothing is cut off, on a phone, at 200 %% and at 4K',
  async (_name, colorScheme, state) => {
    const options = { ...coarsePhone, colorScheme };
    const visitor = state.marksContext ? await site.open(options) : await site.reopen(options);
    const { page } = visitor;
    await openScreen(visitor, state, stage);
    expect(await accessibilityFaults(page, [colorScheme])).toEqual([]);
    for (const { viewport } of [coarsePhone, zoomed, fourK]) {
      if (viewport !== coarsePhone.viewport) await page.setViewportSize(viewport);
      // What pops up follows a moment later.
      await eventually(async () =>
        expect({ viewport, sideways: await scrollsSideways(page) }).toEqual({ viewport, sideways: false }),
      );
    }
  },
);
