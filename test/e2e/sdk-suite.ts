import * as z from 'zod';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';
import { newSdkCaller, recordedOf, type SdkCaller } from './sdk-caller.ts';

/** What the suites of all dialects ask for, as tools and as answers. */
export const weather = z.object({ city: z.string(), days: z.number().int().min(1).max(7) });

/** A file's platform, and the caller of its group of tests: keys have a daily quota. */
export interface SdkSuite {
  readonly runtime: RunningRuntime;
  readonly caller: SdkCaller;
  newCaller(): Promise<SdkCaller>;
  renewCaller(): Promise<void>;
  /** What was recorded of a caller, by default the group's. */
  recorded(caller?: SdkCaller): ReturnType<typeof recordedOf>;
  /** Gives a group of tests a caller; after it everything that was answered must be recorded, once. */
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
    recorded: (caller = suite.caller) => recordedOf(suite.runtime, caller),
    billedOnce() {
      beforeAll(() => suite.renewCaller());
      afterAll(async () => {
        const { used, row } = await suite.recorded();
        const answered = suite.caller.answered();
        expect({ used, requests: row.requests }).toEqual({ used: answered, requests: answered });
      });
    },
  };
  return suite;
}
