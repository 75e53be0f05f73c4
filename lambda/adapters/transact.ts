import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { DaypassError } from '../../core/errors.ts';
import { retrying } from './retrying.ts';
import type { Table } from './table.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** How often a write is tried whose condition is that nobody wrote since the item was read. */
export const conditionTries = 8;
/** Why a transaction may be cancelled that will do better next time. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * All of the writes or none.
 * @returns `refused` when a condition failed
 * @throws DaypassError `service_unavailable` when conflicts go on
 */
export async function transact(table: Table, writes: readonly Write[]): Promise<'written' | 'refused'> {
  const refused = await transactNamed(table, new Map(writes.entries()));
  return refused.size === 0 ? 'written' : 'refused';
}

/**
 * The same, where each write has a name that tells what it is for. The SDK gives each transaction a token and
 * keeps it for its own retries, so one whose reply was lost is answered as the success it was, not applied again.
 * @returns the writes whose condition failed, with the item as it is where the write asks for it; none: written
 */
export async function transactNamed<Name>(
  table: Table,
  writes: ReadonlyMap<Name, Write>,
): Promise<Map<Name, Record<string, unknown> | undefined>> {
  return retryConflicts(async () => {
    try {
      await table.documents.send(new TransactWriteCommand({ TransactItems: [...writes.values()] }));
      return new Map();
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      return refusedOf([...writes.keys()], error);
    }
  });
}

function refusedOf<Name>(names: readonly Name[], error: TransactionCanceledException) {
  const refused = new Map<Name, Record<string, unknown> | undefined>();
  for (const [at, reason] of (error.CancellationReasons ?? []).entries()) {
    const name = names[at];
    if (reason.Code !== 'ConditionalCheckFailed' || name === undefined) continue;
    refused.set(name, reason.Item === undefined ? undefined : unmarshall(reason.Item));
  }
  if (refused.size === 0) throw error;
  return refused;
}

/**
 * Runs a write again while transactions on its items are in its way.
 * @throws DaypassError `service_unavailable` when they go on
 */
export function retryConflicts<T>(write: () => Promise<T>): Promise<T> {
  return retrying(
    { attempts: 8, firstWaitMs: 20, longestWaitMs: 1000, passes: isConflict, giveUp: tooMuchAtOnce },
    write,
  );
}

function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(({ Code }) => passing.has(Code ?? ''));
}

function tooMuchAtOnce(cause: unknown): DaypassError {
  return new DaypassError('service_unavailable', 'Too much at once. Try again in a moment.', {
    retryAfterSeconds: 1,
    cause,
  });
}
