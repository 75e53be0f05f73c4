import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DueNotices, Notice } from '../../../core/mail/notices.ts';
import { noticeSeconds } from '../lifetimes.ts';
import { queryAll } from '../query-all.ts';
import { itemKeys, type Table } from '../table.ts';
import { isApplied, type Write } from '../transact.ts';

const itemOf = (notice: Notice) => ({
  ...itemKeys.dueNotice(notice.at, notice.userId),
  ...notice,
  ttl: Math.floor(notice.at / 1000) + noticeSeconds,
});

/** For the transaction of what the user is told. */
export function noteWrites({ name: TableName }: Table, notice: Notice | undefined): Write[] {
  return notice === undefined ? [] : [{ Put: { TableName, Item: itemOf(notice) } }];
}

export function createDueNotices(table: Table): DueNotices {
  const { name: TableName, documents } = table;
  return {
    async list() {
      const due: Notice[] = [];
      for await (const { pk: _pk, sk: _sk, ttl: _ttl, ...notice } of queryAll(
        table,
        itemKeys.dueNotice(0, '').pk,
      )) {
        due.push(notice as unknown as Notice);
      }
      return due;
    },
    claim: ({ at, userId }) =>
      isApplied(
        documents.send(
          new DeleteCommand({
            TableName,
            Key: itemKeys.dueNotice(at, userId),
            ConditionExpression: 'attribute_exists(pk)',
          }),
        ),
      ),
    async release(notice) {
      await documents.send(new PutCommand({ TableName, Item: itemOf(notice) }));
    },
  };
}
