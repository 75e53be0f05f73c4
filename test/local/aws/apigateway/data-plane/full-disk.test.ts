import { DatabaseSync } from 'node:sqlite';
import { storeIn } from '../../../../../local/state/store.ts';
import { type StartedGateway, startGateway, stillClock } from './start-gateway.ts';

let started: StartedGateway;
afterEach(() => started.close());

test('a call that can’t be counted on a full disk doesn’t run, and the next one does once there is room', async () => {
  const database = new DatabaseSync(':memory:');
  const warnings: string[] = [];
  started = await startGateway({
    clock: stillClock(Date.UTC(2026, 3, 15)),
    store: storeIn(database),
    log: { info() {}, detail() {}, warn: (_tag, message) => warnings.push(message) },
  });
  started.method('POST', '/chat', { ApiKeyRequired: true });
  const { value } = started.key({ Quota: { Limit: 3, Period: 'DAY' } });
  const chat = () => fetch(`${started.url}/chat`, { method: 'POST', headers: { 'x-api-key': value } });

  expect((await chat()).status).toBe(200);
  fill(database);
  // A new day's counters need room.
  started.clock.moveTo(86_400);
  const refused = await chat();
  expect(refused.status).toBe(502);
  expect(await refused.json()).toEqual({ message: 'Internal server error' });
  expect(started.events).toHaveLength(1);

  database.exec('PRAGMA max_page_count = 1000000');
  const statuses: number[] = [];
  for (let call = 0; call < 4; call += 1) statuses.push((await chat()).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  expect(warnings).toEqual([]);
});

/** Up to SQLite's own bound, which it meets with the error that it has for a full disk. */
function fill(database: DatabaseSync): void {
  database.exec('PRAGMA max_page_count = 1');
  const insert = database.prepare("INSERT INTO records VALUES ('junk', ?, 'x')");
  try {
    for (let id = 0; ; id += 1) insert.run(String(id));
  } catch {
    // Full.
  }
}
