import { addPerson } from './client.ts';
import { runPage } from './run-page.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

/** docs/migration.md; the sections that need other providers are run by upstreams.test.ts. */
let runtime: RunningRuntime;
beforeAll(async () => {
  runtime = await sharedRuntime();
});

const run = (heading: string, variables?: Record<string, string>) =>
  runPage(runtime.edge, 'migration.md', heading, variables);
const json = (text: string | undefined) => JSON.parse(text ?? '');

test('AI Worker API: from the sign-up to a revoked key', async () => {
  const [signUp, keys, chat, revoked] = await run('## AI Worker API');
  expect(signUp).toContain('confirmation_required');
  expect(json(keys).data).toMatchObject([{ name: 'worker', plan: '10-per-day' }]);
  expect(chat).toMatch(/^HTTP\/1.1 200/);
  expect(chat).toContain('access-control-allow-origin: *');
  expect(chat).toContain('"object":"chat.completion"');
  expect(revoked).toContain('"status":"revoked"');
  expect(revoked).toContain('invalid_api_key');
});

test('Vulture Prime’s demo: plans, one key on a plan, a streamed chat, and the eleventh call', async () => {
  const { token } = await addPerson(runtime);
  const [plans, second, chat, spent] = await run('## Vulture Prime’s demo', { TOKEN: token });
  expect(json(plans).data.map(({ name }: { name: string }) => name)).toContain('10-per-day');
  expect(json(second).error.code).toBe('key_exists');
  expect(chat).toContain('invalid_api_key');
  expect(chat).toMatch(/data: \[DONE\]$/);
  expect(spent).toMatch(/^(200 ){9}429 /);
  expect(spent).toContain('quota_exceeded');
});

test('crypt-api-worker: written, read once, gone', async () => {
  const [, read, again] = await run('## crypt-api-worker');
  expect(json(read)).toEqual({ message: 'This is a secret message' });
  expect(json(again)).toMatchObject({ error: { code: 'not_found' } });
});
