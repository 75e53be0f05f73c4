import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page, Request } from 'playwright-core';
import { accessibilityFaults } from './accessibility.ts';
import { attached, choose, drag, file, pastePicture } from './attachment-steps.ts';
import { eventually } from './eventually.ts';
import { copyBy } from './keys-pages.ts';
import { png } from './pictures.ts';
import { answer, ask, button, chatRoute, conversation, question } from './playground-page.ts';
import { playgroundUnderTest } from './playground-under-test.ts';
import { phone, zoomed } from './viewports.ts';

const { key, open } = playgroundUnderTest();
const photo = file('photo.png', png(64, 48), 'image/png');
const notes = file('notes.md', '# Notes\nTulips are early this year.');
const report = file('report.pdf', '%PDF-1.4\n%%EOF\n', 'application/pdf');

const sentContent = (request: Request) => request.postDataJSON().messages.at(-1).content;

test('what is chosen by the button goes with the question, reaches the model, and stays in the thread', async () => {
  const { page } = await open();
  await choose(page, [photo, notes, report]);
  await attached(page).nth(2).waitFor();
  expect(await attached(page).allInnerTexts()).toEqual([
    expect.stringMatching(/photo\.png\s+\d+ kB|photo\.png\s+\d+ bytes/),
    expect.stringMatching(/notes\.md\s+35 bytes/),
    expect.stringMatching(/report\.pdf\s+15 bytes/),
  ]);
  await page.getByText('Attached: photo.png, notes.md, report.pdf.').waitFor({ state: 'attached' });
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await button(page, 'Send').isDisabled()).toBe(true);
  await page.getByText('Add a question in words.').waitFor();

  const request = page.waitForRequest('**/chat/completions');
  await ask(page, 'What is in these?');
  expect(sentContent(await request)).toEqual([
    {
      type: 'image_url',
      image_url: { url: `data:image/png;base64,${photo.buffer.toString('base64')}` },
    },
    {
      type: 'file',
      file: {
        filename: 'notes.md',
        file_data: `data:text/markdown;base64,${notes.buffer.toString('base64')}`,
      },
    },
    {
      type: 'file',
      file: {
        filename: 'report.pdf',
        file_data: `data:application/pdf;base64,${report.buffer.toString('base64')}`,
      },
    },
    { type: 'text', text: 'What is in these?' },
  ]);
  await answer(page).getByText('Total').waitFor();
  const told = await answer(page).innerText();
  expect(told).toContain('An image (png) of 64 × 48 pixels');
  expect(told).toContain('The document “notes” (md), 7 words');
  expect(told).toContain('The document “report” (pdf)');

  const thread = conversation(page).getByRole('list', { name: 'Attachments' });
  expect(await thread.getByRole('listitem').count()).toBe(3);
  expect(await thread.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
  expect(await thread.getByRole('button').count()).toBe(0);
  expect(await attached(page).count()).toBe(3);
  expect(await accessibilityFaults(page)).toEqual([]);
  const next = page.waitForRequest('**/chat/completions');
  await ask(page, 'And now?');
  expect((await next).postDataJSON().messages[0].content).toHaveLength(4);
  await answer(page).getByText('The conversation so far: 3 messages').waitFor();
});

test('files that are dropped anywhere on the page are attached, and the page stays', async () => {
  const { page } = await open();
  await drag(page, 'dragover', [photo, notes]);
  await page.getByText('Drop images or documents to attach them').waitFor();
  await drag(page, 'drop', [photo, notes]);
  await attached(page).nth(1).waitFor();
  expect(await page.getByText('Drop images or documents').count()).toBe(0);
  await ask(page, 'What is this?');
  await answer(page).getByText('An image (png) of 64 × 48 pixels').waitFor();
});

test('a pasted picture is attached, each under a name of its own; of a table that brings its picture the words are pasted', async () => {
  const { page } = await open();
  await question(page).focus();
  await pastePicture(page, photo.buffer);
  await attached(page).getByText('image.png').waitFor();
  await pastePicture(page, png(20, 10));
  await attached(page).getByText('image-2.png').waitFor();
  await pastePicture(page, photo.buffer, 'one\ttwo');
  await eventually(async () => expect(await question(page).inputValue()).toBe('one\ttwo'));
  expect(await attached(page).count()).toBe(2);
  await ask(page, 'And these?');
  await answer(page).getByText('An image (png) of 20 × 10 pixels').waitFor();
});

test('a file is taken away by keyboard alone, is told, and the focus goes to the next one, then to the words', async () => {
  const { page } = await open();
  await choose(page, [photo, notes, report]);
  await attached(page).nth(2).waitFor();
  await button(page, 'Remove report.pdf').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Removed: report.pdf.').waitFor({ state: 'attached' });
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await eventually(async () => expect(await focused()).toBe('Remove notes.md'));
  await button(page, 'Remove photo.png').focus();
  await page.keyboard.press('Enter');
  await eventually(async () => expect(await focused()).toBe('Remove notes.md'));
  await page.keyboard.press('Enter');
  await eventually(async () => expect(await attached(page).count()).toBe(0));
  await eventually(async () =>
    expect(await question(page).evaluate((field) => field === document.activeElement)).toBe(true),
  );
  await choose(page, [notes]);
  await attached(page).getByText('notes.md').waitFor();
});

test('what can’t be sent is told in words before, each by its name, and the rest is attached', async () => {
  const { page } = await open();
  await choose(page, [
    file('notes.json', '{}', 'application/json'),
    file('fake.png', 'no picture at all', 'image/png'),
    file('empty.txt', ''),
    file('large.pdf', Buffer.alloc(900_000, '%PDF-1.4 ')),
    notes,
  ]);
  const alert = page.getByRole('alert');
  await alert.getByText('“notes.json” is not a type of file that models can read: PNG, JPEG,').waitFor();
  await alert.getByText('“fake.png” is not a type of file that models can read').waitFor();
  await alert.getByText('“empty.txt” is empty.').waitFor();
  await alert
    .getByText(
      /“large\.pdf” is too large: it is 900 kB, and there is room for 78\d kB\. A call can be 1 MB in all/,
    )
    .waitFor();
  expect(await attached(page).allInnerTexts()).toEqual([expect.stringContaining('notes.md')]);
  await button(page, 'Close').click();
  await alert.waitFor({ state: 'detached' });
  await eventually(async () =>
    expect(await question(page).evaluate((field) => field === document.activeElement)).toBe(true),
  );
  await choose(
    page,
    Array.from({ length: 6 }, (_, place) => file(`page-${place + 1}.txt`, 'words')),
  );
  await alert.getByText('“page-5.txt” is one too many: a conversation can have up to 5 documents').waitFor();
  expect(await attached(page).count()).toBe(5);
});

test('a photograph that is too large is sent smaller, and both the sender and the model are told of the same picture', async () => {
  const { page } = await open();
  const large = file('holiday.png', png(2400, 1800), 'image/png');
  expect(large.buffer.length).toBeGreaterThan(1_048_576);
  await choose(page, [large]);
  const chip = attached(page).getByText(/scaled down to \d+ × \d+ to fit/);
  await chip.waitFor();
  await attached(page).getByText('holiday.jpg').waitFor();
  const [, width, height] = /to (\d+) × (\d+)/.exec(await chip.innerText()) ?? [];
  const shown = attached(page).locator('img');
  await eventually(async () =>
    expect(await shown.evaluate((image: HTMLImageElement) => String(image.naturalWidth))).toBe(width),
  );
  const request = page.waitForRequest('**/chat/completions');
  await ask(page, 'Where is this?');
  expect((await request).postData()?.length).toBeLessThan(1_048_576 / 2);
  await answer(page).getByText(`An image (jpeg) of ${width} × ${height} pixels`).waitFor();
});

test('words that no longer fit beside the files are told before anything is sent', async () => {
  const { page } = await open();
  await choose(page, [file('long.txt', Buffer.alloc(780_000, 'word '))]);
  await attached(page).waitFor();
  await question(page).fill('Why? '.repeat(3000));
  await page.getByText(/\d kB over the limit of one call, including the conversation so far\./).waitFor();
  expect(await button(page, 'Send').isDisabled()).toBe(true);
  await question(page).fill('Why?');
  const request = page.waitForRequest('**/chat/completions');
  await button(page, 'Send').click();
  expect((await request).postData()?.length).toBeLessThanOrEqual(1_048_576);
  await answer(page).getByText('The document “long” (txt)').waitFor();
});

test('a model that takes no pictures is told by name; another model takes them, or the question goes without', async () => {
  const visitor = await open();
  const { page } = visitor;
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: 'nova-micro' }).click();
  await choose(page, [photo, file('cat.png', png(10, 10), 'image/png')]);
  await attached(page).nth(1).waitFor();
  visitor.expectFailure(`POST ${chatRoute}`, 400);
  await ask(page, 'What is this?');
  await page
    .getByText('‘nova-micro’ takes no images. Choose another model.')
    .or(page.getByText("'nova-micro' takes no images. Choose another model"))
    .first()
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await button(page, 'Edit').click();
  await conversation(page).getByRole('button', { name: 'Remove cat.png' }).click();
  await conversation(page).getByRole('button', { name: 'Remove photo.png' }).click();
  const editor = page.getByRole('textbox', { name: 'Your question' }).first();
  await eventually(async () =>
    expect(await editor.evaluate((field) => field === document.activeElement)).toBe(true),
  );
  await button(page, 'Cancel').click();

  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: 'nova-lite' }).click();
  await button(page, 'Try again').click();
  await answer(page).getByText('An image (png) of 10 × 10 pixels').waitFor();
});

test('a document that is not what its name says is refused in the words of the API', async () => {
  const visitor = await open();
  const { page } = visitor;
  await choose(page, [file('broken.pdf', 'This is no PDF.')]);
  visitor.expectFailure(`POST ${chatRoute}`, 400);
  await ask(page, 'What is this?');
  await button(page, 'Try again').waitFor();
  const told = page.getByText(/^The model refused this request: .*The PDF specified was not valid\.$/);
  expect(await told.isVisible()).toBe(true);
});

test('a question that was refused is told to be no part of the conversation, and the next one is answered', async () => {
  const visitor = await open();
  const { page } = visitor;
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: 'nova-micro' }).click();
  await choose(page, [photo]);
  visitor.expectFailure(`POST ${chatRoute}`, 400);
  await ask(page, 'What is this?');
  await button(page, 'Try again').waitFor();
  const request = page.waitForRequest('**/chat/completions');
  await ask(page, 'Then tell me a word.');
  expect((await request).postDataJSON().messages).toEqual([
    { role: 'user', content: 'Then tell me a word.' },
  ]);
  await page.getByText('Refused, so this question is left out of later calls.').waitFor();
  await answer(page).getByText('The conversation so far: 1 message').waitFor();
});

test('the code of the call reads the files where it runs, and makes the same call', async () => {
  const { page } = await open();
  await choose(page, [file('holiday.png', png(2400, 1800), 'image/png'), notes]);
  await attached(page).nth(1).waitFor();
  await ask(page, 'What are these?');
  await answer(page).getByText('Total').waitFor();
  const told =
    (await answer(page).innerText()).match(/An image \(jpeg\) of .* pixels, [\d,]+ bytes/)?.[0] ?? '-';
  await button(page, 'Get code').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'Node' }).click();
  await copyBy(page, () => dialog.getByRole('button', { name: 'Copy Node' }).click());
  expect(await accessibilityFaults(page)).toEqual([]);

  const folder = mkdtempSync(join(tmpdir(), 'pasted-'));
  for (const name of ['holiday.jpg', 'notes.md']) {
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: `Save ${name}` }).click();
    await (await download).saveAs(join(folder, name));
  }
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code.length).toBeLessThan(2000);
  // Keys are shown only once, so the code has a place for one.
  expect(code).toContain('YOUR_KEY');
  writeFileSync(join(folder, 'call.mjs'), code.replace('YOUR_KEY', key()));
  symlinkSync(resolve(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  const { stdout } = await promisify(execFile)(process.execPath, ['call.mjs'], { cwd: folder });
  rmSync(folder, { recursive: true });
  expect(stdout).toContain(told);
  expect(stdout).toContain('The document “notes” (md), 7 words');
});

test('a name that is code is shown letter by letter, in the thread and in the code of the call', async () => {
  const { page } = await open();
  const name = '<img src=x onerror=scriptRan()>\'"`$(id).png';
  await drag(page, 'drop', [file(name, photo.buffer)]);
  await attached(page).getByText(name).waitFor();
  await ask(page, 'What is this?');
  await conversation(page).getByText(name).waitFor();
  await answer(page).getByText('Total').waitFor();
  await button(page, 'Get code').click();
  await page.getByRole('dialog').getByText('scriptRan').first().waitFor();
});

test.each([
  ['on a phone', phone, 44],
  ['at 200 % zoom', zoomed, 24],
])('%s all of it is in reach, and nothing has to be scrolled sideways', async (_, viewport, leastPixels) => {
  const { page } = await open(viewport);
  const long = file(`${'a-very-long-name-'.repeat(8)}.png`, png(300, 20), 'image/png');
  await choose(page, [long, notes, report, photo, file('wrong.json', '{}')]);
  await page.getByRole('alert').waitFor();
  await attached(page).nth(3).waitFor();
  const isNarrow = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(await isNarrow()).toBe(true);
  expect(await accessibilityFaults(page)).toEqual([]);
  await expectInSight(page, button(page, 'Close'));
  await expectInSight(page, question(page));
  const size = await button(page, 'Remove notes.md').boundingBox();
  expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(leastPixels);
  await ask(page, 'What are these?');
  await answer(page).getByText('Total').waitFor();
  expect(await isNarrow()).toBe(true);
});

test('a reload that would lose files is asked about, and afterwards tells what is gone; nothing of it was stored', async () => {
  const { page } = await open();
  const isHeldBack = () =>
    page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  expect(await isHeldBack()).toBe(false);
  await choose(page, [photo]);
  await attached(page).waitFor();
  expect(await isHeldBack()).toBe(true);
  await ask(page, 'What is this?');
  await answer(page).getByText('Total').waitFor();
  expect(await isHeldBack()).toBe(true);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await answerYes(page);
  await page.reload();
  const told = 'Conversations, their attachments and pasted keys are kept only in this tab’s memory.';
  await page.getByText(told).waitFor();
  await page.getByText('Ask a model something').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

/** Whether it can be brought into the window whole, whatever else is held there. */
async function expectInSight(page: Page, element: Locator): Promise<void> {
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
}

/** To the browser's question whether to leave, before it is put. */
async function answerYes(page: Page): Promise<void> {
  await page.evaluate(() => {
    Event.prototype.preventDefault = () => {};
  });
}
