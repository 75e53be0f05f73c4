import { setTimeout as pause } from 'node:timers/promises';

/** After this nothing is begun again: the caller waits for the end of the answer. */
const longestMs = 3000;
const attempts = 6;

/**
 * Runs a write of the ledger again when nobody can tell whether it was applied: no answer came, or a failure of the
 * service. The ledger's line is written once or never, so a repetition is harmless. The SDK's own retries are not enough:
 * its quota is soon used up when many calls fail at once, and a transaction that was cancelled for a passing
 * reason, its answer lost, has written nothing.
 */
export async function retryUnanswered(write: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (isAnswer(error) || attempt === attempts || performance.now() - startedAt > longestMs) throw error;
      await pause(20 * 2 ** attempt * Math.random());
    }
  }
}

/** DynamoDB's own word that it was not applied. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}
