import { addPerson, call, chatBody, createKey } from './client.ts';
import { type OtherAssembly, synthesizeWith } from './other-assembly.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

const beyondKeys = `
limits:
  perUser: { requestsPerDay: 4, spendPerMonth: 1 }
`;
let other: OtherAssembly;
let runtime: RunningRuntime;

beforeAll(async () => {
  const ceiling = '\n  spendPerDay: 100\n  requestsPerDay: 6\n  shards: 2\n';
  other = synthesizeWith((shown) => shown.replace(/\n {2}spendPerDay: .+\n/, ceiling) + beyondKeys);
  runtime = await startRuntime({ assembly: other.assembly });
}, 240_000);

afterAll(async () => {
  await runtime?.stop();
  other?.remove();
});

async function chatAtOnce(keys: string[], calls: number) {
  const answers = keys.flatMap((key) =>
    Array.from({ length: calls }, () =>
      call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() }),
    ),
  );
  return Promise.all(answers);
}

test('a user’s limit holds over all their keys, and then the deployment’s ceiling over all users', async () => {
  const [ada, grace] = [await addPerson(runtime), await addPerson(runtime)];
  const me = await call(runtime.edge, '/v1/me', { token: ada.token });
  expect(me.body.limits.allKeys).toEqual({
    requestsPerDay: 4,
    requestsPerHour: null,
    requestsPerMinute: null,
    requestsPerWeek: null,
    requestsPerMonth: null,
  });
  const adasKeys = [
    (await createKey(runtime, ada.token)).key,
    (await createKey(runtime, ada.token, { plan: '20-per-day' })).key,
  ];
  const adas = await chatAtOnce(adasKeys, 8);
  expect(adas.filter(({ status }) => status === 200)).toHaveLength(4);
  const refused = adas.filter(({ status }) => status !== 200);
  expect(new Set(refused.map(({ body }) => body.error.code))).toEqual(new Set(['quota_exceeded']));
  expect(refused[0]?.body.error.message).toContain('Your keys have together used all 4');

  const served = adas.find(({ status }) => status === 200);
  expect(served?.headers.get('x-ratelimit-limit-dollars')).toBe('1');
  expect(served?.headers.get('x-daypass-spend-warning')).toBeNull();
  const [month] = (await call(runtime.edge, '/v1/me', { token: ada.token })).body.limits.spend;
  expect(month).toMatchObject({ window: 'month', limit: 1 });
  expect(month.used).toBeGreaterThan(0);
  expect(month.used + month.remaining).toBeCloseTo(1, 9);

  const graces = await chatAtOnce([(await createKey(runtime, grace.token)).key], 8);
  expect(graces.filter(({ status }) => status === 200)).toHaveLength(2);
  const atCeiling = graces.filter(({ status }) => status !== 200);
  expect(new Set(atCeiling.map(({ body }) => body.error.code))).toEqual(new Set(['ceiling_reached']));
  expect(atCeiling[0]?.headers.get('x-should-retry')).toBe('false');

  const used = async (key: string) => (await call(runtime.edge, '/v1/api-key', { key })).body.used;
  const [one = '', two = ''] = adasKeys;
  expect((await used(one)) + (await used(two))).toBe(4);
});
