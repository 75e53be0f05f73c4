import * as z from 'zod';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';
import { booksOf, newSdkCaller, type SdkCaller } from './sdk-caller.ts';

/** What the suites of all dialects ask for, as tools and as answers. */
export const weather = z.object({ city: z.string(), days: z.number().int().min(1).max(7) });

/** A file's platform, and the caller of its group of tests: keys have a daily quota. */
export interface SdkSuite {
  readonly runtime: RunningRuntime;
  readonly caller: SdkCaller;
  newCaller(): Promise<SdkCaller>;
  renewCaller(): Promise<void>;
  /** What the books say of a caller, by default the group's. */
  books(caller?: SdkCaller): ReturnType<typeof booksOf>;
  /** Gives a group of tests a caller; after it everything that was answered must stand in the books, once. */
  billedOnce(): void;
}

export function sdkSuite(): SdkSuite {
  let running: RunningRuntime | undefined;
  let current: SdkCaller | undefined;
  beforeAll(async () => {
    running = await sharedRuntime();
  }, 120_000);

  const suite: SdkSuite = {
    get runtime() {
      if (running === undefined) throw new Error('the platform does not run yet');
      return running;
    },
    get caller() {
      if (current === undefined) throw new Error('this group has no caller');
      return current;
    },
    newCaller: () => newSdkCaller(suite.runtime),
    async renewCaller() {
      current = await suite.newCaller();
    },
    books: (caller = suite.caller) => booksOf(suite.runtime, caller),
    billedOnce() {
      beforeAll(() => suite.renewCaller());
      afterAll(async () => {
        const { used, row } = await suite.books();
        const answered = suite.caller.answered();
        expect({ used, requests: row.requests }).toEqual({ used: answered, requests: answered });
      });
    },
  };
  return suite;
}
