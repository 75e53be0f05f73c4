import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { DueFeedback, Feedback } from '../../../core/feedback/send-feedback.ts';
import { feedbackSeconds } from '../lifetimes.ts';
import { queryAll } from '../query-all.ts';
import { itemKeys, type Table } from '../table.ts';
import { countBelow, isApplied, transact, transactNamed, type Write } from '../transact.ts';

export function createDueFeedback(table: Table): DueFeedback {
  const { name: TableName } = table;
  const put = (feedback: Feedback): Write => ({
    Put: {
      TableName,
      Item: {
        ...itemKeys.dueFeedback(feedback.at, feedback.id),
        ...feedback,
        ttl: Math.floor(feedback.at / 1000) + feedbackSeconds,
      },
    },
  });
  /** What is written while its user is being deleted would outlive them. */
  const userIs = (condition: string, userId: string): Write => ({
    ConditionCheck: {
      TableName,
      Key: itemKeys.user(userId),
      ConditionExpression: condition,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': condition.includes('<>') ? 'deleting' : 'active' },
    },
  });
  return {
    async add(feedback, { person, day, most }) {
      const counter = { scope: `feedback#${person}`, windowId: day.id };
      const ttl = Math.floor(day.endsAt / 1000) + 3600;
      const writes = new Map<'count' | 'note' | 'user', Write>([
        ['count', { Update: countBelow(table, counter, { limit: most, ttl }) }],
        ['note', put(feedback)],
        ['user', userIs('#status = :status', feedback.userId)],
      ]);
      const refused = await transactNamed(table, writes);
      if (refused.has('user')) return 'gone';
      return refused.has('count') ? 'full' : 'added';
    },
    list: () => listDue(table),
    claim: (feedback) => isApplied(remove(table, feedback)),
    async release(feedback) {
      await transact(table, [
        put(feedback),
        userIs('attribute_exists(pk) AND #status <> :status', feedback.userId),
      ]);
    },
  };
}

async function listDue(table: Table): Promise<Feedback[]> {
  const due: Feedback[] = [];
  for await (const { pk: _pk, sk: _sk, ttl: _ttl, ...feedback } of queryAll(
    table,
    itemKeys.dueFeedback(0, '').pk,
  )) {
    due.push(feedback as unknown as Feedback);
  }
  return due;
}

const remove = ({ name: TableName, documents }: Table, { at, id }: Pick<Feedback, 'at' | 'id'>) =>
  documents.send(
    new DeleteCommand({
      TableName,
      Key: itemKeys.dueFeedback(at, id),
      ConditionExpression: 'attribute_exists(pk)',
    }),
  );

/** For the deletion of a user. */
export async function deleteDueFeedback(table: Table, userId: string): Promise<void> {
  for (const feedback of await listDue(table)) {
    if (feedback.userId === userId) await isApplied(remove(table, feedback));
  }
}
