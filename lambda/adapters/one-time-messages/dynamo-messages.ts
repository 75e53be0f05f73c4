import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { CreateMessagePorts } from '../../../core/one-time-messages/create-message.ts';
import type { MessageRecord, MessageRecords } from '../../../core/one-time-messages/ports.ts';
import { messageReceiptSeconds } from '../lifetimes.ts';
import { itemKeys, type Table } from '../table.ts';
import { countBelow, isApplied } from '../transact.ts';

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/**
 * Two items, so that the write that all readers race for is small: a failed condition costs as much as the item has bytes.
 */
export function createDynamoMessages({ name: TableName, documents }: Table): MessageRecords {
  const recordKey = itemKeys.message;
  const sealedKey = itemKeys.sealedMessage;
  return {
    async create(idHash, record, sealed) {
      const { expiresAt } = record;
      const text = { ...sealedKey(idHash), sealed, ttl: seconds(expiresAt) };
      await documents.send(new PutCommand({ TableName, Item: text }));
      // Last: what is cut off before it leaves nothing that can be read.
      const item = { ...recordKey(idHash), ...record, ttl: seconds(expiresAt) + messageReceiptSeconds };
      await documents.send(new PutCommand({ TableName, Item: item }));
    },
    async find(idHash) {
      const command = new GetCommand({ TableName, Key: recordKey(idHash), ConsistentRead: true });
      const { Item } = await documents.send(command);
      return Item && toRecord(Item);
    },
    async readSealed(idHash) {
      const command = new GetCommand({ TableName, Key: sealedKey(idHash), ConsistentRead: true });
      return (await documents.send(command)).Item?.sealed as Uint8Array | undefined;
    },
    async end(idHash, { how, now, callId }) {
      try {
        await documents.send(
          new UpdateCommand({
            TableName,
            Key: recordKey(idHash),
            // Deletion by TTL may lag two days, so the expiry is checked here.
            ConditionExpression: 'attribute_exists(wrappedKey) AND expiresAt > :now',
            UpdateExpression: 'SET ended = :how, endedAt = :now, endedBy = :call REMOVE wrappedKey',
            ExpressionAttributeValues: { ':how': how, ':now': now, ':call': callId },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // After a lost reply the SDK repeats the update, which then meets our own.
        return error.Item !== undefined && unmarshall(error.Item).endedBy === callId;
      }
    },
    async removeSealed(idHash) {
      await documents.send(new DeleteCommand({ TableName, Key: sealedKey(idHash) }));
    },
  };
}

function toRecord(item: Record<string, unknown>): MessageRecord {
  return {
    createdAt: item.createdAt as number,
    expiresAt: item.expiresAt as number,
    receiptHash: item.receiptHash as string,
    wrappedKey: item.wrappedKey as Uint8Array | undefined,
    ended:
      item.ended === undefined
        ? undefined
        : { how: item.ended as 'revealed' | 'burned', at: item.endedAt as number },
  };
}

/** Counts messages by address and hour. One whose reply is lost may be counted twice. */
export function createMessageCounts(table: Table): CreateMessagePorts['takeWrite'] {
  return (address, { id: windowId, endsAt }, limit) => {
    const scope = `messages#${createHash('sha256').update(address).digest('hex')}`;
    const ttl = seconds(endsAt) + 3600;
    const count = countBelow(table, { scope, windowId }, { limit, ttl });
    return isApplied(table.documents.send(new UpdateCommand(count)));
  };
}
