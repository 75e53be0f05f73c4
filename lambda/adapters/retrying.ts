import { setTimeout as pause } from 'node:timers/promises';

export interface Retries {
  attempts: number;
  /** The longest wait before the second attempt; each later one may be twice as long. Waits are of random length. */
  firstWaitMs: number;
  /** @default none */
  longestWaitMs?: number;
  /** Whether an error will pass by itself. */
  passes(error: unknown): boolean;
  /** @returns what to throw when the last attempt failed too. @default the error as it is */
  giveUp?(error: unknown): unknown;
}

/** Runs work again while its errors are of those that pass. */
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
