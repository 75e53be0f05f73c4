import { call, chatBody, createKey, newEmail, type Person, signUp } from '../e2e/client.ts';
import { moveClock } from '../e2e/local-switches.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';

const secondsPerDay = 86_400;

/** Chats of each key on each day, the last one today; above the plan's number they are refused. */
const keys = [
  { name: 'Support assistant', plan: '30-per-day', model: 'nova-pro', chats: [9, 13, 14, 12, 4, 5, 8] },
  { name: 'My laptop', plan: '10-per-day', model: 'nova-lite', chats: [3, 5, 12, 8, 0, 2, 8] },
  { name: 'Nightly report', plan: '20-per-day', model: 'nova-micro', chats: [5, 6, 5, 7, 5, 6, 5] },
];

/** Somebody who has had keys for a week and used them; the clock ends where it really is. */
export async function personWithHistory(runtime: RunningRuntime, email = newEmail()): Promise<Person> {
  const daysAgo = keys[0]?.chats.map((_, day, { length }) => length - 1 - day) ?? [];
  try {
    await moveClock(runtime, -secondsPerDay * (daysAgo[0] ?? 0));
    const person = await signUp(runtime, email);
    const made = [];
    for (const { name, plan, ...use } of keys)
      made.push({ ...use, ...(await createKey(runtime, person.token, { name, plan })) });
    for (const [day, ago] of daysAgo.entries()) {
      await moveClock(runtime, -secondsPerDay * ago);
      await Promise.all(made.map(({ key, model, chats }) => chat(runtime, key, model, chats[day] ?? 0, day)));
    }
    return person;
  } finally {
    await moveClock(runtime, 0);
  }
}

async function chat(
  runtime: RunningRuntime,
  key: string,
  model: string,
  times: number,
  day: number,
): Promise<void> {
  const messages = [{ role: 'user', content: 'Summarise the tickets of this morning. '.repeat(5 + day) }];
  for (let count = 0; count < times; count += 1) {
    await call(runtime.edge, '/v1/chat/completions', {
      key,
      body: chatBody({ model, messages, max_tokens: 10 + 4 * ((count + day) % 7) }),
    });
  }
}
