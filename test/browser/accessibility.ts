import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2, A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Theme = 'light' | 'dark';

/** What axe finds wrong with the page as it stands, in these themes; [] when nothing. */
export async function accessibilityFaults(
  page: Page,
  themes: readonly Theme[] = ['light', 'dark'],
): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await animationsEnd(page);
    const { violations } = await new AxeBuilder({ page })
      .options({ runOnly: tags, resultTypes: ['violations'] })
      .analyze();
    for (const { id, help, nodes } of violations)
      for (const node of nodes)
        faults.push(`${colorScheme}: ${id} (${help}) at ${node.target.join(' ')}: ${node.failureSummary}`);
  }
  await page.emulateMedia({ colorScheme: null });
  return faults;
}

/** Text that is fading in has a contrast of no use to anybody. */
async function animationsEnd(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((animation) => {
      const end = animation.effect?.getComputedTiming().endTime;
      return typeof end === 'number' && Number.isFinite(end);
    });
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}

/** Whether the page, or a dialog above it, has to be scrolled sideways to be read (WCAG 1.4.10). */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].some(
      ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
    ),
  );
}
