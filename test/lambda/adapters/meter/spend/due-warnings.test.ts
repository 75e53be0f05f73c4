import { randomUUID } from 'node:crypto';
import type { SpendWarning, WarningNotes } from '../../../../../core/metering/ports.ts';
import type { DueWarnings } from '../../../../../core/reconcile/ports.ts';
import { type RunningAws, startTable } from '../../start-aws.ts';

let aws: RunningAws;
let due: DueWarnings;
let notes: () => WarningNotes;
const failed: unknown[] = [];

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../../lambda/adapters/sdk-table.ts');
  const { createDueWarnings } = await import('../../../../../lambda/adapters/meter/spend/due-warnings.ts');
  const { createWarningNotes } = await import('../../../../../lambda/adapters/meter/spend/warning-notes.ts');
  const table = openTable('records');
  due = createDueWarnings(table, {});
  notes = () => createWarningNotes(table, (error) => void failed.push(error));
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

const some = (fields: Partial<SpendWarning> = {}): SpendWarning => ({
  of: 'key',
  userId: randomUUID(),
  keyId: `key_${randomUUID()}`,
  step: 80,
  window: 'day',
  limit: 5,
  resetsAt: Date.parse('2026-11-23T00:00:00Z'),
  ...fields,
});
const listed = async ({ keyId }: SpendWarning) =>
  (await due.list()).filter((warning) => warning.keyId === keyId);

test('what several functions note is listed once, as it was noted, until it is removed', async () => {
  const warning = some();
  await Promise.all([notes().add(warning), notes().add(warning)]);
  expect(await listed(warning)).toEqual([warning]);
  await due.remove(warning);
  expect(await listed(warning)).toEqual([]);
});

test('a function notes a step once, and again if the write has failed', async () => {
  const warning = some();
  const own = notes();
  aws.faults.replace([
    { service: 'dynamodb', operation: 'UpdateItem', kind: 'error', error: 'AccessDenied' },
  ]);
  await own.add(warning);
  expect(failed).toHaveLength(1);
  aws.faults.replace([]);
  await own.add(warning);
  await due.remove(warning);
  await own.add(warning);
  expect(await listed(warning)).toEqual([]);
});

test('of many that claim a step one gets it, a higher one is free, and no lower one', async () => {
  const warning = some();
  const claims = await Promise.all(Array.from({ length: 10 }, () => due.claim(warning)));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await due.claim({ ...warning, step: 100 })).toBe(true);
  expect(await due.claim({ ...warning, step: 90 })).toBe(false);
  expect(await due.claim({ ...warning, step: 90, of: 'user' })).toBe(true);
  expect(await due.claim({ ...warning, step: 90, window: 'month' })).toBe(true);
});

test('a claim that is released can be claimed again', async () => {
  const warning = some({ step: 90 });
  await due.claim(warning);
  await due.release(warning);
  expect(await due.claim({ ...warning, step: 80 })).toBe(false);
  expect(await due.claim(warning)).toBe(true);
});
