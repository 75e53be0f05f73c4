import type { Browser } from 'playwright-core';
import { moveClock, setFaults } from '../e2e/local-switches.ts';
import { type RunningRuntime, type RuntimeOptions, sharedRuntime, startRuntime } from '../e2e/runtime.ts';
import { sharedChromium } from './chromium.ts';
import { type ConsolePage, openConsole, type PageOptions } from './console-page.ts';
import { type Revisits, revisits } from './revisits.ts';
import { savesData } from './saves-data.ts';
import { desktop, dotsOfTests } from './viewports.ts';

export interface ConsoleUnderTest {
  runtime(): RunningRuntime;
  /** Until the end of the test; see local-switches.ts. */
  setFaults(faults: Record<string, unknown>[]): Promise<void>;
  /** Until the end of the test. */
  moveClock(offsetSeconds: number): Promise<void>;
  /**
   * A visitor without cookies or storage; whatever their pages do wrong fails the test that opened them. The context may
   * have been used before and is used again, with the scripts that it has fetched; it saves data, so that no page loads
   * ahead what its test doesn't look at.
   */
  open(options?: PageOptions): Promise<ConsolePage>;
  /** The same in a new context, as anybody's: for tests that set its clock or its routes, or are about what is fetched. */
  openAlone(options?: PageOptions): Promise<ConsolePage>;
}

/** Of the suites of a worker, on the platform that they share; the browser takes them along. */
let sharedRevisits: Revisits | undefined;

/**
 * A browser and a platform for all tests of a file: they take a second or two to start, a visitor only milliseconds.
 * @param options of a platform of the file's own; without them it is the one that files share
 */
export function consoleUnderTest(options?: RuntimeOptions): ConsoleUnderTest {
  let browser: Browser | undefined;
  let runtime: RunningRuntime | undefined;
  const visitors: ConsolePage[] = [];
  const openContext = (pageOptions: PageOptions = desktop) =>
    openConsole(started(browser), started(runtime).edge, { ...pageOptions, deviceScaleFactor: dotsOfTests });
  const openSaving = async (pageOptions: PageOptions) => {
    const visitor = await openContext(pageOptions);
    await savesData(visitor.context);
    return visitor;
  };
  let returning = revisits(openSaving);
  const undo = new Set<() => Promise<void>>();

  beforeAll(async () => {
    await Promise.all([
      sharedChromium().then((started) => {
        browser = started;
      }),
      (options === undefined ? sharedRuntime() : startRuntime(options)).then((started) => {
        runtime = started;
      }),
    ]);
    if (options === undefined) returning = sharedRevisits ??= revisits(openSaving);
  });

  afterEach(async () => {
    const left = visitors.splice(0);
    const complaints = left.flatMap((visitor) => visitor.list());
    const steps = [...left.map((visitor) => () => end(visitor)), ...undo];
    undo.clear();
    // All of them, whatever one does: the next suite has the same platform.
    const ends = await Promise.allSettled(steps.map((step) => step()));
    expect(ends.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  if (options !== undefined) {
    afterAll(() => returning.close());
    afterAll(() => runtime?.stop());
  }

  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('only for use in tests: it starts before the first');
    return part;
  };
  const end = (visitor: ConsolePage) =>
    returning.has(visitor) ? returning.leave(visitor, started(runtime).edge) : visitor.context.close();
  const noted = (visitor: ConsolePage) => {
    visitors.push(visitor);
    return visitor;
  };
  const clearFaults = () => setFaults(started(runtime), []);
  const resetClock = () => moveClock(started(runtime), 0);
  return {
    runtime: () => started(runtime),
    setFaults(faults) {
      undo.add(clearFaults);
      return setFaults(started(runtime), faults);
    },
    moveClock(offsetSeconds) {
      undo.add(resetClock);
      return moveClock(started(runtime), offsetSeconds);
    },
    open: async (pageOptions = desktop) => noted(await returning.open(pageOptions)),
    openAlone: async (pageOptions) => noted(await openContext(pageOptions)),
  };
}
