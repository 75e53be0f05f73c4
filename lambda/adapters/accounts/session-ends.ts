import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionEnds } from '../../../core/accounts/ports.ts';
import type { SignUpPolicy } from '../../../core/catalog.ts';
import { itemKeys, type Table } from '../table.ts';
import { createSessionEndReads } from './session-end-reads.ts';

/** @param policy says which standing a user without a record has */
export function createDynamoSessionEnds(
  table: Table,
  policy: Pick<SignUpPolicy, 'approval'> = { approval: 'off' },
): SessionEnds {
  return {
    ...createSessionEndReads(table, policy),
    async mark(userId, now) {
      await table.documents.send(
        new UpdateCommand({
          TableName: table.name,
          Key: itemKeys.user(userId),
          UpdateExpression: 'SET sessionsEndedAt = :now',
          ExpressionAttributeValues: { ':now': now },
        }),
      );
    },
  };
}
