import type { Page } from 'playwright-core';
import { accessibilityFaults } from './accessibility.ts';
import { answer, ask, button } from './playground-page.ts';
import { playgroundUnderTest } from './playground-under-test.ts';

const { open } = playgroundUnderTest();

/** What the model does, step by step (docs/local-runtime.md, “Scripts”). */
const asks = (page: Page, steps: object[]) => ask(page, `[[daypass: ${JSON.stringify(steps)}]]`);

test('what a model thinks is folded while it thinks and afterwards, and can be read by keyboard', async () => {
  const { page } = await open();
  await asks(page, [{ reasoning: 'Tulips come in spring.' }, { wait: 3000 }, { text: 'In April.' }]);
  const thinking = answer(page).getByRole('button', { name: 'Thinking' });
  await thinking.waitFor();
  expect(await thinking.getAttribute('aria-expanded')).toBe('false');
  expect(await answer(page).getByText('Tulips come in spring.').isVisible()).toBe(false);
  expect(await accessibilityFaults(page)).toEqual([]);
  await answer(page).getByText('In April.').waitFor();
  await answer(page).getByText('Total').waitFor();
  const thought = answer(page).getByRole('button', { name: 'Thought' });
  expect(await thought.getAttribute('aria-expanded')).toBe('false');
  await thought.press('Enter');
  await answer(page).getByText('Tulips come in spring.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await answer(page).locator('dl').innerText()).toMatch(/out\s*[\d,]+ \([\d,]+ reasoning\)/);
});

test('thought is not sent back with the next question, and an opened one stays open', async () => {
  const { page } = await open();
  await asks(page, [{ reasoning: 'Secret thought.' }, { text: 'Yes.' }]);
  await answer(page).getByText('Total').waitFor();
  await answer(page).getByRole('button', { name: 'Thought' }).click();
  const request = page.waitForRequest('**/chat/completions');
  await ask(page, 'And now?');
  expect((await request).postDataJSON().messages[1]).toEqual({ role: 'assistant', content: 'Yes.' });
  await answer(page).getByText('Total').waitFor();
  expect(await page.getByText('Secret thought.', { exact: true }).isVisible()).toBe(true);
});

test('tool calls are shown by name with what they are called with, each for itself', async () => {
  const { page } = await open();
  await asks(page, [
    { text: 'Let me look.' },
    { toolUse: 'weather', input: { city: 'Rome', note: '<img src=x onerror=scriptRan()>' } },
    { toolUse: 'time', input: {} },
  ]);
  await answer(page).getByText('Tool call: weather').waitFor();
  await answer(page).getByText('Tool call: time').waitFor();
  await answer(page).getByText('Total').waitFor();
  const call = answer(page).locator('pre').first();
  expect(JSON.parse(await call.innerText())).toEqual({
    city: 'Rome',
    note: '<img src=x onerror=scriptRan()>',
  });
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('where a fallback answers, it is named beside the one that was asked for', async () => {
  const { page } = await open();
  const response = page.waitForResponse('**/chat/completions');
  await asks(page, [{ fail: 'ThrottlingException', onlyFor: 'nova-lite' }, { text: 'In its place.' }]);
  await answer(page).getByText('In its place.').waitFor();
  const heading = answer(page).getByRole('heading', { level: 2 });
  expect((await heading.innerText()).replace(/\s+/g, ' ')).toBe('nova-micro instead of nova-lite');
  expect((await response).headers()['x-daypass-model']).toBe('nova-micro');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test.each([
  ['max_tokens', 'Cut off at the token limit'],
  ['content_filtered', 'Blocked by a filter'],
])('an answer that ends with %s says so', async (stop, note) => {
  const { page } = await open();
  await asks(page, [{ text: 'So far' }, { stop }]);
  await answer(page).getByText(note).waitFor();
  expect(await answer(page).innerText()).toContain('So far');
});

test('an answer without a word is told as that', async () => {
  const { page } = await open();
  await asks(page, [{ stop: 'end_turn' }]);
  await answer(page).getByText('The model’s answer was empty.').waitFor();
  await button(page, 'Regenerate').waitFor();
});
