import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { LambdaInvoker } from '../lambda/invoker.ts';
import type { NextTime } from './schedule-expression.ts';

export interface Schedule {
  /** Setting a known name again replaces it. */
  readonly name: string;
  readonly functionName: string;
  readonly next: NextTime;
  /** @param time when it was due */
  event(time: number): unknown;
}

export interface Schedules {
  set(schedule: Schedule): void;
  /** Forgets all, before a changed stack is deployed. */
  clear(): void;
  /** Runs what is due by the clock; called by the timer, and when the clock is moved. */
  runDue(): Promise<void>;
  /** Names of the functions that are running on schedule now. */
  running(): string[];
  start(): void;
  stop(): void;
}

interface Planned {
  readonly schedule: Schedule;
  dueAt: number | undefined;
}

const checkMilliseconds = 1_000;

/**
 * Runs functions on schedule by the runtime's clock. When the clock jumps ahead each schedule that was due in
 * between runs once; when it jumps back they are planned again.
 */
export function createSchedules(options: {
  readonly invoker: Pick<LambdaInvoker, 'invoke'>;
  readonly clock: Clock;
  readonly log: Log;
  /** @default true; otherwise nothing runs on schedule */
  readonly enabled?: boolean;
}): Schedules {
  const { invoker, clock, log, enabled = true } = options;
  const planned = new Map<string, Planned>();
  const running = new Set<{ functionName: string }>();
  let checkedAt = clock.now();
  let timer: NodeJS.Timeout | undefined;

  const plan = (entry: Planned, now: number) => {
    entry.dueAt = entry.schedule.next(now);
  };

  const schedules: Schedules = {
    set(schedule) {
      const entry: Planned = { schedule, dueAt: undefined };
      plan(entry, clock.now());
      planned.set(schedule.name, entry);
    },
    clear: () => planned.clear(),
    async runDue() {
      if (!enabled) return;
      const now = clock.now();
      const entries = [...planned.values()];
      if (now < checkedAt) for (const entry of entries) plan(entry, now);
      checkedAt = now;
      const due = entries.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
      await Promise.all(
        due.map((entry) => {
          const dueAt = entry.dueAt ?? now;
          plan(entry, now);
          return run(entry.schedule, dueAt);
        }),
      );
    },
    running: () => [...running].map(({ functionName }) => functionName).toSorted(),
    start() {
      timer ??= setInterval(() => void schedules.runDue(), checkMilliseconds).unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
  return schedules;

  async function run({ name, functionName, event }: Schedule, dueAt: number): Promise<void> {
    const run = { functionName };
    running.add(run);
    try {
      const { functionError } = await invoker.invoke(functionName, event(dueAt));
      if (functionError === undefined) log.detail('schedule', `${name} ran ${functionName}`);
      else log.warn('schedule', `${name}: ${functionName} failed`);
    } catch (error) {
      log.warn(
        'schedule',
        `${name}: ${functionName} could not be run (${error instanceof Error ? error.message : error})`,
      );
    } finally {
      running.delete(run);
    }
  }
}
