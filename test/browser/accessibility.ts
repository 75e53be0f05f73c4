import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2, A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Rules = string[] | { type: 'rule'; values: string[] };

interface AccessibilityOptions {
  /** The page stands in the light; the dark differs by its colours alone, so only they are looked at. */
  alsoIn?: 'dark';
}

/**
 * What axe finds wrong with the page as it stands, whatever its theme; [] when nothing. Each change of the theme styles and
 * paints the whole page again, so it is changed only for `alsoIn`, and back.
 */
export async function accessibilityFaults(
  page: Page,
  { alsoIn }: AccessibilityOptions = {},
): Promise<string[]> {
  const faults = await faultsIn(page, tags);
  if (alsoIn === undefined) return faults;
  await page.emulateMedia({ colorScheme: alsoIn });
  const others = await faultsIn(page, { type: 'rule', values: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...faults, ...others.map((fault) => `${alsoIn}: ${fault}`)];
}

async function faultsIn(page: Page, runOnly: Rules): Promise<string[]> {
  await animationsEnd(page);
  await loadAxe(page);
  return page.evaluate(async (runOnly) => {
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
        faults.push(`${id} (${help}) at ${place}: ${failureSummary}`);
      }
    return faults;
  }, runOnly);
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
