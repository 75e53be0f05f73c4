import type { Page } from 'playwright-core';
import { addPerson, call, chatBody, createKey, type Person } from '../e2e/client.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';
import type { ConsolePage } from './console-page.ts';
import { signIn } from './sign-in.ts';

/** What a screen is opened on. */
export interface Stage {
  runtime: RunningRuntime;
  setFaults(faults: Record<string, unknown>[]): Promise<void>;
  newcomer: Person;
  regular: Person;
  /** Shared, so nothing may change their account or end their sessions. */
  admin: Person;
  /** Of the one key that owners have. */
  keyName: string;
}

/** Whoever a screen was opened as. */
export interface Visit {
  person: Person;
  /** Of the owner's key. */
  keyId: string;
}

export interface Screen {
  /** Of its pictures and tests. */
  name: string;
  /** `:id` is the owner's key. A function where something has to be made first, so that no other screen is loaded before. */
  path: string | ((stage: Stage & Visit, visitor: ConsolePage) => Promise<string>);
  /**
   * Nobody is logged in, somebody new with nothing yet, somebody with keys and a week of use, an admin, or an owner of one key
   * on 10-per-day, who is there for this once and may be changed.
   */
  as: 'nobody' | 'newcomer' | 'regular' | 'admin' | 'owner';
  /** Before it is opened. */
  arrange?(visitor: ConsolePage, stage: Stage & Visit): Promise<unknown>;
  /** Brings the loaded screen into the state to be looked at. */
  prepare?(visitor: ConsolePage, stage: Stage & Visit): Promise<unknown>;
  /** Placeholders are what is to be seen. */
  isLoading?: true;
  /** It needs a clock of its own, or scripts that have not come before: a context that nothing else is seen in. */
  marksContext?: true;
}

/** Opens a screen as the person it is for, and waits until all of it is there. */
export async function openScreen(visitor: ConsolePage, screen: Screen, stage: Stage): Promise<void> {
  const visit = await visitAs(screen.as, stage);
  if (screen.as !== 'nobody') await signIn(visitor, visit.person);
  await screen.arrange?.(visitor, { ...stage, ...visit });
  const { path } = screen;
  await visitor.page.goto(
    typeof path === 'string' ? path.replace(':id', visit.keyId) : await path({ ...stage, ...visit }, visitor),
  );
  if (screen.isLoading !== true || screen.prepare) await settled(visitor.page);
  await screen.prepare?.(visitor, { ...stage, ...visit });
  await shown(visitor.page);
  if (screen.isLoading !== true) await loaded(visitor.page);
}

async function visitAs(as: Screen['as'], stage: Stage): Promise<Visit> {
  if (as !== 'owner') return { person: as === 'nobody' ? stage.newcomer : stage[as], keyId: '' };
  const person = await addPerson(stage.runtime);
  const { id, key } = await createKey(stage.runtime, person.token, { name: stage.keyName });
  // The first call proves that the key is through; until then its screens ask for news of it.
  const { status } = await call(stage.runtime.edge, '/v1/chat/completions', { key, body: chatBody() });
  if (status !== 200) throw new Error(`the first call answered ${status}`);
  return { person, keyId: id };
}

/** What holds the place of something that is still to come. */
const placeholders =
  '.animate-pulse, [aria-busy="true"], [role="status"][aria-label^="Loading"], [role="status"][aria-label$=" geladen"]';

/** Waits until a screen stands there with its heading, its data and its fonts. */
export async function settled(page: Page): Promise<void> {
  await shown(page);
  await loaded(page);
}

/** By the element: what a dialog stands above has no role for as long. */
async function shown(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

async function loaded(page: Page): Promise<void> {
  await page.waitForFunction((waiting) => document.querySelector(waiting) === null, placeholders);
}
