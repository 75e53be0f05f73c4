import { addPerson, call, chatBody, createKey, newEmail, type Person, signUp } from './client.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

/** Whatever somebody does with their keys or their account, ten a day are ten a day. */
let runtime: RunningRuntime;

beforeAll(async () => {
  runtime = await startRuntime();
});
afterAll(() => runtime.stop());

const chat = (key: string) => call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() });

/** @returns how many of so many calls were served */
async function served(key: string, calls: number): Promise<number> {
  let good = 0;
  for (let at = 0; at < calls; at += 1) if ((await chat(key)).status === 200) good += 1;
  return good;
}

async function standingOf(key: string) {
  const { used, remaining } = (await call(runtime.edge, '/v1/api-key', { key })).body;
  return { used, remaining };
}

const onKey = (person: Person, id: string, method: string, body?: unknown) =>
  call(runtime.edge, `/v1/api-keys/${id}`, {
    method,
    token: person.token,
    ...(body !== undefined && { body }),
  });

test('a key made after another was revoked goes on where that one was, and says so at once', async () => {
  const person = await addPerson(runtime);
  const first = await createKey(runtime, person.token);
  expect(await served(first.key, 7)).toBe(7);
  expect((await onKey(person, first.id, 'DELETE')).body).toMatchObject({ used: 7, remaining: 0 });
  const second = await createKey(runtime, person.token);
  expect(second).toMatchObject({ used: 7, remaining: 3 });
  expect(await standingOf(second.key)).toEqual({ used: 7, remaining: 3 });
  expect(await served(second.key, 5)).toBe(3);
});

/** Moves the runtime's clock to a time that is to come. */
const goTo = (time: number | 'now') =>
  fetch(`${runtime.edge}/_local/clock`, {
    method: 'POST',
    body: JSON.stringify({ offsetSeconds: time === 'now' ? 0 : Math.round((time - Date.now()) / 1000) }),
  });

test('a week ends on Monday and a month on the first, whatever becomes of the key in between', async () => {
  const today = new Date();
  const first = (months: number) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months);
  const day = 86_400_000;
  const soon = 60_000;
  // A Monday in the middle of the next month.
  const monday = first(1) + (7 + ((8 - new Date(first(1)).getUTCDay()) % 7)) * day;
  const limits = { requestsPerWeek: 3, requestsPerMonth: 4 };
  try {
    await goTo(monday - 4 * day);
    const person = await addPerson(runtime);
    const before = await createKey(runtime, person.token, { limits });
    expect(await served(before.key, 2)).toBe(2);
    await onKey(person, before.id, 'DELETE');
    const key = await createKey(runtime, person.token, { limits });
    expect(await served(key.key, 2)).toBe(1);
    const full = await chat(key.key);
    expect(full.body.error).toMatchObject({
      code: 'quota_exceeded',
      message: expect.stringContaining(`The next week begins at ${new Date(monday).toISOString()}`),
    });
    const seconds = Number(full.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3.9 * 86_400);
    expect(seconds).toBeLessThanOrEqual(4 * 86_400);
    await goTo(monday + soon);
    expect(await served(key.key, 2)).toBe(1);
    expect((await chat(key.key)).body.error.message).toContain(
      `The next month begins at ${new Date(first(2)).toISOString()}`,
    );
    const { windows } = (await call(runtime.edge, '/v1/api-key', { key: key.key })).body;
    expect(windows).toContainEqual(expect.objectContaining({ window: 'month', used: 4, remaining: 0 }));
    await goTo(first(2) + soon);
    expect(await served(key.key, 2)).toBe(2);
  } finally {
    await goTo('now');
  }
});

test('keys of a minute’s life give no more than the plan together', async () => {
  const person = await addPerson(runtime);
  const clock = (offsetSeconds: number) =>
    fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
  let good = 0;
  try {
    for (let key = 0; key < 3; key += 1) {
      const made = await createKey(runtime, person.token, { expiresIn: '1m' });
      good += await served(made.key, 6);
      await clock((key + 1) * 61);
    }
  } finally {
    await clock(0);
  }
  expect(good).toBe(10);
});

test('rotating, and moving away and back, leave the day as it is', async () => {
  const person = await addPerson(runtime);
  const first = await createKey(runtime, person.token);
  expect(await served(first.key, 6)).toBe(6);
  const rotated = await call(runtime.edge, `/v1/api-keys/${first.id}/rotate`, {
    token: person.token,
    body: { graceSeconds: 60 },
  });
  expect(await served(rotated.body.key, 2)).toBe(2);
  expect((await onKey(person, first.id, 'PATCH', { plan: '20-per-day' })).body).toMatchObject({ used: 8 });
  // What was used stays with the place left behind, for whichever key comes there next.
  const other = await createKey(runtime, person.token);
  expect(other).toMatchObject({ used: 8, remaining: 2 });
  expect(await served(other.key, 4)).toBe(2);
  await onKey(person, other.id, 'DELETE');
  expect((await onKey(person, first.id, 'PATCH', { plan: '10-per-day' })).body).toMatchObject({
    used: 10,
    remaining: 0,
  });
  expect(await served(first.key, 2)).toBe(0);
});

test('who deletes the account and signs up again, in another spelling, finds the same day', async () => {
  const email = newEmail();
  const before = await signUp(runtime, email);
  const key = await createKey(runtime, before.token);
  expect(await served(key.key, 8)).toBe(8);
  expect((await call(runtime.edge, '/v1/me', { method: 'DELETE', token: before.token })).status).toBe(200);
  const after = await signUp(runtime, email.toUpperCase());
  const again = await createKey(runtime, after.token);
  expect(again).toMatchObject({ used: 8, remaining: 2 });
  expect(await served(again.key, 4)).toBe(2);
});
