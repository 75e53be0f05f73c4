import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { DaypassError } from '../../core/errors.ts';
import type { Table } from './table.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Two transactions on one item at a time cancel each other; a few tries settle it. */
const conflictAttempts = 5;
/** Why a transaction may be cancelled that will do better next time. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * @returns `refused` when a condition failed; conflicts with other transactions are tried again
 * @throws DaypassError `service_unavailable` when conflicts go on
 */
export async function transact(table: Table, writes: Write[]): Promise<'written' | 'refused'> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await table.documents.send(new TransactWriteCommand({ TransactItems: writes }));
      return 'written';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons?.map((reason) => reason.Code) ?? [];
      if (reasons.includes('ConditionalCheckFailed')) return 'refused';
      if (!reasons.some((reason) => passing.has(reason ?? ''))) throw error;
      if (attempt === conflictAttempts) throw tooManyAtOnce(error);
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt * Math.random()));
    }
  }
}

function tooManyAtOnce(cause: unknown): DaypassError {
  return new DaypassError('service_unavailable', 'Too many changes at once. Try again in a moment.', {
    retryAfterSeconds: 1,
    cause,
  });
}
