import { DatabaseSync } from 'node:sqlite';

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

/** @param path a file, or `:memory:` */
export function openStore(path: string): Store {
  const database = new DatabaseSync(path);
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

  return {
    collection: <T>(name: string): Collection<T> => ({
      get(id) {
        const row = select.get(name, id);
        return row === undefined ? undefined : (JSON.parse(String(row.value)) as T);
      },
      put: (id, value) => void upsert.run(name, id, JSON.stringify(value)),
      delete: (id) => remove.run(name, id).changes === 1,
      list: () =>
        selectAll.all(name).map((row) => ({ id: String(row.id), value: JSON.parse(String(row.value)) as T })),
    }),
    atomically(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}
