import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { IdempotencyRecords, IdempotencyState, IdempotentCall } from '../../core/idempotency.ts';
import { isApplied } from './conditional-writes.ts';
import type { Table } from './table.ts';

const lifeMs = 24 * 3_600_000;
/** A call still running after this was cut off, since functions end within half a minute. */
const runningMs = 60_000;

export function createDynamoIdempotency(table: Table): IdempotencyRecords {
  const keyOf = ({ userId, operation, keyHash }: IdempotentCall) => ({
    pk: `USER#${userId}`,
    sk: `IDEMPOTENCY#${operation}#${keyHash}`,
  });
  return {
    async begin(call, bodyHash, now) {
      try {
        await table.documents.send(
          new PutCommand({
            TableName: table.name,
            Item: {
              ...keyOf(call),
              bodyHash,
              callId: call.callId,
              startedAt: now,
              endsAt: now + lifeMs,
              ttl: Math.floor((now + lifeMs) / 1000),
            },
            ConditionExpression:
              'attribute_not_exists(pk) OR endsAt <= :now OR (attribute_not_exists(sealed) AND startedAt <= :stale)',
            ExpressionAttributeValues: { ':now': now, ':stale': now - runningMs },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return { state: 'new' };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
        const item = unmarshall(error.Item);
        // After a lost reply the SDK repeats the put, which then meets our own item.
        return item.callId === call.callId ? { state: 'new' } : toState(item);
      }
    },
    async finish(call, sealed) {
      await table.documents.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keyOf(call),
          UpdateExpression: 'SET sealed = :sealed',
          ConditionExpression: 'callId = :call',
          ExpressionAttributeValues: { ':sealed': sealed, ':call': call.callId },
        }),
      );
    },
    async release(call) {
      const command = new DeleteCommand({
        TableName: table.name,
        Key: keyOf(call),
        ConditionExpression: 'callId = :call AND attribute_not_exists(sealed)',
        ExpressionAttributeValues: { ':call': call.callId },
      });
      await isApplied(table.documents.send(command));
    },
  };
}

function toState(item: Record<string, unknown>): IdempotencyState {
  const bodyHash = String(item.bodyHash);
  return item.sealed === undefined
    ? { state: 'running', bodyHash }
    : { state: 'done', bodyHash, sealed: String(item.sealed) };
}
