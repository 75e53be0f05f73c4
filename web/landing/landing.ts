import { keepChosenLanguage } from '../language/chosen-language.ts';

/** What the landing page can do beyond showing itself: the right origin, copying, a choice of language that lasts, and whether the API answers. */

const one = (selector: string) => document.querySelector<HTMLElement>(selector);

/** The deployment knows one of its names, and visitors may have come by another. */
function showOrigin(): void {
  const origin = one('[data-origin]');
  if (origin !== null) origin.textContent = location.origin;
}

function offerCopy(): void {
  const button = one('[data-copy]');
  const code = one('[data-code]');
  if (button === null || code === null) return;
  const word = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = button.dataset.copied ?? word;
    setTimeout(() => {
      button.textContent = word;
    }, 2000);
  });
}

/** For the console, and for `/` from now on. */
function keepLanguage(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[hreflang]'))
    link.addEventListener('click', () => keepChosenLanguage(link.hreflang));
}

/** One call that every visitor may make. */
async function showHealth(): Promise<void> {
  const health = one('[data-health]');
  if (health === null) return;
  const answers = await fetch('/v1/plans').then(
    ({ ok }) => ok,
    () => false,
  );
  health.dataset.health = answers ? 'up' : 'down';
  health.textContent = (answers ? health.dataset.up : health.dataset.down) ?? '';
}

showOrigin();
offerCopy();
keepLanguage();
void showHealth();
