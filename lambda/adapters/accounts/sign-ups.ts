import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CodeCounts, PendingSignUp, SignUps } from '../../../core/accounts/ports.ts';
import { addressHash } from '../address-hash.ts';
import { itemKeys, type Table } from '../table.ts';

/** Longer than anybody looks for the code. Without the item a code confirms nothing. */
const signUpLifeSeconds = 90 * 86_400;

export function createDynamoSignUps({ name: TableName, documents }: Table): SignUps {
  const keyOf = (email: string) => itemKeys.signUp(addressHash(email));
  return {
    async begin(email, { registrationHash, now }) {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(email),
          UpdateExpression: 'SET registrationHash = :hash, #ttl = :ttl REMOVE userId ADD #count :one',
          ExpressionAttributeNames: { '#count': 'count', '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ':hash': registrationHash,
            ':ttl': Math.floor(now / 1000) + signUpLifeSeconds,
            ':one': 1,
          },
        }),
      );
    },
    async made(email, { registrationHash, userId }) {
      await unlessOutdated(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(email),
            ConditionExpression: 'registrationHash = :hash',
            UpdateExpression: 'SET userId = :userId',
            ExpressionAttributeValues: { ':hash': registrationHash, ':userId': userId },
          }),
        ),
      );
    },
    async find(email) {
      const command = new GetCommand({ TableName, Key: keyOf(email), ConsistentRead: true });
      const { Item } = await documents.send(command);
      return Item as PendingSignUp | undefined;
    },
    async forget(email, registrationHash) {
      await unlessOutdated(
        documents.send(
          new DeleteCommand({
            TableName,
            Key: keyOf(email),
            ConditionExpression: 'registrationHash = :hash',
            ExpressionAttributeValues: { ':hash': registrationHash },
          }),
        ),
      );
    },
  };
}

export function createDynamoCodeCounts({ name: TableName, documents }: Table): CodeCounts {
  return {
    async take(email, window, limit) {
      try {
        await documents.send(
          new UpdateCommand({
            TableName,
            Key: itemKeys.limit(`codes#${addressHash(email)}`, window.id),
            ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
            UpdateExpression: 'SET #ttl = :ttl ADD used :one',
            ExpressionAttributeNames: { '#ttl': 'ttl' },
            ExpressionAttributeValues: {
              ':limit': limit,
              ':one': 1,
              ':ttl': Math.floor(window.endsAt / 1000) + 3600,
            },
          }),
        );
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return false;
      }
    },
  };
}

async function unlessOutdated(write: Promise<unknown>): Promise<void> {
  await write.catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}
