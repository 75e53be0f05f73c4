import { isKeyId } from '../../../core/keys/key-id.ts';
import type { KeyReads, KeyRecord } from '../../../core/keys/ports.ts';
import type { Page } from '../../../core/page.ts';
import type { LiveKeys } from '../../../core/reconcile/ports.ts';
import { queryAll } from '../query-all.ts';
import { itemKeys, listShards, livePartition, type Table } from '../table.ts';
import { invalidCursor, readItems } from '../table-reads.ts';
import { keysOf } from './key-records.ts';

export function createKeyLists(table: Table): Pick<KeyReads, 'listUnfinished' | 'listVisible'> {
  return {
    async listUnfinished(userId) {
      const unfinished: KeyRecord[] = [];
      for await (const page of keysOf(table, userId)) unfinished.push(...(await unfinishedOf(table, page)));
      return unfinished;
    },

    listVisible: (userId, page) => listVisible(table, userId, page),
  };
}

/** Every key that has not ended, for the reconciler. */
export function createDynamoLiveKeys(table: Table): LiveKeys {
  return {
    async *list() {
      for (let shard = 0; shard < listShards; shard += 1) {
        for await (const item of queryAll(table, livePartition(shard))) {
          yield { keyId: String(item.sk), userId: String(item.userId) };
        }
      }
    },
  };
}

/** An ended key is gone from API Gateway once its intent is gone. */
async function unfinishedOf(table: Table, records: readonly KeyRecord[]): Promise<KeyRecord[]> {
  const ended = records.filter(({ status }) => status === 'revoked' || status === 'expired');
  const pending = await readItems(
    table,
    ended.map(({ keyId }) => itemKeys.pending(keyId)),
  );
  const finished = new Set(ended.map(({ keyId }) => keyId));
  for (const { sk } of pending) finished.delete(String(sk));
  return records.filter(({ keyId }) => !finished.has(keyId));
}

/**
 * Key ids sort by time, so the id of a page's last key gives the start of the next page. One key more than requested is read
 * to know whether more follow. Another page is read if some of them, a few at most, are still being made.
 */
async function listVisible(table: Table, userId: string, { limit, cursor }: Page) {
  if (cursor !== undefined && !isKeyId(cursor)) throw invalidCursor();
  const visible: KeyRecord[] = [];
  const start = cursor === undefined ? {} : { start: itemKeys.key(userId, cursor) };
  for await (const page of keysOf(table, userId, { ...start, pageSize: limit + 1 })) {
    visible.push(...page.filter((record) => record.status !== 'creating'));
    if (visible.length > limit) break;
  }
  const records = visible.slice(0, limit);
  return { records, nextCursor: visible.length > limit ? (records.at(-1)?.keyId ?? null) : null };
}
