import { createHash } from 'node:crypto';
import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CodeCounts, PendingSignUp, SignUps } from '../../../core/accounts/ports.ts';
import { signUpSeconds } from '../lifetimes.ts';
import { itemKeys, type Table } from '../table.ts';
import { countBelow, isApplied } from '../transact.ts';

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
            ':ttl': Math.floor(now / 1000) + signUpSeconds,
            ':one': 1,
          },
        }),
      );
    },
    async made(email, { registrationHash, userId }) {
      // A later sign-up of the address leaves nothing to do.
      await isApplied(
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
      // A later sign-up of the address leaves nothing to do.
      await isApplied(
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

export function createDynamoCodeCounts(table: Table): CodeCounts {
  return {
    take(email, window, limit) {
      const counter = { scope: `codes#${addressHash(email)}`, windowId: window.id };
      const ttl = Math.floor(window.endsAt / 1000) + 3600;
      return isApplied(table.documents.send(new UpdateCommand(countBelow(table, counter, { limit, ttl }))));
    },
  };
}

/** Replaces an e-mail address that needn't be read back. In lower case, since Cognito ignores the case of addresses. */
function addressHash(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}
