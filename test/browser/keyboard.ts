import type { ElementHandle, Locator, Page } from 'playwright-core';
import { nextFrame } from './next-frame.ts';

export interface FocusStop {
  /** Such as `button "Sign in"`. */
  name: string;
  /** Whether its looks, or those of what it stands in, tell that it has the focus. */
  isVisible: boolean;
  /** What keeps all of it from being seen; empty when nothing does. */
  cover: string;
}

type TabKey = 'Tab' | 'Shift+Tab';

/** More than any screen should ask of somebody without a mouse; the reference asks for two a call. */
const mostStops = 150;

/** Round any dialog of the console at least once. */
const pressesOfTheImpatient = 15;

/**
 * Where Tab leads from where the focus is, until it leaves the page or comes round again.
 * @param nameStop `nameOfFocus` for names as screen readers say them, which on long pages cost as much as the walk
 */
export async function focusStops(
  page: Page,
  nameStop?: (page: Page) => Promise<string>,
): Promise<FocusStop[]> {
  const names: string[] = [];
  // One call of the page for each press: long pages have a hundred stops.
  const visit = `(${visitFocus})(${lookOf}, ${coverOf})`;
  await page.evaluate('focusWalk = { stops: [] }');
  for (let presses = 0; presses < mostStops; presses += 1) {
    await page.keyboard.press('Tab');
    const came = await page.evaluate<'anew' | 'within' | 'round'>(visit);
    if (came === 'round') {
      const stops = await page.evaluate<FocusStop[]>('focusWalk.stops');
      return stops.map((stop, at) => ({ ...stop, name: names[at] ?? stop.name }));
    }
    if (came === 'anew' && nameStop) names.push(await nameStop(page));
  }
  const stops = await page.evaluate<FocusStop[]>('focusWalk.stops');
  throw new Error(`more than ${mostStops} stops: ${stops.map(({ name }) => name).join(', ')}`);
}

/** Runs in the page, which keeps what was seen on the way. */
async function visitFocus(look: typeof lookOf, cover: typeof coverOf): Promise<'anew' | 'within' | 'round'> {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { focusWalk: walk } = globalThis as unknown as { focusWalk: FocusWalk };
  const { last } = walk;
  const element = document.activeElement;
  // A date's day, month and year are stops of their own within one field.
  if (last !== undefined && element === last.element) return 'within';
  if (last !== undefined) {
    const { element, look: before, cover } = last;
    const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
    const name = `${element.getAttribute('role') ?? element.localName} "${label.slice(0, 60)}"`;
    walk.stops.push({ name, isVisible: look(element) !== before, cover });
  }
  if (element === null || element === document.body || element === walk.first) return 'round';
  walk.first ??= element;
  walk.last = { element, look: look(element), cover: cover(element) };
  return 'anew';
}

interface FocusWalk {
  first?: Element;
  last?: { element: Element; look: string; cover: string };
  stops: FocusStop[];
}

/**
 * Presses Tab until the target has the focus.
 * @returns the names of the stops on the way, the target's last
 * @throws Error telling where it went instead, or which of the stops can't be seen
 */
export async function tabTo(page: Page, target: Locator, key: TabKey = 'Tab'): Promise<string[]> {
  await target.waitFor();
  const passed: string[] = [];
  while (passed.length <= mostStops) {
    if (await hasFocus(target)) return passed;
    await step(page, key);
    const name = await nameOfFocus(page);
    passed.push(name);
    const element = await focused(page);
    const covered = await element?.evaluate(coverOf);
    if (covered) throw new Error(`${name} has the focus and ${covered}`);
  }
  throw new Error(`${target} is out of reach of the keyboard; it went to ${passed.join(', ')}`);
}

/**
 * Where the focus goes while somebody presses Tab and Shift+Tab again and again.
 * @returns the names of what it met outside of the dialog; [] when the dialog keeps it
 */
export async function escapesFrom(page: Page, dialog: Locator): Promise<string[]> {
  const outside: string[] = [];
  for (const key of ['Tab', 'Shift+Tab'] as const)
    for (let presses = 0; presses < pressesOfTheImpatient; presses += 1) {
      await step(page, key);
      const isInside = await dialog.evaluate((element) => element.contains(document.activeElement));
      if (!isInside) outside.push(await nameOfFocus(page));
    }
  return outside;
}

export const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** At the ends of a dialog the focus lands on what leads it round, and is there only a frame later. */
async function step(page: Page, key: TabKey): Promise<void> {
  await page.keyboard.press(key);
  await nextFrame(page);
}

async function focused(page: Page): Promise<ElementHandle<Element> | undefined> {
  const handle = await page.evaluateHandle(() => {
    const element = document.activeElement;
    return element === document.body ? null : element;
  });
  return handle.asElement() ?? undefined;
}

/** Role and accessible name. */
export async function nameOfFocus(page: Page): Promise<string> {
  const focus = page.locator(':focus');
  if ((await focus.count()) === 0) return 'the page';
  // Such as `- 'button "Copy: key" [disabled]':`, with what stands inside on further lines.
  const [, name] = /^- '?([a-z]+(?: "(?:[^"\\]|\\.)*")?)/.exec(await focus.ariaSnapshot()) ?? [];
  return name ?? (await focus.evaluate((element) => element.outerHTML));
}

/** A ring may be drawn by the element, by what it stands in, or by what stands beside a hidden input. */
function lookOf(element: Element): string {
  const drawn = [
    element,
    element.parentElement,
    element.parentElement?.parentElement,
    element.nextElementSibling,
  ];
  return drawn
    .map((part) => {
      if (!part) return '';
      const { outline, boxShadow, borderColor, backgroundColor, textDecoration } = getComputedStyle(part);
      return [outline, boxShadow, borderColor, backgroundColor, textDecoration].join(' ');
    })
    .join('\n');
}

/** WCAG 2.4.11: of what has the focus, something has to be in sight. What is drawn for a hidden input is its label. */
function coverOf(element: Element): string {
  const drawn = element.matches('input[type=radio], input[type=checkbox]')
    ? (element.closest('label') ?? element)
    : element;
  const box = drawn.getClientRects()[0];
  if (box === undefined) return 'is not drawn';
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [above, below] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (left >= right || above >= below) return 'is outside of what is shown';
  const covers: string[] = [];
  for (const across of [0.1, 0.5, 0.9])
    for (const down of [0.2, 0.5, 0.8]) {
      const top = document.elementFromPoint(left + across * (right - left), above + down * (below - above));
      if (top !== null && (drawn.contains(top) || top.contains(drawn))) return '';
      covers.push(top?.outerHTML.slice(0, 80) ?? 'nothing');
    }
  return `is behind ${covers[0]}`;
}
