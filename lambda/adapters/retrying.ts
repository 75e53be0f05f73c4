import { setTimeout as pause } from 'node:timers/promises';

export interface Retries {
  attempts: number;
  /** The longest wait before the second attempt, doubled before each later one. Waits are of random length. */
  firstWaitMs: number;
  /** @default none */
  longestWaitMs?: number;
  /** Whether a later attempt may succeed. */
  passes(error: unknown): boolean;
  /** @returns what to throw if the last attempt fails too. @default the error itself */
  giveUp?(error: unknown): unknown;
}

/** Retries work while its errors pass. */
export async function retrying<T>(
  { attempts, firstWaitMs, longestWaitMs = Number.POSITIVE_INFINITY, passes, giveUp }: Retries,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error)) throw error;
      if (attempt === attempts) throw giveUp?.(error) ?? error;
      await pause(Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1)) * Math.random());
    }
  }
}
