import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { StandingRecord, Standings } from '../../../core/reconcile/ports.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { itemKeys, type Table } from '../table.ts';
import { readItems } from '../table-reads.ts';
import { isApplied, transact, type Write } from '../transact.ts';
import { noteWrites } from './due-notices.ts';

/**
 * A user's standing is on the user's record. The gate reads only the metering item, whose `status` says whether the key
 * is held.
 */
export function createDynamoStandings(table: Table): Standings {
  const { name: TableName, documents } = table;
  const prefix = itemKeys.user('').pk;

  /** @returns false if the condition failed */
  const update = (input: Omit<UpdateCommandInput, 'TableName'>): Promise<boolean> =>
    isApplied(documents.send(new UpdateCommand({ TableName, ...input })));
  /** With an event of the audit trail: both are written or neither. */
  const updateTold = (
    action: 'user.suspended' | 'user.restored',
    userId: string,
    input: Omit<NonNullable<Write['Update']>, 'TableName'>,
  ) => {
    const told = auditWrites(table, { action, userId, at: Date.now() });
    return transact(table, [{ Update: { TableName, ...input } }, ...told]);
  };
  const status = { '#status': 'status' };
  const turnMeter = (meterId: string, from: string, to: string) =>
    update({
      Key: itemKeys.meter(meterId),
      ConditionExpression: '#status = :from',
      UpdateExpression: 'SET #status = :to',
      ExpressionAttributeNames: status,
      ExpressionAttributeValues: { ':from': from, ':to': to },
    });

  return {
    async read(userIds) {
      const items = await readItems(
        table,
        userIds.map((userId) => itemKeys.user(userId)),
      );
      return new Map(items.map((item) => [String(item.pk).slice(prefix.length), item as StandingRecord]));
    },
    async suspend(userId) {
      await updateTold('user.suspended', userId, {
        Key: itemKeys.user(userId),
        ConditionExpression: 'attribute_not_exists(#status) OR #status = :active',
        UpdateExpression: 'SET #status = :suspended, suspendedByDirectory = :true',
        ExpressionAttributeNames: status,
        ExpressionAttributeValues: { ':active': 'active', ':suspended': 'suspended', ':true': true },
      });
    },
    async close(userId, because, now, email) {
      const told = auditWrites(table, { action: 'user.closed', userId, at: now, detail: { because } });
      const closing: Write = {
        Update: {
          TableName,
          Key: itemKeys.user(userId),
          ConditionExpression: 'attribute_not_exists(#status) OR #status = :active',
          UpdateExpression:
            'SET #status = :suspended, closedBecause = :because, closedAt = :now, keysHeld = :true',
          ExpressionAttributeNames: status,
          ExpressionAttributeValues: {
            ':active': 'active',
            ':suspended': 'suspended',
            ':because': because,
            ':now': now,
            ':true': true,
          },
        },
      };
      const notice = email === undefined ? undefined : { kind: because, userId, email, at: now };
      await transact(table, [closing, ...noteWrites(table, notice), ...told]);
    },
    async tellOfEnd({ userId, email, endsAt }, now) {
      const told = auditWrites(table, { action: 'user.end_told', userId, at: now });
      const mark: Write = {
        Update: {
          TableName,
          Key: itemKeys.user(userId),
          ConditionExpression:
            'endsAt = :endsAt AND (attribute_not_exists(endToldFor) OR endToldFor <> :endsAt)',
          UpdateExpression: 'SET endToldFor = :endsAt',
          ExpressionAttributeValues: { ':endsAt': endsAt },
        },
      };
      const note = noteWrites(table, { kind: 'ends', userId, email, at: now, endsAt });
      await transact(table, [mark, ...note, ...told]);
    },
    async toldOfDormancy(userId, now) {
      const told = auditWrites(table, { action: 'user.dormancy_told', userId, at: now });
      const mark: Write = {
        Update: {
          TableName,
          Key: itemKeys.user(userId),
          ConditionExpression: 'attribute_exists(pk)',
          UpdateExpression: 'SET dormancyToldAt = :now',
          ExpressionAttributeValues: { ':now': now },
        },
      };
      await transact(table, [mark, ...told]);
    },
    async restore(userId) {
      await updateTold('user.restored', userId, {
        Key: itemKeys.user(userId),
        ConditionExpression: '#status = :suspended AND suspendedByDirectory = :true',
        UpdateExpression: 'SET #status = :active REMOVE suspendedByDirectory',
        ExpressionAttributeNames: status,
        ExpressionAttributeValues: { ':active': 'active', ':suspended': 'suspended', ':true': true },
      });
    },
    async markHeld(userId, isHeld) {
      await update({
        Key: itemKeys.user(userId),
        ConditionExpression: 'attribute_exists(pk)',
        ...(isHeld
          ? { UpdateExpression: 'SET keysHeld = :true', ExpressionAttributeValues: { ':true': true } }
          : { UpdateExpression: 'REMOVE keysHeld' }),
      });
    },
    hold: (meterId) => turnMeter(meterId, 'active', 'suspended'),
    release: (meterId) => turnMeter(meterId, 'suspended', 'active'),
  };
}
