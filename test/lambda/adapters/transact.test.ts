import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { HotTable } from '../../../lambda/adapters/table.ts';
import { retryConflicts, transact, transactNamed, type Write } from '../../../lambda/adapters/transact.ts';

const about = { message: 'no', $metadata: {} };
const conflict = () => new TransactionConflictException(about);
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...about, CancellationReasons: codes.map((Code) => ({ Code })) });

/** A table whose transactions fail with these errors, one after the other, and then succeed. */
function tableThatFails(...errors: Error[]) {
  let sent = 0;
  const transactWrite = async () => {
    sent += 1;
    const error = errors.shift();
    if (error !== undefined) throw error;
  };
  const table = { name: 'records', items: { transactWrite } } as unknown as HotTable;
  return { table, sent: () => sent };
}
const writes = new Map<'a' | 'b', Write>([
  ['a', {}],
  ['b', {}],
]);

test.each([
  ['a conflict', cancelled('None', 'TransactionConflict')],
  ['throttling', cancelled('ThrottlingError', 'None')],
  ['a full partition', cancelled('ProvisionedThroughputExceeded', 'None')],
])('a transaction cancelled by %s is retried', async (_what, error) => {
  const { table, sent } = tableThatFails(error, error);
  expect((await transactNamed(table, writes)).size).toBe(0);
  expect(sent()).toBe(3);
});

test('a failed condition is reported by its name, and not retried', async () => {
  const { table, sent } = tableThatFails(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
  expect([...(await transactNamed(table, writes)).keys()]).toEqual(['b']);
  expect(sent()).toBe(1);
});

test('without names for the conditions, the error says only that one failed', async () => {
  const { table } = tableThatFails(
    cancelled('None', 'ConditionalCheckFailed'),
    cancelled('TransactionConflict'),
  );
  expect(await transact(table, [{}, {}])).toBe('refused');
  expect(await transact(table, [{}, {}])).toBe('written');
});

test('endless conflicts are a 503 after a bounded number of attempts', async () => {
  const { table, sent } = tableThatFails(
    ...Array.from({ length: 100 }, () => cancelled('TransactionConflict')),
  );
  await expect(transactNamed(table, writes)).rejects.toMatchObject({
    code: 'service_unavailable',
    status: 503,
    headers: { 'retry-after': '1' },
  });
  expect(sent()).toBe(8);
}, 20_000);

test('a plain write that conflicts with a transaction is retried', async () => {
  const errors = [conflict(), conflict()];
  const write = async () => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    return 'written';
  };
  expect(await retryConflicts(write)).toBe('written');
});

test.each([new ConditionalCheckFailedException(about), cancelled('ValidationError'), new Error('down')])(
  'any other failure is not retried: %s',
  async (error) => {
    const { table, sent } = tableThatFails(error);
    await expect(transactNamed(table, writes)).rejects.toBe(error);
    expect(sent()).toBe(1);
  },
);
