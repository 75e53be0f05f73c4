import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import type { ConsoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { openScreen, type Screen, type Stage } from './open-screen.ts';
import { setStage } from './set-stage.ts';
import { fourK, phone, zoomed } from './viewports.ts';

/** For each state the test that nobody is shut out of it. */
export function testStates(site: ConsoleUnderTest, states: readonly Screen[]): void {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({
      runtime: site.runtime(),
      setFaults: site.setFaults,
      screens: states,
      // The longest there can be, without a place to break it.
      keyName: 'W'.repeat(100),
    });
  }, 180_000);

  /** Of the colours, half of the states show the light ones and half the dark; each screen as it comes is looked at in both. */
  const shown = states.map((state, at) => [state.name, at % 2 === 0 ? 'light' : 'dark', state] as const);

  test.each(shown)(
    '%s, %s: axe finds nothing and nothing is cut off, on a phone, at 200 %% and at 4K',
    async (_name, colorScheme, state) => {
      const options = { ...phone, colorScheme };
      const visitor = state.marksContext ? await site.openAlone(options) : await site.open(options);
      const { page } = visitor;
      await openScreen(visitor, state, stage);
      expect(await accessibilityFaults(page)).toEqual([]);
      for (const { viewport } of [phone, zoomed, fourK]) {
        if (viewport !== phone.viewport) await page.setViewportSize(viewport);
        // What pops up follows a moment later.
        await eventually(async () =>
          expect({ viewport, sideways: await scrollsSideways(page) }).toEqual({ viewport, sideways: false }),
        );
      }
    },
  );
}
