import { DatabaseSync } from 'node:sqlite';
import { DiskFull } from '../../../local/state/disk-full.ts';
import { type Store, storeIn } from '../../../local/state/store.ts';

let database: DatabaseSync;
let store: Store;
let told: string[];
beforeEach(() => {
  database = new DatabaseSync(':memory:');
  told = [];
  store = storeIn(database, { onFull: () => told.push('full'), onRoom: () => told.push('room') });
});
afterEach(() => store.close());

const large = 'x'.repeat(10_000);
/** SQLite's own bound, which it meets with the same error and the same rollback as a disk without space. */
const allow = (pages: number) => void database.exec(`PRAGMA max_page_count = ${pages}`);
const fillUp = () => allow(1);
const makeRoom = () => allow(1_000_000);

test.each([
  ['a write', () => store.collection('a').put('new', large)],
  ['a transaction', () => store.atomically(() => store.collection('a').put('new', large))],
  [
    'a transaction whose first writes fitted',
    () =>
      store.atomically(() => {
        store.collection('a').put('small', 1);
        store.collection('a').put('new', large);
      }),
  ],
  [
    'a transaction that swallows it',
    () =>
      store.atomically(() => {
        try {
          store.collection('a').put('new', large);
        } catch {
          // Whoever catches it must not take the transaction for whole.
        }
        store.collection('a').put('after', 1);
      }),
  ],
])('on a full disk %s is refused by name, and none of it is kept', (_what, write) => {
  const kept = store.collection('a');
  kept.put('old', 1);
  fillUp();
  expect(write).toThrow(DiskFull);
  expect(write).toThrow('The disk that holds the data directory is full.');
  expect(kept.list()).toEqual([{ id: 'old', value: 1 }]);
});

test('once there is room it works again, without being reopened', () => {
  const kept = store.collection('a');
  fillUp();
  expect(() => kept.put('new', large)).toThrow(DiskFull);
  expect(() => store.atomically(() => kept.put('new', large))).toThrow(DiskFull);
  makeRoom();
  store.atomically(() => kept.put('new', large));
  kept.put('newer', large);
  expect(kept.list().map(({ id }) => id)).toEqual(['new', 'newer']);
  expect(told).toEqual(['full', 'room']);
});

test('any other failure is thrown unchanged, and rolls back', () => {
  const kept = store.collection('a');
  const failing = () =>
    store.atomically(() => {
      kept.put('new', 1);
      throw new Error('for another reason');
    });
  expect(failing).toThrow('for another reason');
  expect(kept.list()).toEqual([]);
  expect(told).toEqual([]);
});
