import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Charge, Meter, RefundReason, Settlement } from '../../../core/metering/ports.ts';
import { noTokens, promptTokens, type TokenUsage } from '../../../core/metering/token-usage.ts';
import { dayOf, limitsAt } from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';
import { retryConflicts, transactNamed, type Write } from '../transact.ts';
import { type CountersHome, changeCounters, findHome, homeAtCharge } from './counters.ts';
import { refundsName } from './item.ts';
import { giveBackShared } from './shared.ts';
import type { SpendCeiling } from './spend.ts';

const usageLifeSeconds = 400 * 86_400;
const ledgerLifeSeconds = 30 * 86_400;

/** A key may end or move while its call is settled, and again while that is tried; more often is a fault. */
const homesTried = 4;

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
  const { charge } = settlement;
  let rowIsThere = !isFirstOfDay(charge);
  let home = charge.tokens === undefined ? undefined : homeAtCharge(charge);
  for (let tries = 0; ; ) {
    const writes = new Map<string, Write>([
      ['ledger', putLedger(table, charge, ledgerFields(settlement))],
      ...rowWrites(table, charge, settlement.now, amountsOf(settlement), rowIsThere),
      ...(home ? [['tokens', addTokens(table, home, settlement)] as const] : []),
      ...(spend ? [['spend', spend.add(settlement)] as const] : []),
    ]);
    const refused = await transactNamed(table, writes);
    if (refused.size === 0 || refused.has('ledger') || refused.has('user')) return;
    if (refused.has('row')) rowIsThere = false;
    if (refused.has('tokens')) {
      tries += 1;
      home = tries < homesTried ? await findHome(table, charge) : undefined;
    }
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
  let home: CountersHome | undefined = homeAtCharge(charge);
  for (let tries = 1; home !== undefined && tries <= homesTried; tries += 1) {
    const refused = await transactNamed(
      table,
      new Map<string, Write>([
        ['ledger', putLedger(table, charge, { model, mark: 'refunded' })],
        ['counters', giveBack(table, home, charge, reason)],
        // A key's own metering item proves that its user is.
        ...(tries === 1 ? [] : [['user', userIsThere(table, charge.userId)] as const]),
        ...(charge.shared?.counted ?? []).map(
          (counter, at) => [`shared-${at}`, giveBackShared(table, counter)] as const,
        ),
      ]),
    );
    if (refused.size === 0 || refused.has('ledger') || refused.has('user')) return;
    const found = refused.get('counters');
    const isHome = found !== undefined && isCountedOn(found, charge);
    // The day's refunds are used up: it stays charged.
    if (isHome) return settleRefused(table, charge, model);
    home = await findHome(table, charge);
  }
}

function settleRefused(table: Table, charge: Charge, model: string): Promise<void> {
  const stays = { usage: noTokens, mark: 'estimated', costNanoDollars: 0, now: charge.chargedAt } as const;
  return settle(table, { charge, model, ...stays }, undefined);
}

/** Whether an item that refused a refund is the right one, so that only its refunds can be why. */
function isCountedOn({ plan, slot, sk, meterId }: Record<string, unknown>, { place }: Charge): boolean {
  if (String(sk).startsWith('PLACE#')) return meterId === undefined;
  return place === undefined || (plan === place.plan && slot === place.slot);
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
  return [
    ['row', { Update: addToRow(table, key, now, amounts, rowIsThere) }],
    ...(rowIsThere ? [] : [['user', userIsThere(table, key.userId)] as [string, Write]]),
  ];
}

function userIsThere(table: Table, userId: string): Write {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      ConditionExpression: 'attribute_exists(pk) AND #status <> :deleting',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':deleting': 'deleting' },
    },
  };
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

function addTokens(table: Table, home: CountersHome, { charge, usage, now }: Settlement): Write {
  const counters = limitsAt(now)
    .filter(({ unit }) => unit === 'tokens')
    .map(({ counter }, at) => [`#tokens${at}`, counter] as const);
  const change = {
    adds: counters.map(([name]) => `${name} :tokens`),
    // It has its line in the ledger now, so its id has done its work.
    deletes: 'charged :ids',
    names: Object.fromEntries(counters),
    values: { ':tokens': promptTokens(usage) + usage.output, ':ids': new Set([charge.chargeId]) },
  };
  return changeCounters(table, home, change, now);
}

/** A refusal of ours cost no model call, so there is no end to giving those back. */
function giveBack(table: Table, home: CountersHome, charge: Charge, reason: RefundReason): Write {
  const windows = Object.fromEntries(charge.windowIds.map((id, index) => [`#w${index}`, id]));
  const isCapped = reason === 'failed';
  const change = {
    ...(isCapped && { condition: '(attribute_not_exists(#refunds) OR #refunds < :cap)' }),
    // A window that has passed meanwhile may have been tidied away.
    sets: Object.keys(windows).map((name) => `${name} = if_not_exists(${name}, :one) - :one`),
    adds: isCapped ? ['#refunds :one'] : [],
    deletes: 'charged :ids',
    names: { ...windows, ...(isCapped && { '#refunds': refundsName(charge.chargedAt) }) },
    values: {
      ':one': 1,
      ':ids': new Set([charge.chargeId]),
      ...(isCapped && { ':cap': charge.standing.limit }),
    },
  };
  return changeCounters(table, home, change, charge.chargedAt);
}
