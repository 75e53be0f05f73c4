import { addPerson, createKey, newEmail, newPassword } from './client.ts';
import { runBlock, runPage } from './run-page.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

/** The commands of docs/guide, as its readers run them. */
let runtime: RunningRuntime;
let key: string;
beforeAll(async () => {
  runtime = await sharedRuntime();
  const { token } = await addPerson(runtime);
  ({ key } = await createKey(runtime, token));
});

const run = (page: string) => runPage(runtime.edge, `guide/${page}`, undefined, { KEY: key });

test('quickstart.md: a whole answer, and one that streams', async () => {
  const [, whole, streamed] = await run('quickstart.md');
  expect(JSON.parse(whole ?? '')).toMatchObject({ object: 'chat.completion', model: 'nova-lite' });
  expect(streamed).toMatch(/^data: \{.*data: \[DONE\]$/s);
});

test('streaming.md: the last chunk has the tokens', async () => {
  const [streamed] = await run('streaming.md');
  expect(streamed).toMatch(/"usage":\{"prompt_tokens":\d+.*data: \[DONE\]$/s);
});

test('limits.md and models.md: what is left of the key, and the models', async () => {
  const [standing] = await run('limits.md');
  expect(JSON.parse(standing ?? '')).toMatchObject({ plan: '10-per-day' });
  const [models] = await run('models.md');
  expect(JSON.parse(models ?? '').data.length).toBeGreaterThan(3);
});

test('quick-calls.md: from signing up to a revoked key', async () => {
  const page = runPage(runtime.edge, 'quick-calls.md', undefined, {
    EMAIL: newEmail(),
    PASSWORD: newPassword(),
  });
  const [, registered, confirmed, me, keyId, whole, streamed, models, standing, usage, rotated, revoked] =
    await page;
  const read = (text: string | undefined) => JSON.parse(text ?? '');
  expect(read(registered)).toMatchObject({ status: 'confirmation_required' });
  expect(read(confirmed)).toEqual({ status: 'confirmed' });
  expect(read(me)).toMatchObject({ status: 'active' });
  expect(keyId).toMatch(/^key_/);
  expect(read(whole)).toMatchObject({ object: 'chat.completion' });
  expect(streamed).toMatch(/^data: \{.*data: \[DONE\]$/s);
  expect(read(models).data.length).toBeGreaterThan(3);
  expect(read(standing)).toMatchObject({ id: keyId, used: 2 });
  expect(read(usage).data).toMatchObject([{ keyId, requests: 2 }]);
  expect(read(rotated)).toMatchObject({ id: keyId, key: expect.stringMatching(/^dpk/) });
  expect(read(revoked)).toMatchObject({ id: keyId, status: 'revoked' });
});

test('quick-calls.md: fetch shows an answer as it is written', async () => {
  expect(await runBlock(runtime.edge, 'quick-calls.md', 'js', { DAYPASS_KEY: key })).toMatch(/\w+ \w+/);
});

test('getting-started.md: the first token of a deployment', async () => {
  const heading = '### 6. First key, first token';
  const [streamed] = await runPage(runtime.edge, 'getting-started.md', heading, { KEY: key });
  expect(streamed).toMatch(/^data: \{.*"chat\.completion\.chunk".*data: \[DONE\]$/s);
});
