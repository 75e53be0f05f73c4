import { retrying } from '../retrying.ts';

/** After this no attempt begins: the caller waits for the end of the answer. */
const longestMs = 3000;

/**
 * Runs a write of the ledger again when nobody can tell whether it was applied: no answer came, or the service failed.
 * The ledger's line is written once or never, so repeating it is harmless. The SDK's own retries are not enough: many
 * failures at once use up their quota, and a transaction that was cancelled, its answer lost, has written nothing.
 */
export function retryUnanswered(write: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  const passes = (error: unknown) => !isAnswer(error) && performance.now() - startedAt <= longestMs;
  return retrying({ attempts: 6, firstWaitMs: 40, passes }, write);
}

/** DynamoDB's own word that it was not applied. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}
