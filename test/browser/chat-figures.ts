import type { Browser, Page } from 'playwright-core';
import { addPerson, createKey } from '../e2e/client.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';
import { type ConsolePage, openConsole } from './console-page.ts';
import { nextFrame } from './next-frame.ts';
import { settled } from './open-screen.ts';
import { question } from './playground-page.ts';
import { signIn } from './sign-in.ts';

const answers = 100;
const typed = 'Why is that index not used here?';

export interface ChatFigures {
  /** The slowest key in a chat of 200 messages, from the press until the next frame is shown; 0 if all are below 16. */
  typingMs: number;
  /** Of the processor for each of these keys, frames included: what other work on the machine doesn't change. */
  keyMs: number;
  /** From the click on the link until the end of the chat is shown. */
  returnMs: number;
  /** The longest that the page was busy at a time while the rest of the chat came back. */
  blockedMs: number;
  /** What is left after a garbage collection, of 1,000,000 bytes. */
  heapMegabytes: number;
  /** Of what somebody does on four screens: 98 of 100 interactions are faster; 0 if below 16. */
  interactionMs: number;
  interactions: number;
}

/** A chat of 100 questions and answers, typed into, left, and come back to. */
export async function measureChat(browser: Browser, runtime: RunningRuntime): Promise<ChatFigures> {
  const person = await addPerson(runtime);
  await createKey(runtime, person.token, { name: 'My laptop', plan: '30-per-day' });
  const visitor = await openConsole(browser, runtime.edge);
  try {
    const { page } = visitor;
    await signIn(visitor, person);
    await watchWork(page);
    await page.goto('/keys');
    await settled(page);
    await storeChat(page, userIdOf(person.token));
    await useScreens(page);
    const early = await interactionsOf(page);
    await page.goto('/playground');
    await question(page).waitFor();
    await openStoredChat(page);
    const processor = await processorOf(visitor);
    const before = await processor();
    const typingMs = await type(page);
    const keyMs = ((await processor()) - before) / typed.length;
    const { returnMs, blockedMs } = await comeBack(page);
    const heapMegabytes = await heapOf(visitor);
    const all = [...early, ...(await interactionsOf(page))].toSorted((one, other) => other - one);
    return {
      typingMs,
      keyMs,
      returnMs,
      blockedMs,
      heapMegabytes,
      interactionMs: all[Math.floor(all.length * 0.02)] ?? 0,
      interactions: all.length,
    };
  } finally {
    await visitor.context.close();
  }
}

const userIdOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub;

/** As the console keeps chats in the browser: with headings, lists, tables and code, as models answer. */
async function storeChat(page: Page, userId: string): Promise<void> {
  await page.evaluate(
    async ([user, count]) => {
      const text = [
        '## Indexes\n\nAn index is a **sorted copy** of some columns, with a pointer to each row. It trades space and slower',
        'writes for faster reads.\n\n- It is kept in a B-tree.\n- It serves `=`, `<` and `BETWEEN`.\n- It is of no use for',
        "`LIKE '%x'`.\n\n| query | without | with |\n|---|---|---|\n| one row | 120 ms | 0.2 ms |\n| range | 140 ms | 3 ms |\n\n",
        '```sql\nCREATE INDEX orders_by_day ON orders (day);\nSELECT * FROM orders WHERE day = 3;\n```\n',
      ].join(' ');
      const turns = Array.from({ length: count }, (_, at) => ({
        id: `turn-${at}`,
        question: { text: `Question ${at}: why does a database have an index?`, attachments: [] },
        answer: {
          id: `answer-${at}`,
          phase: 'done',
          askedModel: 'nova-lite',
          model: 'nova-lite',
          text,
          reasoning: '',
          refusal: '',
          toolCalls: [],
          finishReason: 'stop',
          tokens: { input: 20, output: 120, cached: 0, reasoning: 0 },
          cost: 0.0001,
          error: undefined,
          sentAt: 0,
          firstAt: 300,
          lastAt: 900,
          endedAt: 900,
        },
      }));
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('daypass-chats', 1);
        opening.onupgradeneeded = () =>
          opening.result
            .createObjectStore('chats', { keyPath: ['userId', 'id'] })
            .createIndex('userId', 'userId');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const chat = { id: 'long', name: 'Long chat', turns, askedAt: 0 };
      const store = database.transaction('chats', 'readwrite').objectStore('chats');
      const put = store.put({ userId: user, id: 'long', form: 1, chat });
      await new Promise((resolve, reject) => {
        put.onsuccess = resolve;
        put.onerror = reject;
      });
      database.close();
      localStorage.setItem(`daypass-keep-chats:${user}`, 'yes');
    },
    [userId, answers] as const,
  );
}

async function openStoredChat(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Chats', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Chats' });
  await dialog.getByText('Long chat').click();
  await dialog.waitFor({ state: 'detached' });
  await allThere(page);
}

const allThere = (page: Page): Promise<unknown> =>
  page.waitForFunction((count) => document.querySelectorAll('article').length === count, answers);

/** Each interaction's time until the next frame, and how long the page was busy at a time. */
async function watchWork(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const work = { done: 0, events: new Map<number, number>(), keys: [] as number[], tasks: [] as number[] };
    Object.assign(window, { work });
    const count = ({ isTrusted }: Event) => {
      if (isTrusted) work.done += 1;
    };
    for (const event of ['keydown', 'click']) window.addEventListener(event, count, { capture: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
        if (entry.interactionId === 0) continue;
        work.events.set(
          entry.interactionId,
          Math.max(entry.duration, work.events.get(entry.interactionId) ?? 0),
        );
        if (entry.name.startsWith('key')) work.keys.push(entry.duration);
      }
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) work.tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
}

interface Work {
  /** Interactions, the quick ones too. */
  done: number;
  events: Map<number, number>;
  keys: number[];
  tasks: number[];
}

/** Those below 16 ms, which the browser doesn't report, as 0. */
const interactionsOf = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const { work } = window as unknown as { work: Work };
    const quick = Math.max(0, work.done - work.events.size);
    return [...work.events.values(), ...Array.from({ length: quick }, () => 0)];
  });

/** What somebody does who looks around, by mouse and keyboard. */
async function useScreens(page: Page): Promise<void> {
  const press = async (key: string) => {
    await page.keyboard.press(key);
    await nextFrame(page);
  };
  await press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Search everything' });
  await palette.waitFor();
  for (const key of [...'usage', 'ArrowDown', 'ArrowUp', 'Escape']) await press(key);
  if (await palette.isVisible()) await press('Escape');
  await palette.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem').first().waitFor();
  for (const key of ['ArrowDown', 'ArrowDown', 'Escape']) await press(key);
  await page.getByRole('menu').waitFor({ state: 'detached' });
  const links = page.getByRole('navigation', { name: 'Console' });
  for (const name of ['Usage', 'Activity', 'Settings', 'Models', 'API keys']) {
    await links.getByRole('link', { name, exact: true }).click();
    await settled(page);
    for (let time = 0; time < 5; time += 1) await press('Tab');
  }
}

async function type(page: Page): Promise<number> {
  await question(page).focus();
  await nextFrame(page);
  await page.evaluate(() => {
    (window as unknown as { work: Work }).work.keys.length = 0;
  });
  for (const key of typed) {
    await page.keyboard.press(key);
    await nextFrame(page);
  }
  await nextFrame(page);
  return page.evaluate(() => Math.max(0, ...(window as unknown as { work: Work }).work.keys));
}

async function comeBack(page: Page): Promise<Pick<ChatFigures, 'returnMs' | 'blockedMs'>> {
  const links = page.getByRole('navigation', { name: 'Console' });
  await links.getByRole('link', { name: 'API keys', exact: true }).click();
  await settled(page);
  const returnMs = await page.evaluate(async () => {
    const link = document.querySelector<HTMLAnchorElement>('nav a[href="/playground"]');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    (window as unknown as { work: Work }).work.tasks.length = 0;
    const begun = performance.now();
    link?.click();
    while (document.querySelector('article') === null) await frame();
    await frame();
    await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - begun;
  });
  await allThere(page);
  await nextFrame(page);
  const blockedMs = await page.evaluate(() =>
    Math.max(0, ...(window as unknown as { work: Work }).work.tasks),
  );
  return { returnMs, blockedMs };
}

/** @returns what tells the milliseconds that the page has computed for */
async function processorOf({ page, context }: ConsolePage): Promise<() => Promise<number>> {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
}

async function heapOf({ page, context }: ConsolePage): Promise<number> {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
