import { DatabaseSync } from 'node:sqlite';
import { DiskFull, meaningOf } from './disk-full.ts';

/**
 * A named set of JSON records by id, in insertion-independent id order. A write that returned survives
 * `kill -9` (SQLite's write-ahead log). Every call is synchronous, so an operation that reads and writes
 * without awaiting is atomic.
 */
export interface Collection<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  delete(id: string): boolean;
  /** All records, ordered by id. */
  list(): { id: string; value: T }[];
}

export interface Store {
  /** @param name a stand-in's own name space, for example `cognito/users` */
  collection<T>(name: string): Collection<T>;
  /** Runs `work` in one transaction: all of its writes, or none if it throws. */
  atomically<T>(work: () => T): T;
  close(): void;
}

export interface StoreEvents {
  /** The disk is full; called once, until there is room again. */
  onFull?(): void;
  /** Records are written again. */
  onRoom?(): void;
}

/**
 * @param path a file, or `:memory:`
 * @throws DiskFull from every write that finds no room; none of it is kept
 */
export function openStore(path: string, events: StoreEvents = {}): Store {
  return storeIn(new DatabaseSync(path), events);
}

export function storeIn(database: DatabaseSync, { onFull, onRoom }: StoreEvents = {}): Store {
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS records (
      collection TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (collection, id)
    ) WITHOUT ROWID`);
  const select = database.prepare('SELECT value FROM records WHERE collection = ? AND id = ?');
  const upsert = database.prepare(
    'INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM records WHERE collection = ? AND id = ?');
  const selectAll = database.prepare('SELECT id, value FROM records WHERE collection = ? ORDER BY id');

  let isFull = false;
  let isAtomic = false;
  const writing = <T>(write: () => T): T => {
    try {
      // On a full disk SQLite may have rolled back on its own: what follows must not be written alone.
      if (isAtomic && !database.isTransaction) throw new DiskFull();
      const result = write();
      // Within a transaction nothing is written before its end.
      if (isFull && !database.isTransaction) {
        isFull = false;
        onRoom?.();
      }
      return result;
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning instanceof DiskFull && !isFull) {
        isFull = true;
        onFull?.();
      }
      throw meaning;
    }
  };

  return {
    collection: <T>(name: string): Collection<T> => ({
      get(id) {
        const row = select.get(name, id);
        return row === undefined ? undefined : (JSON.parse(String(row.value)) as T);
      },
      put: (id, value) => void writing(() => upsert.run(name, id, JSON.stringify(value))),
      delete: (id) => writing(() => remove.run(name, id).changes === 1),
      list: () =>
        selectAll.all(name).map((row) => ({ id: String(row.id), value: JSON.parse(String(row.value)) as T })),
    }),
    atomically: (work) =>
      writing(() => {
        database.exec('BEGIN IMMEDIATE');
        isAtomic = true;
        try {
          const result = work();
          if (!database.isTransaction) throw new DiskFull();
          database.exec('COMMIT');
          return result;
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        } finally {
          isAtomic = false;
        }
      }),
    close: () => database.close(),
  };
}
