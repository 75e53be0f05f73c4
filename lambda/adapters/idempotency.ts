import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import {
  answerLifeMs,
  type IdempotencyRecords,
  type IdempotencyScope,
  type IdempotencyState,
  type IdempotentCall,
  type Sealer,
} from '../../core/idempotency.ts';
import { beforeModelMs, endingInTime, quickAttemptMs } from '../call-time.ts';
import { awsClientSettings, boundedHandler } from './aws-client.ts';
import type { Table } from './table.ts';
import { isApplied } from './transact.ts';

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
              endsAt: now + answerLifeMs,
              ttl: Math.floor((now + answerLifeMs) / 1000),
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

/** Seals with KMS. The scope is the encryption context, so that KMS opens nothing under another scope. */
export function createKmsSealer(keyId: string): Sealer {
  const client = endingInTime(
    new KMSClient({ ...awsClientSettings, requestHandler: boundedHandler(quickAttemptMs) }),
    beforeModelMs,
  );
  const contextOf = ({ userId, operation, keyHash }: IdempotencyScope) => ({ userId, operation, keyHash });
  return {
    async seal(scope, text) {
      const answer = await client.send(
        new EncryptCommand({
          KeyId: keyId,
          Plaintext: Buffer.from(text),
          EncryptionContext: contextOf(scope),
        }),
      );
      if (answer.CiphertextBlob === undefined) throw new Error('KMS Encrypt answered no ciphertext');
      return Buffer.from(answer.CiphertextBlob).toString('base64');
    },
    async open(scope, sealed) {
      const answer = await client.send(
        // Without a KeyId, since the sealing key may have been replaced: the ciphertext names its own.
        new DecryptCommand({
          CiphertextBlob: Buffer.from(sealed, 'base64'),
          EncryptionContext: contextOf(scope),
        }),
      );
      if (answer.Plaintext === undefined) throw new Error('KMS Decrypt answered no plaintext');
      return Buffer.from(answer.Plaintext).toString('utf8');
    },
  };
}
