import type { LoggedRefusal, RefusalLog } from '../../../core/metering/ports.ts';
import { newChargeId } from '../meter/charge-update.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { isApplied, transact } from '../transact.ts';
import { userIsThere } from '../user-is-there.ts';
import { type CallsKept, callsOn, ledgerEnd } from './ledger.ts';

/** Refusals of one minute and reason, counted by this function. */
interface Row {
  minute: number;
  Key: { pk: string; sk: string };
  count: number;
}

const mostRemembered = 1000;
/** Up to here, every refusal is written; then every one that doubles the count. */
const mostExact = 8;

/**
 * One row for the refusals of a key, route, model and code in a minute, so that a program that goes on after a refusal
 * doesn't cost a write for each: of n refusals in a minute, each function writes at most 8 + log2(n / 8). A row is
 * the function's own, so its count needs no reads.
 * @returns undefined if nothing is kept
 */
export function createRefusalLog(
  table: HotTable,
  { keepDays }: CallsKept,
  onFailed: (error: unknown) => void,
): RefusalLog | undefined {
  if (keepDays === 0) return undefined;
  const rows = new Map<string, Row>();

  return {
    async add(refusal) {
      const { userId, keyId, code, route, model, now } = refusal;
      const name = [keyId, code, route, model].join(' ');
      const minute = Math.floor(now / 60_000);
      const known = rows.get(name);
      try {
        if (known?.minute === minute) {
          known.count += 1;
          if (isWritten(known.count)) await writeCount(table, known);
          return;
        }
        if (rows.size >= mostRemembered) rows.clear();
        const Key = itemKeys.ledger(userId, new Date(now).toISOString(), newChargeId(now));
        rows.set(name, { minute, Key, count: 1 });
        await putFirst(table, Key, refusal, keepDays);
      } catch (error) {
        // The next one begins a row of its own.
        rows.delete(name);
        onFailed(error);
      }
    },
  };
}

function isWritten(count: number): boolean {
  return count <= mostExact || Number.isInteger(Math.log2(count));
}

/** Its user is checked, so that no row comes after a deleted account. */
async function putFirst(
  table: HotTable,
  Key: Row['Key'],
  { userId, keyId, requestId, route, model, code, now }: LoggedRefusal,
  keepDays: number,
): Promise<void> {
  const shown = {
    callsOn: callsOn(userId, now),
    keyId,
    requestId,
    route,
    model,
    code,
    mark: 'refused',
    count: 1,
  };
  const Item = { ...Key, ttl: ledgerEnd(now, keepDays), ...shown };
  await transact(table, [{ Put: { TableName: table.name, Item } }, userIsThere(table, userId)]);
}

/** Harmless when repeated, as after a lost reply. Without the row, its user is gone. */
async function writeCount(table: HotTable, { Key, count }: Row): Promise<void> {
  const update = {
    TableName: table.name,
    Key,
    ConditionExpression: 'attribute_exists(pk) AND #count < :count',
    UpdateExpression: 'SET #count = :count',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':count': count },
  };
  await isApplied(table.items.update(update));
}
