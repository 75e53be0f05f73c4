import type { Page } from 'playwright-core';
import { addPerson, createKey } from '../e2e/client.ts';
import { type ModelAnswer, startModelServer } from '../e2e/model-server.ts';
import { accessibilityFaults } from './accessibility.ts';
import { eventually } from './eventually.ts';
import { answer, answerWhole, ask, button, conversation, openPlayground } from './playground-page.ts';
import { playgroundUnderTest } from './playground-under-test.ts';
import { desktop, phone } from './viewports.ts';

const model = await startModelServer();
const { site, open } = playgroundUnderTest(model);

async function answered(page: Page, words: string, question = 'Write.'): Promise<void> {
  await ask(page, question);
  await answerWhole(model, words);
  await answer(page).getByText('Total').waitFor();
}

const everyKind = `# Title

Words with **weight**, \`code\`, ~~a mistake~~ and [a link](https://example.com/page).

- one
- two
  1. nested

- [x] done
- [ ] open

> Quoted.

| Status | Again? |
| --- | --- |
| 429 | later |

\`\`\`python
def add(a, b):
    return a + b  # sum
\`\`\`

---

![A chart of it](https://tracker.example/pixel.png)
`;

test('every kind of markdown is shown as what it is, and axe finds nothing', async () => {
  const { page } = await open();
  await answered(page, everyKind);
  const text = answer(page);
  await text.locator('.hljs-keyword', { hasText: 'def' }).waitFor();
  expect(await text.getByRole('table').getByRole('cell').allInnerTexts()).toEqual(['429', 'later']);
  const link = text.getByRole('link', { name: 'a link' });
  expect(await link.getAttribute('rel')).toContain('noopener');
  expect(await link.getAttribute('target')).toBe('_blank');
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await accessibilityFaults(page)).toEqual([]);
  await button(page, 'Copy python').click();
  await eventually(async () =>
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'def add(a, b):\n    return a + b  # sum',
    ),
  );
});

test('a picture is not loaded, since that would tell its server who reads; its words and its place are shown', async () => {
  const { page } = await open();
  await answered(page, everyKind);
  expect(await answer(page).locator('img').count()).toBe(0);
  await answer(page).getByText('Image: A chart of it').waitFor();
  await answer(page).getByRole('link', { name: 'open at tracker.example' }).waitFor();
});

/** Each would call the trap of complaints.ts, load something, or lead somewhere it must not. */
const attacks = [
  '<script>scriptRan()</script>',
  '<img src=x onerror=scriptRan()>',
  '<svg onload=scriptRan()><a xlink:href="javascript:scriptRan()">a</a></svg>',
  '<iframe srcdoc="<script>parent.scriptRan()</script>"></iframe>',
  '<style>@import "https://evil.example/x.css";</style><link rel=stylesheet href=https://evil.example/x.css>',
  '<a href="javascript:scriptRan()">html link</a>',
  '[one](javascript:scriptRan())',
  '[two](JaVaScRiPt:scriptRan())',
  '[three](&#106;avascript:scriptRan())',
  '[four](<java\tscript:scriptRan()>)',
  '[five](data:text/html;base64,PHNjcmlwdD5zY3JpcHRSYW4oKTwvc2NyaXB0Pg==)',
  '[six](vbscript:scriptRan())',
  '[seven]\n\n[seven]: javascript:scriptRan()',
  '<javascript:scriptRan()>',
  '![c](https://) ![d](https://[)',
  '![a](javascript:scriptRan())',
  '![b](data:image/svg+xml,%3Csvg onload=scriptRan()%3E)',
  '[relative](/settings) [host](//evil.example) [hash](#root)',
  '```<img src=x onerror=scriptRan()>\n</code></pre><script>scriptRan()</script>\n```',
  '`</code><script>scriptRan()</script>`',
  '| <script>scriptRan()</script> |\n| --- |\n| <img src=x onerror=scriptRan()> |',
  'a[^1]\n\n[^1]: <script>scriptRan()</script> [x](javascript:scriptRan())',
  '<form action=https://evil.example><button>Send</button></form>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '{{constructor.constructor("scriptRan()")()}}',
];

test('what a model says runs nothing, loads nothing and leads nowhere but to whole web addresses', async () => {
  const { page } = await open();
  for (const words of [attacks.join('\n\n'), ...attacks.slice(5, 14)]) await answered(page, words);
  const links = await conversation(page).getByRole('link').all();
  for (const link of links) expect(await link.getAttribute('href')).toMatch(/^(https?:\/\/|mailto:)/);
  for (const link of await conversation(page).locator('a:not([href^="http"])').all()) expect(link).toBeNull();
  const foreign = 'script, style, iframe, form, meta, svg a, img, object, embed, link, [onerror], [onload]';
  expect(await conversation(page).locator(foreign).count()).toBe(0);
  await page.mouse.move(400, 400);
  expect(await page.title()).toBe('Playground · Daypass');
});

test('what a person writes is shown letter by letter, and runs nothing, in the code of the call neither', async () => {
  const { page } = await open();
  const words = attacks.slice(0, 8).join('\n');
  await page.getByLabel('System prompt').fill(words);
  await answered(page, words, words);
  expect(await conversation(page).getByRole('listitem').first().locator('p').first().innerText()).toBe(words);
  await button(page, 'Get code').click();
  await page.getByRole('dialog').getByText('scriptRan').first().waitFor();
});

test('a thousand parts come through whole and in order', async () => {
  const { page } = await open();
  await ask(page, 'Count to a thousand.');
  const said = await model.asked();
  const parts = Array.from(
    { length: 1000 },
    (_, part) => `${part + 1}${(part + 1) % 20 === 0 ? '\n\n' : ' '}`,
  );
  for (const part of parts) await said.say(part);
  said.finish();
  await answer(page).getByText('Total').waitFor();
  const numbers = (await answer(page).locator('p').allInnerTexts()).join(' ').match(/\d+/g);
  expect(numbers).toEqual(Array.from({ length: 1000 }, (_, number) => String(number + 1)));
});

const pixelsToEnd = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollHeight - scrollY - innerHeight);

const tallAnswers = [
  'lorem ipsum dolor sit amet, consectetur. '.repeat(60),
  Array.from({ length: 30 }, (_, part) => `## Part ${part}\n\n- one\n- two\n\n\`\`\`js\nlet a;\n\`\`\``).join(
    '\n\n',
  ),
  `| a | b |\n| - | - |\n${'| 1 | 2 |\n'.repeat(60)}`,
];

test.each([
  ['desktop', desktop],
  ['phone', phone],
])('the page of a %s follows the question after an answer that is taller than it', async (_, viewport) => {
  // Twelve questions: the other tests need the requests of the shared key.
  const owner = await addPerson(site.runtime());
  await createKey(site.runtime(), owner.token, { plan: '30-per-day' });
  const visitor = await site.open(viewport);
  await openPlayground(visitor, owner);
  const { page } = visitor;
  for (const words of tallAnswers) {
    await answered(page, words);
    await eventually(async () => expect(await pixelsToEnd(page)).toBeLessThan(2));
    await ask(page, 'Hi again');
    const said = await model.asked();
    await eventually(async () => expect(await pixelsToEnd(page)).toBeLessThan(2));
    await said.say('In view.');
    said.finish();
    await answer(page).getByText('Total').waitFor();
    await eventually(async () => expect(await pixelsToEnd(page)).toBeLessThan(2));
  }
});

const hebrew = `שלום לך. זה משפט שני.

- פריט ראשון
- פריט שני עם \`code()\`

| שם | גיל |
| --- | --- |
| דנה | 31 |

\`\`\`js
let a = 1;
\`\`\`

In English again.
`;

test('right-to-left words are set from the right, lists and tables too; code and English from the left', async () => {
  const { page } = await open();
  await answered(page, hebrew, 'مرحبا. كيف حالك؟');
  const directions = (selector: string) =>
    conversation(page)
      .locator(selector)
      .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).direction));
  await eventually(async () => expect(await directions('article p')).toEqual(['rtl', 'ltr']));
  expect(await directions('article ul, article li, article table, article td')).toEqual(
    Array.from({ length: 6 }, () => 'rtl'),
  );
  expect(await directions('article code')).toEqual(['ltr', 'ltr']);
  expect(await directions('li > div > p')).toEqual(['rtl']);
  // The first word is at the right edge, and the full stop left of everything.
  const [first, stop] = await answer(page)
    .locator('p')
    .first()
    .evaluate((paragraph) => {
      const text = paragraph.firstChild as Text;
      return [0, text.length - 1].map((place) => {
        const range = document.createRange();
        range.setStart(text, place);
        range.setEnd(text, place + 1);
        return range.getBoundingClientRect().left;
      });
    });
  expect(stop).toBeLessThan(first ?? 0);
  const headers = await answer(page)
    .locator('th')
    .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().left));
  expect(headers[1]).toBeLessThan(headers[0] ?? 0);
  await page.getByRole('textbox', { name: 'Your question' }).fill('שלום');
  await eventually(async () =>
    expect(
      await page
        .getByRole('textbox', { name: 'Your question' })
        .evaluate((field) => getComputedStyle(field).direction),
    ).toBe('rtl'),
  );
});

const formulas = `The area is $a^2$, or \\(\\pi r^2\\), for $5 or $6.

$$
\\frac{a}{b} = \\sqrt{2}
$$

\`$x$\` stays, and \\[ \\broken{ \\] is shown as it is.
`;

test('formulas are set, prices and code are not, and what is no TeX is shown as it is', async () => {
  const { page } = await open();
  await answered(page, formulas);
  await answer(page).locator('mfrac').waitFor();
  expect(await answer(page).locator('math').count()).toBe(3);
  expect(await answer(page).locator('msqrt').count()).toBe(1);
  const words = await answer(page).locator('p').allInnerTexts();
  expect(words[0]).toContain('for $5 or $6.');
  expect(words.at(-1)).toContain('$x$');
  expect(words.at(-1)).toContain('\\broken{');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('long lines of code can be wrapped, and its button to copy stays in sight', async () => {
  const { page } = await open();
  await answered(page, `\`\`\`js\n${"let a = 'long';".repeat(40)}\n${'let b;\n'.repeat(80)}\`\`\``);
  const code = answer(page).locator('pre');
  const isWide = () => code.evaluate((pre) => pre.scrollWidth > pre.clientWidth);
  expect(await isWide()).toBe(true);
  const wrap = button(page, 'Wrap lines');
  await eventually(async () => expect(await wrap.isVisible()).toBe(true));
  const { y = -1 } = (await button(page, 'Copy js').boundingBox()) ?? {};
  expect(y).toBeGreaterThan(0);
  await wrap.click();
  await eventually(async () => expect(await isWide()).toBe(false));
  expect(await wrap.getAttribute('aria-pressed')).toBe('true');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a tab that nobody looks at says in its title that the answer is complete', async () => {
  const { page } = await open();
  const show = (hidden: boolean) =>
    page.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await ask(page, 'Long?');
  const said = await model.asked();
  await said.say('Yes');
  await answer(page).getByText('Yes').waitFor();
  await show(true);
  said.finish();
  await eventually(async () => expect(await page.title()).toBe('✓ Answer complete · Playground · Daypass'));
  await show(false);
  expect(await page.title()).toBe('Playground · Daypass');
});

test('the page follows an answer until the reader scrolls up, and again from the end on', async () => {
  const { page } = await open();
  await ask(page, 'A long story.');
  const said = await model.asked();
  await tellUntil(said, async () => expect(await page.evaluate(() => scrollY)).toBeGreaterThan(600));
  expect(await pixelsToEnd(page)).toBeLessThan(80);
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, -400);
  await button(page, 'Jump to the end').waitFor();
  const place = await page.evaluate(() => scrollY);
  await said.say('Further. '.repeat(200));
  await said.say('\n\nThe last words.');
  await answer(page).getByText('The last words.').waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(place);
  expect(await accessibilityFaults(page)).toEqual([]);
  await button(page, 'Jump to the end').click();
  await eventually(async () => expect(await pixelsToEnd(page)).toBeLessThan(2));
  await said.say('\n\nAnd more. '.repeat(30));
  await said.say('\n\nThe end.');
  said.finish();
  await answer(page).getByText('The end.').waitFor();
  await eventually(async () => expect(await pixelsToEnd(page)).toBeLessThan(80));
});

async function tellUntil(said: ModelAnswer, check: () => Promise<void>): Promise<void> {
  await eventually(async () => {
    await said.say('Once upon a time. '.repeat(20));
    await said.say('\n\n');
    await check();
  });
}
