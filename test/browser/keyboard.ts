import type { ElementHandle, Locator, Page } from 'playwright-core';

export interface FocusStop {
  /** Role and accessible name, such as `button "Sign in"`. */
  name: string;
  /** Whether its looks, or those of what it stands in, tell that it has the focus. */
  isVisible: boolean;
}

/** More than any screen should ask of somebody without a mouse. */
const mostStops = 100;

/** Where Tab leads from where the focus is, until it leaves the page or comes round again. */
export async function focusStops(page: Page): Promise<FocusStop[]> {
  const stops: FocusStop[] = [];
  let last: { element: ElementHandle<Element>; look: string; name: string } | undefined;
  let first: ElementHandle<Element> | undefined;
  while (stops.length < mostStops) {
    await page.keyboard.press('Tab');
    const element = await focused(page);
    if (last !== undefined) {
      stops.push({ name: last.name, isVisible: (await last.element.evaluate(lookOf)) !== last.look });
    }
    if (element === undefined) return stops;
    if (first !== undefined && (await element.evaluate((node, start) => node === start, first))) return stops;
    first ??= element;
    last = { element, look: await element.evaluate(lookOf), name: await nameOfFocus(page) };
  }
  throw new Error(`more than ${mostStops} stops: ${stops.map(({ name }) => name).join(', ')}`);
}

/** Presses Tab until the target has the focus. @throws Error telling where it went instead */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const passed: string[] = [];
  while (passed.length <= mostStops) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    passed.push(await nameOfFocus(page));
  }
  throw new Error(`${target} is out of reach of the keyboard; it went to ${passed.join(', ')}`);
}

async function focused(page: Page): Promise<ElementHandle<Element> | undefined> {
  const handle = await page.evaluateHandle(() => {
    const element = document.activeElement;
    return element === document.body ? null : element;
  });
  return handle.asElement() ?? undefined;
}

async function nameOfFocus(page: Page): Promise<string> {
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
