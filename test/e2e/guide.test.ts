import { addPerson, createKey } from './client.ts';
import { runPage } from './run-page.ts';
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
