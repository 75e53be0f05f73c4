import { setTimeout as wait } from 'node:timers/promises';

export interface Pacing {
  /** 0: as fast as possible. */
  tokensPerSecond: number;
  firstTokenDelayMs: number;
}

export const defaultPacing: Pacing = { tokensPerSecond: 80, firstTokenDelayMs: 200 };

interface Time {
  nowMs(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<unknown>;
}

/** Real time, since the runtime's movable clock may jump a day within an answer. */
const realTime: Time = {
  nowMs: () => performance.now(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
};

/**
 * Resolves when the nth token is due. Times count from the first token, so that delays of timers and readers don't add
 * up. Rejects once `signal` aborts.
 */
export function createPacer(
  pacing: Pacing,
  signal: AbortSignal,
  time: Time = realTime,
): (tokenIndex: number) => Promise<void> {
  let firstTokenAt = 0;
  return async (tokenIndex) => {
    signal.throwIfAborted();
    if (tokenIndex === 0) {
      if (pacing.firstTokenDelayMs > 0) await time.sleep(pacing.firstTokenDelayMs, signal);
      firstTokenAt = time.nowMs();
      return;
    }
    if (pacing.tokensPerSecond === 0) return;
    const waitMs = firstTokenAt + (tokenIndex * 1000) / pacing.tokensPerSecond - time.nowMs();
    if (waitMs > 0) await time.sleep(waitMs, signal);
  };
}

/** Between server-sent events, which hold a word or so. */
export function eventPauseMs({ tokensPerSecond }: Pick<Pacing, 'tokensPerSecond'>): number {
  return tokensPerSecond === 0 ? 0 : 1000 / tokensPerSecond;
}
