import { usageDays } from '../../../core/contract/usage-days.ts';
import type { DayUsage } from '../../../core/metering/ports.ts';
import { dayMs } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';
import type { Write } from '../transact.ts';

/**
 * What a key uses on a day is counted on its metering item, in the write that settles the call, and moved to the day's
 * row by the key's first call of another day. Usage is the sum of both. Stored: never change these names.
 */
const cellNames: Readonly<Record<keyof DayUsage['amounts'], string>> = {
  requests: 'served',
  refused: 'refused',
  inputTokens: 'in',
  outputTokens: 'out',
  cachedTokens: 'cached',
  costNanoDollars: 'cost',
};
const amountNames = new Map(Object.entries(cellNames).map(([amount, cell]) => [cell, amount]));
const cellForm = /^([a-z]+)-(\d{4}-\d\d-\d\d)$/;

const cellsOf = ({ date, amounts }: DayUsage): [name: string, amount: number][] =>
  Object.entries(amounts).map(([name, amount]) => [
    `${cellNames[name as keyof DayUsage['amounts']]}-${date}`,
    amount,
  ]);

/** The parts of an update that adds to a day on a metering item. */
export function addToDay(usage: DayUsage) {
  const cells = cellsOf(usage).filter(([, amount]) => amount !== 0);
  return {
    adds: cells.map((_cell, at) => `#d${at} :d${at}`),
    names: Object.fromEntries(cells.map(([name], at) => [`#d${at}`, name])),
    values: Object.fromEntries(cells.map(([, amount], at) => [`:d${at}`, amount])),
  };
}

/** The days that a metering item holds, newest first. */
export function usageOn(item: Readonly<Record<string, unknown>>): DayUsage[] {
  const days = new Map<string, Record<string, number>>();
  for (const [name, value] of Object.entries(item)) {
    const [, cell = '', date = ''] = cellForm.exec(name) ?? [];
    const amount = amountNames.get(cell);
    if (amount !== undefined) days.set(date, { ...days.get(date), [amount]: Number(value) });
  }
  return [...days].map(([date, amounts]) => ({ date, amounts })).sort((a, b) => (a.date < b.date ? 1 : -1));
}

/** Takes days off a metering item if nothing was added to them since they were read. */
export function takeDays(table: HotTable, meterId: string, days: readonly DayUsage[]): Write {
  const cells = days.flatMap(cellsOf);
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(meterId),
      ConditionExpression: cells.map((_cell, at) => `#d${at} = :d${at}`).join(' AND '),
      UpdateExpression: `REMOVE ${cells.map((_cell, at) => `#d${at}`).join(', ')} ADD rev :one`,
      ExpressionAttributeNames: Object.fromEntries(cells.map(([name], at) => [`#d${at}`, name])),
      ExpressionAttributeValues: {
        ':one': 1,
        ...Object.fromEntries(cells.map(([, amount], at) => [`:d${at}`, amount])),
      },
    },
  };
}

/** Adds to a key's row of the day. Rows are deleted with their user, so a caller makes sure that the user is there. */
export function addToRow(
  table: HotTable,
  { userId, keyId }: { userId: string; keyId: string },
  { date, amounts }: DayUsage,
): Write {
  const all = Object.entries(amounts);
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.usage(userId, date, keyId),
      UpdateExpression: `SET keyId = :keyId, #date = :date, #ttl = :ttl ADD ${all.map(([name]) => `${name} :${name}`).join(', ')}`,
      ExpressionAttributeNames: { '#date': 'date', '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':keyId': keyId,
        ':date': date,
        ':ttl': (Date.parse(date) + (usageDays + 1) * dayMs) / 1000,
        ...Object.fromEntries(all.map(([name, amount]) => [`:${name}`, amount])),
      },
    },
  };
}
