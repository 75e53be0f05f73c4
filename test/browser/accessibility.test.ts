import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { sharedChromium } from './chromium.ts';

/** What all screens and states are looked at with has to find what is there to be found. */
test('a fault is told by its rule and its place, one of the other theme by that theme too, and what is too wide by its scrolling', async () => {
  const page = await (await sharedChromium()).newPage({ viewport: { width: 360, height: 600 } });
  try {
    await page.setContent(`<!doctype html><html lang="en"><title>Faulty</title><style>
      p { color: #000; background: #fff }
      @media (prefers-color-scheme: dark) { p { color: #222; background: #000 } }
    </style><main><h1>Faulty</h1><p>Text</p><button></button></main></html>`);
    expect(await accessibilityFaults(page, { alsoIn: 'dark' })).toEqual([
      expect.stringMatching(/^button-name \(.+\) at button: Fix /),
      expect.stringMatching(/^dark: color-contrast \(.+\) at p: Fix /),
    ]);
    await page.evaluate(() => {
      document.querySelector('button')?.remove();
      const fadeIn = () =>
        document.querySelector('p')?.animate([{ color: '#eee' }, { color: '#ddd' }], { duration: 1000 });
      void fadeIn()?.finished.then(fadeIn);
    });
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await page.setContent('<div style="width: 400px">Wide</div>');
    expect(await scrollsSideways(page)).toBe(true);
  } finally {
    await page.close();
  }
});

test('a target that is too small is told, and none that stands half below a bar until it is scrolled to', async () => {
  const page = await (await sharedChromium()).newPage({ viewport: { width: 360, height: 600 } });
  try {
    await page.setContent(`<!doctype html><html lang="en"><title>Targets</title><style>
      header { position: sticky; top: 0; padding: 60px 8px 0; background: #fff }
      main { padding: 300px 0 900px }
      button { display: block; width: 80px; height: 40px }
      .small { height: 12px; padding: 0; font-size: 8px }
    </style><header><button>Menu</button></header>
    <main><h1>Targets</h1><button id="half">Half</button><p>Text</p><button>Whole</button></main></html>`);
    await page.evaluate(() => {
      const half = document.querySelector('#half')?.getBoundingClientRect();
      window.scrollTo(0, (half?.top ?? 0) - 72);
    });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.evaluate(() => {
      const small = '<button class="small">One</button><button class="small">Two</button>';
      document.querySelector('p')?.insertAdjacentHTML('afterend', small);
    });
    expect(await accessibilityFaults(page)).toEqual([
      expect.stringMatching(/^target-size /),
      expect.stringMatching(/^target-size /),
    ]);
  } finally {
    await page.close();
  }
});
