import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Charge,
  type Meter,
  noTokens,
  promptTokens,
  type RefundReason,
  type Settlement,
  type TokenUsage,
} from '../../core/metering.ts';
import { dayOf } from '../../core/quotas.ts';
import { refundsName, tokensName } from './dynamo-meter-item.ts';
import { giveBackShared } from './dynamo-meter-shared.ts';
import type { SpendCeiling } from './dynamo-spend.ts';
import { itemKeys, type Table } from './table.ts';
import { retryConflicts, transactNamed, type Write } from './transact.ts';

const usageLifeSeconds = 400 * 86_400;
const ledgerLifeSeconds = 30 * 86_400;

/**
 * One transaction: the call's line in the ledger, which is written once or never, and with it the day's row and
 * the key's tokens. A row that is there proves that its user is: rows go only when the user does. The user is
 * looked at only for a row that isn't there yet.
 */
export async function settle(
  table: Table,
  settlement: Settlement,
  spend: SpendCeiling | undefined,
): Promise<void> {
  let rowIsThere = !isFirstOfDay(settlement.charge);
  let keyIsThere = settlement.charge.tokens !== undefined;
  for (;;) {
    const writes = new Map<string, Write>([
      ['ledger', putLedger(table, settlement.charge, ledgerFields(settlement))],
      ...rowWrites(table, settlement.charge, settlement.now, amountsOf(settlement), rowIsThere),
      ...(keyIsThere ? [['tokens', addTokens(table, settlement)] as const] : []),
      ...(spend ? [['spend', spend.add(settlement)] as const] : []),
    ]);
    const refused = await transactNamed(table, writes);
    if (refused.size === 0 || refused.has('ledger') || refused.has('user')) return;
    // A revoked key's call is settled all the same; it only has no tokens left to count.
    if (refused.has('tokens')) keyIsThere = false;
    if (refused.has('row')) rowIsThere = false;
  }
}

/**
 * Takes the charge back in the same way: the ledger's line says that the call has ended, so it can't be given
 * back twice, nor given back and settled, however long it ran.
 */
export async function refund(
  table: Table,
  charge: Charge,
  model = '',
  reason: RefundReason = 'failed',
): Promise<void> {
  const refused = await transactNamed(
    table,
    new Map<string, Write>([
      ['ledger', putLedger(table, charge, { model, mark: 'refunded' })],
      ['meter', giveBack(table, charge, reason)],
      ...(charge.shared?.counted ?? []).map(
        (counter, at) => [`shared-${at}`, giveBackShared(table, counter)] as const,
      ),
    ]),
  );
  if (refused.has('ledger') || refused.get('meter') === undefined) return;
  // The day's refunds are used up: it stays charged.
  const stays = { usage: noTokens, mark: 'estimated', costNanoDollars: 0, now: charge.chargedAt } as const;
  await settle(table, { charge, model, ...stays }, undefined);
}

export const countRefusal =
  (table: Table): Meter['countRefusal'] =>
  async ({ now, ...key }) => {
    const row = addToRow(table, key, now, { refused: 1 }, true);
    try {
      await retryConflicts(() => table.documents.send(new UpdateCommand(row)));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      await transactNamed(table, new Map(rowWrites(table, key, now, { refused: 1 }, false)));
    }
  };

/** Asking for a row that most likely isn't there yet would be refused, and billed. */
function isFirstOfDay({ standing }: Charge): boolean {
  return standing.remaining === standing.limit - 1;
}

function putLedger(table: Table, charge: Charge, fields: Record<string, unknown>): Write {
  const { userId, keyId, requestId, chargeId, chargedAt } = charge;
  const Key = itemKeys.ledger(userId, new Date(chargedAt).toISOString(), chargeId);
  const ttl = Math.floor(chargedAt / 1000) + ledgerLifeSeconds;
  return {
    Put: {
      TableName: table.name,
      Item: { ...Key, ttl, requestId, keyId, ...fields },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

function ledgerFields({ model, mark, usage, costNanoDollars, msToFirstToken, now }: Settlement) {
  return {
    model,
    mark,
    ...tokensOf(usage),
    reasoningTokens: usage.reasoning,
    costNanoDollars,
    msToFirstToken,
    endedAt: now,
  };
}

function amountsOf({ usage, costNanoDollars }: Settlement): Record<string, number> {
  return { requests: 1, ...tokensOf(usage), costNanoDollars };
}

/** What was written to the prompt cache had to be read like any input. */
function tokensOf({ input, cacheWriteInput, output, cachedInput }: TokenUsage) {
  return { inputTokens: input + cacheWriteInput, outputTokens: output, cachedTokens: cachedInput };
}

interface KeyOfUser {
  userId: string;
  keyId: string;
}

function rowWrites(
  table: Table,
  key: KeyOfUser,
  now: number,
  amounts: Record<string, number>,
  rowIsThere: boolean,
): [string, Write][] {
  const Key = itemKeys.user(key.userId);
  const userIsThere = {
    TableName: table.name,
    Key,
    ConditionExpression: 'attribute_exists(pk) AND #status <> :deleting',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':deleting': 'deleting' },
  };
  return [
    ['row', { Update: addToRow(table, key, now, amounts, rowIsThere) }],
    ...(rowIsThere ? [] : [['user', { ConditionCheck: userIsThere }] as [string, Write]]),
  ];
}

/** Adds to the day's row of a key. */
function addToRow(
  table: Table,
  { userId, keyId }: KeyOfUser,
  now: number,
  amounts: Record<string, number>,
  rowIsThere: boolean,
): NonNullable<Write['Update']> {
  const date = dayOf(now);
  const names = Object.keys(amounts);
  return {
    TableName: table.name,
    Key: itemKeys.usage(userId, date, keyId),
    ...(rowIsThere && { ConditionExpression: 'attribute_exists(pk)' }),
    UpdateExpression: `SET keyId = :keyId, #date = :date, #ttl = :ttl ADD ${names.map((name) => `${name} :${name}`).join(', ')}`,
    ExpressionAttributeNames: { '#date': 'date', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':keyId': keyId,
      ':date': date,
      ':ttl': Math.floor(now / 1000) + usageLifeSeconds,
      ...Object.fromEntries(names.map((name) => [`:${name}`, amounts[name]])),
    },
  };
}

function addTokens(table: Table, { charge, usage, now }: Settlement): Write {
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(charge.meterId),
      ConditionExpression: 'attribute_exists(pk)',
      UpdateExpression: 'ADD #tokens :tokens',
      ExpressionAttributeNames: { '#tokens': tokensName(now) },
      ExpressionAttributeValues: { ':tokens': promptTokens(usage) + usage.output },
    },
  };
}

/** A refusal of ours cost no model call, so there is no end to giving those back. */
function giveBack(table: Table, charge: Charge, reason: RefundReason): Write {
  const windows = Object.fromEntries(charge.windowIds.map((id, index) => [`#w${index}`, id]));
  // A window that has passed meanwhile may have been tidied away.
  const counts = Object.keys(windows).map((name) => `${name} = if_not_exists(${name}, :one) - :one`);
  const isCapped = reason === 'failed';
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(charge.meterId),
      ConditionExpression: isCapped
        ? 'attribute_exists(pk) AND (attribute_not_exists(#refunds) OR #refunds < #limits.#day)'
        : 'attribute_exists(pk)',
      UpdateExpression: `SET ${counts.join(', ')}${isCapped ? ' ADD #refunds :one' : ''}`,
      ExpressionAttributeNames: {
        ...windows,
        ...(isCapped && { '#refunds': refundsName(charge.chargedAt), '#limits': 'limits', '#day': 'day' }),
      },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
