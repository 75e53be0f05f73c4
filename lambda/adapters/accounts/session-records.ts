import { paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionRecords } from '../../../core/accounts/session-records.ts';
import { sessionSeconds } from '../../../core/contract/accounts/session-life.ts';
import { itemKeys, type Table } from '../table.ts';
import { createSessionUses, endSessionAt, sessionPrefix, toRecord } from './session-uses.ts';

/** Sessions of a user for the user to look after. */
export function createSessionRecords(table: Table): SessionRecords {
  return {
    ...createSessionUses(table),
    async list(userId) {
      const pages = paginateQuery(
        { client: table.documents },
        {
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': itemKeys.user(userId).pk, ':prefix': sessionPrefix },
        },
      );
      const records = [];
      for await (const { Items = [] } of pages) records.push(...Items.map(toRecord));
      return records;
    },
    async end(userId, id, now) {
      // The tokens first: if the second write fails, the user asks again.
      await forgetTokens(table, userId, id, { now, until: Math.floor(now / 1000) + sessionSeconds });
      await endSessionAt(table, userId, id, now);
    },
  };
}

/**
 * Notes on the user's record that the tokens of a session are refused, until the last of them has expired. What has expired
 * is dropped, so that the list stays short.
 */
async function forgetTokens(
  { name: TableName, documents }: Table,
  userId: string,
  id: string,
  { now, until }: { now: number; until: number },
): Promise<void> {
  const Key = itemKeys.user(userId);
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: 'SET endedSessions = if_not_exists(endedSessions, :none)',
      ExpressionAttributeValues: { ':none': {} },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  const known = Object.entries((Attributes?.endedSessions ?? {}) as Record<string, number>);
  const expired = known.filter(([other, end]) => other !== id && end * 1000 < now).map(([other]) => other);
  const drops = expired.map((_, at) => `endedSessions.#expired${at}`);
  await documents.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: `SET endedSessions.#id = :until${drops.length > 0 ? ` REMOVE ${drops.join(', ')}` : ''}`,
      ExpressionAttributeNames: {
        '#id': id,
        ...Object.fromEntries(expired.map((other, at) => [`#expired${at}`, other])),
      },
      ExpressionAttributeValues: { ':until': until },
    }),
  );
}
