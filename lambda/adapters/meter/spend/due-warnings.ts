import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SharedLimits } from '../../../../core/catalog.ts';
import type { SpendWarning } from '../../../../core/metering/ports.ts';
import type { DueWarnings } from '../../../../core/reconcile/ports.ts';
import { queryAll } from '../../query-all.ts';
import { itemKeys, type Table } from '../../table.ts';
import { isApplied } from '../../transact.ts';
import { counterEnd } from '../counter-names.ts';
import { readCeilings } from './spend.ts';
import { warningId } from './warning-notes.ts';

/** What functions have noted, and what has been mailed: one item for each limit and window, with the highest step. */
export function createDueWarnings(table: Table, limits: SharedLimits): DueWarnings {
  const { name: TableName, documents } = table;
  const mailed = ({ of, userId, keyId, window, resetsAt }: SpendWarning) =>
    itemKeys.limit(
      ['warned', of, of === 'key' ? keyId : (userId ?? '')].join('#'),
      `${window}-${new Date(resetsAt).toISOString()}`,
    );
  return {
    async list() {
      const due: SpendWarning[] = [];
      for await (const { pk: _pk, sk: _sk, ttl: _ttl, ...warning } of queryAll(table, 'WARNING#DUE')) {
        due.push(warning as unknown as SpendWarning);
      }
      return due;
    },
    readCeilings: (now) => readCeilings(table, limits, now),
    claim: (warning) =>
      isApplied(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: mailed(warning),
            ConditionExpression: 'attribute_not_exists(step) OR step < :step',
            UpdateExpression: 'SET step = :step, #ttl = :ttl',
            ExpressionAttributeNames: { '#ttl': 'ttl' },
            ExpressionAttributeValues: { ':step': warning.step, ':ttl': counterEnd(warning.resetsAt) },
          }),
        ),
      ),
    async release(warning) {
      await isApplied(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: mailed(warning),
            ConditionExpression: 'step = :step',
            // Below this step and above the one before, which stays mailed.
            UpdateExpression: 'SET step = step - :one',
            ExpressionAttributeValues: { ':step': warning.step, ':one': 1 },
          }),
        ),
      );
    },
    async remove(warning) {
      await documents.send(new DeleteCommand({ TableName, Key: itemKeys.dueWarning(warningId(warning)) }));
    },
  };
}
