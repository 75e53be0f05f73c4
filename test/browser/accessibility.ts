import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2, A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Theme = 'light' | 'dark';
type Rules = string[] | { type: 'rule'; values: string[] };

/**
 * What axe finds wrong with the page as it stands; [] when nothing. All rules apply in the first theme; the others differ
 * from it by their colours alone, which every-screen.test.ts looks at.
 */
export async function accessibilityFaults(
  page: Page,
  [theme, ...others]: readonly [Theme, ...Theme[]] = ['light'],
): Promise<string[]> {
  const faults = await faultsIn(page, theme, tags);
  for (const other of others)
    faults.push(...(await faultsIn(page, other, { type: 'rule', values: ['color-contrast'] })));
  await page.emulateMedia({ colorScheme: null });
  return faults;
}

async function faultsIn(page: Page, theme: Theme, runOnly: Rules): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  await animationsEnd(page);
  await loadAxe(page);
  return page.evaluate(
    async ([theme, runOnly]) => {
      const loaded = (window as unknown as { axe: typeof axe }).axe;
      const { violations } = await loaded.run(
        // They send the focus on at once. axe lets them be below a backdrop, which it finds by points: not where the control lies.
        { exclude: ['[data-base-ui-focus-guard]'] },
        { runOnly, resultTypes: ['violations'] },
      );
      const faults: string[] = [];
      for (const { id, help, nodes } of violations)
        for (const { target, failureSummary } of nodes) {
          const place = target.join(' ');
          // What is half below a bar by chance is whole once it has been scrolled to.
          if (id === 'target-size') {
            document.querySelector(place)?.scrollIntoView({ block: 'center', behavior: 'instant' });
            const again = await loaded.run(place, { runOnly: [id], resultTypes: ['violations'] });
            if (again.violations.length === 0) continue;
          }
          faults.push(`${theme}: ${id} (${help}) at ${place}: ${failureSummary}`);
        }
      return faults;
    },
    [theme, runOnly] as const,
  );
}

/** Its package's own `source` is three times as long, which each page would have to read. */
const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Once for each page: half a megabyte is sent and compiled. */
async function loadAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
}

/** Text that is fading in has a contrast of no use to anybody. What ends may start another: a colour that is inherited does. */
async function animationsEnd(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = () =>
      document.getAnimations().filter(({ playState, effect }) => {
        const end = effect?.getComputedTiming().endTime;
        return playState === 'running' && typeof end === 'number' && Number.isFinite(end);
      });
    for (let under = ending(); under.length > 0; under = ending())
      await Promise.allSettled(under.map((animation) => animation.finished));
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
