import type { Page, Request } from 'playwright-core';
import { addPerson, createKey } from '../e2e/client.ts';
import { scripted } from '../e2e/scripted.ts';
import { accessibilityFaults } from './accessibility.ts';
import { eventually } from './eventually.ts';
import { answer, ask, button, openPlayground, question, readyToSend } from './playground-page.ts';
import { playgroundUnderTest } from './playground-under-test.ts';
import { phone } from './viewports.ts';

const { site, open } = playgroundUnderTest();
const menu = (page: Page) => page.getByRole('combobox', { name: 'Model', exact: true });
const search = (page: Page) => page.getByRole('combobox', { name: /^Search by/ });
const body = (request: Request) => request.postDataJSON();

test('the menu of models is searched and used by keys, and offers no model that can’t chat', async () => {
  const { page } = await open();
  await menu(page).focus();
  await page.keyboard.press('Enter');
  await search(page).waitFor();
  await page.getByRole('option', { name: 'nova-lite' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const facts = await page.getByRole('option', { name: 'nova-lite' }).innerText();
  expect(facts).toMatch(/Amazon[\s\S]*300K context, 5K out\s+\$0\.06 in, \$0\.24 out[\s\S]*Images/);
  await page.keyboard.type('embed');
  await page.getByText('No model fits that.').waitFor();
  await search(page).fill('claude reasoning');
  await eventually(async () => {
    const names = await page.getByRole('option').allInnerTexts();
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !name.startsWith('claude'))).toEqual([]);
  });
  await search(page).fill('haiku-4-5');
  await eventually(async () => expect(await page.getByRole('option').count()).toBe(1));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await menu(page).filter({ hasText: 'claude-haiku-4-5' }).waitFor();
  await search(page).waitFor({ state: 'detached' });
});

test('a link to the playground may name the model', async () => {
  const { page } = await open();
  await page.goto('/playground?model=nova-pro');
  await menu(page).filter({ hasText: 'nova-pro' }).waitFor();
  await eventually(async () => expect(new URL(page.url()).search).toBe(''));
});

test('on a phone the menu lies at the bottom of the screen', async () => {
  const { page } = await open(phone);
  await button(page, 'Settings').click();
  await menu(page).click();
  await page.getByRole('option', { name: 'nova-lite' }).waitFor();
  await eventually(async () => {
    const box = await page.getByRole('dialog', { name: 'Choose a model' }).boundingBox();
    const { width = 0, height = 0 } = page.viewportSize() ?? {};
    expect(Math.round(box?.width ?? 0)).toBe(width);
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(height);
  });
});

test('every setting goes with the call and into its code; what a model doesn’t take is disabled, with the reason', async () => {
  const { page } = await open();
  await button(page, 'More settings effort, JSON, tools …').click();
  await page.getByLabel('Top P').fill('0.9');
  await page.getByLabel('Stop sequences').fill('END\nSTOP');
  const schema = page.getByLabel('JSON schema of the answer');
  await schema.fill('{"type":');
  await page.getByText(/^Not valid JSON yet/).waitFor();
  await schema.fill('{"type":"object","additionalProperties":false}');
  await page.getByText(/^Not valid JSON yet/).waitFor({ state: 'detached' });
  await page.getByText('nova-lite doesn’t reason.').waitFor();
  const request = page.waitForRequest('**/chat/completions');
  await ask(page, 'Give me JSON.');
  const format = {
    type: 'json_schema',
    json_schema: { schema: { type: 'object', additionalProperties: false } },
  };
  expect(body(await request)).toMatchObject({
    top_p: 0.9,
    stop: ['END', 'STOP'],
    response_format: format,
  });
  await answer(page).getByText('Total').waitFor();
  await button(page, 'Get code').click();
  await page.getByRole('tab', { name: 'Python' }).click();
  await page.getByText('"additionalProperties": False').first().waitFor();
  await page.keyboard.press('Escape');

  await menu(page).click();
  await page.getByRole('option', { name: 'gpt-oss-20b' }).click();
  await page.getByText('gpt-oss-20b takes no stop sequences.').waitFor();
  expect(await page.getByLabel('Stop sequences').isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'Reasoning effort' }).click();
  await page.getByRole('option', { name: 'low' }).click();
  const next = page.waitForRequest('**/chat/completions');
  await ask(page, 'And now?');
  const sent = body(await next);
  expect(sent).toMatchObject({ model: 'gpt-oss-20b', reasoning_effort: 'low' });
  expect(sent).not.toHaveProperty('stop');
});

test('a tool that the model calls gets its result from the user, and the chat goes on', async () => {
  const { page } = await open();
  await button(page, 'More settings effort, JSON, tools …').click();
  const tool = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } };
  await page.getByLabel('Tools, as JSON').fill(JSON.stringify([tool]));
  await ask(page, scripted([{ toolUse: 'get_weather', input: { city: 'Rome' }, id: 'call_1' }]));
  const result = page.getByLabel('Result of get_weather');
  await result.waitFor();
  expect(await button(page, 'Send results').isDisabled()).toBe(true);
  expect(await accessibilityFaults(page)).toEqual([]);
  await result.fill('{"celsius":21}');
  const request = page.waitForRequest('**/chat/completions');
  await button(page, 'Send results').click();
  const { messages } = body(await request);
  const [call] = messages.at(-2).tool_calls;
  expect(call).toMatchObject({ type: 'function', function: { name: 'get_weather' } });
  expect(messages.at(-1)).toEqual({ role: 'tool', tool_call_id: call.id, content: '{"celsius":21}' });
  await answer(page).getByText('Total').waitFor();
  expect(await page.getByRole('article').count()).toBe(2);
});

test('a system prompt is taken from a preset, and one of the user’s own is kept in the browser', async () => {
  const { page } = await open();
  await button(page, 'Presets').click();
  const dialog = page.getByRole('dialog', { name: 'System prompts' });
  await dialog.getByRole('button', { name: /^Code reviewer/ }).click();
  await dialog.waitFor({ state: 'detached' });
  const prompt = page.getByLabel('System prompt');
  expect(await prompt.inputValue()).toMatch(/^You review code/);
  await prompt.fill('Speak like a pirate.');
  await button(page, 'Presets').click();
  await dialog.getByLabel('Save the present prompt as').fill('Pirate');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: /^Pirate/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.reload();
  await question(page).waitFor();
  await button(page, 'Presets').click();
  await dialog.getByRole('button', { name: /^Pirate/ }).click();
  await eventually(async () => expect(await prompt.inputValue()).toBe('Speak like a pirate.'));
  await button(page, 'Presets').click();
  await dialog.getByRole('button', { name: 'Delete Pirate' }).click();
  await dialog.getByRole('button', { name: /^Pirate/ }).waitFor({ state: 'detached' });
});

test('no comparison is begun before it is known which models there are and which of them the key may call', async () => {
  const owner = await addPerson(site.runtime());
  await createKey(site.runtime(), owner.token, { name: 'Two alone', models: ['nova-lite', 'nova-pro'] });
  const visitor = await site.openAlone();
  const { page } = visitor;
  const held = { models: Promise.withResolvers<void>(), key: Promise.withResolvers<void>() };
  await page.route('**/v1/models', async (route) => {
    await held.models.promise;
    await route.continue();
  });
  await page.route('**/v1/api-keys/*', async (route) => {
    await held.key.promise;
    await route.continue();
  });
  await openPlayground(visitor, owner);
  await page.getByText('Loading the models…').first().waitFor();
  expect(await button(page, 'Compare').isDisabled()).toBe(true);
  held.models.resolve();
  await question(page).fill('Who are you?');
  await readyToSend(page);
  expect(await button(page, 'Compare').isDisabled()).toBe(true);
  held.key.resolve();
  await button(page, 'Compare').click();
  const second = page.getByRole('region', { name: 'Second model' });
  await page.getByText('Each question is two requests: one to nova-lite, one to nova-pro.').waitFor();
  await second.getByRole('combobox', { name: 'Second model' }).filter({ hasText: 'nova-pro' }).waitFor();
});

test('two models answer the same question side by side, with two requests, which is said before', async () => {
  const { page } = await open();
  await button(page, 'Compare').click();
  const second = page.getByRole('region', { name: 'Second model' });
  await second.getByRole('combobox', { name: 'Second model' }).click();
  await page.getByRole('option', { name: 'nova-pro' }).click();
  await page.getByText('Each question is two requests: one to nova-lite, one to nova-pro.').waitFor();
  const models: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/chat/completions')) models.push(body(request).model);
  });
  await ask(page, 'Who are you?');
  await second.getByText('Total').waitFor();
  await eventually(async () => expect(await page.getByRole('article').count()).toBe(2));
  expect(models.toSorted()).toEqual(['nova-lite', 'nova-pro']);
  // States are looked at on a phone, where the columns stand one below the other.
  expect(await accessibilityFaults(page)).toEqual([]);
  const tops = await page
    .getByRole('article')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect(Math.abs((tops[0] ?? 0) - (tops[1] ?? 1000))).toBeLessThan(200);
  await button(page, 'End comparison').click();
  await eventually(async () => expect(await page.getByRole('article').count()).toBe(1));
});
