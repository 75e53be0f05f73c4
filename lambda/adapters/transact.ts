import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { DaypassError } from '../../core/errors.ts';
import { fromWireItem, type Wire } from './aws/dynamo-json.ts';
import { retrying } from './retrying.ts';
import { type HotTable, itemKeys } from './table.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** How often to read and write again if the item was changed in between. */
export const conditionTries = 8;
/** Reasons of a cancelled transaction that a retry can overcome. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Makes all of the writes or none.
 * @returns `refused` if a condition failed
 * @throws DaypassError `service_unavailable` if conflicts go on
 */
export async function transact(table: HotTable, writes: readonly Write[]): Promise<'written' | 'refused'> {
  const refused = await transactNamed(table, new Map(writes.entries()));
  return refused.size === 0 ? 'written' : 'refused';
}

/**
 * Like `transact`, with a name for each write. A transaction is repeated with the same token, so one whose reply was
 * lost is not applied again.
 * @returns the names of the writes whose condition failed, each with its item if the write asks for that; empty: written
 */
export async function transactNamed<Name>(
  table: HotTable,
  writes: ReadonlyMap<Name, Write>,
): Promise<Map<Name, Record<string, unknown> | undefined>> {
  return retryConflicts(async () => {
    try {
      await table.items.transactWrite({ TransactItems: [...writes.values()] });
      return new Map();
    } catch (error) {
      if (!isNamed(error, 'TransactionCanceledException')) throw error;
      return refusedOf([...writes.keys()], error);
    }
  });
}

/** DynamoDB's error of this name, from whichever client. */
export function isNamed(error: unknown, name: string): error is DynamoError {
  return error instanceof Error && error.name === name;
}

interface DynamoError extends Error {
  /** Of a failed condition, as DynamoDB writes it. */
  Item?: Wire;
  CancellationReasons?: { Code?: string; Item?: Wire }[];
}

/** The item that a failed condition returns, if it exists and the write asked for it. */
export function refusedItem(error: unknown): Record<string, unknown> | undefined {
  if (!isNamed(error, 'ConditionalCheckFailedException')) throw error;
  return error.Item && fromWireItem(error.Item);
}

function refusedOf<Name>(names: readonly Name[], error: DynamoError) {
  const refused = new Map<Name, Record<string, unknown> | undefined>();
  for (const [at, reason] of (error.CancellationReasons ?? []).entries()) {
    const name = names[at];
    if (reason.Code !== 'ConditionalCheckFailed' || name === undefined) continue;
    refused.set(name, reason.Item && fromWireItem(reason.Item));
  }
  if (refused.size === 0) throw error;
  return refused;
}

/**
 * Retries a write while transactions on its items conflict with it.
 * @throws DaypassError `service_unavailable` if conflicts go on
 */
export function retryConflicts<T>(write: () => Promise<T>): Promise<T> {
  return retrying(
    { attempts: 8, firstWaitMs: 20, longestWaitMs: 1000, passes: isConflict, giveUp: tooManyConflicts },
    write,
  );
}

function isConflict(error: unknown): boolean {
  if (isNamed(error, 'TransactionConflictException')) return true;
  if (!isNamed(error, 'TransactionCanceledException')) return false;
  return (error.CancellationReasons ?? []).some(({ Code }) => passing.has(Code ?? ''));
}

function tooManyConflicts(cause: unknown): DaypassError {
  return new DaypassError('service_unavailable', 'Too many changes at once. Try again in a moment.', {
    retryAfterSeconds: 1,
    cause,
  });
}

/** Waits for a conditional write. @returns false if its condition failed */
export async function isApplied(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isNamed(error, 'ConditionalCheckFailedException')) return false;
    throw error;
  }
}

/** Counts one call in a window unless the window is full. */
export function countBelow(
  table: HotTable,
  { scope, windowId }: { scope: string; windowId: string },
  { limit, ttl }: { limit: number; ttl: number },
): NonNullable<Write['Update']> {
  return {
    TableName: table.name,
    Key: itemKeys.limit(scope, windowId),
    ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
    UpdateExpression: 'SET #ttl = :ttl ADD used :one',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':limit': limit, ':one': 1, ':ttl': ttl },
  };
}
