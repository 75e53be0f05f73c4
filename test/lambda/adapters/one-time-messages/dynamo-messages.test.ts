import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createMessage } from '../../../../core/one-time-messages/create-message.ts';
import type { DataKeys, MessagePorts, MessageRecords } from '../../../../core/one-time-messages/ports.ts';
import { burnMessage, getReceipt } from '../../../../core/one-time-messages/receipt.ts';
import { revealMessage } from '../../../../core/one-time-messages/reveal-message.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { createKms } from '../../../../local/aws/kms/kms.ts';
import { createClock } from '../../../../local/clock.ts';
import { openStore } from '../../../../local/state/store.ts';
import { type AwsProxy, type Lane, startAwsProxy } from '../../../faults/aws-proxy.ts';
import { openPatientTable } from '../patient-table.ts';
import { type RunningAws, startAws, startTable, useAwsAt } from '../start-aws.ts';

let aws: RunningAws;
let keys: RunningAws;
let proxy: AwsProxy;
let lane: Lane;
let table: Table;
let messages: MessageRecords;
let patient: MessageRecords;
let dataKeys: DataKeys;
let takeWrite: (address: string, window: { id: string; endsAt: number }, limit: number) => Promise<boolean>;
const store = openStore(':memory:');

beforeAll(async () => {
  const location = { region: 'us-east-1', accountId: '111122223333' };
  const kms = createKms({ store, clock: createClock(), ...location });
  const { KeyId } = kms.defineKey('Sealing', {});
  keys = await startAws([kms]);
  const { createKmsDataKeys } = await import(
    '../../../../lambda/adapters/one-time-messages/kms-data-keys.ts'
  );
  dataKeys = createKmsDataKeys(KeyId);
  // A client reads its endpoint with its first call.
  await dataKeys.create({ purpose: 'warm-up' });
  aws = await startTable();
  proxy = await startAwsProxy(aws.url);
  useAwsAt(proxy.url);
  lane = proxy.lane('local');
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const adapter = await import('../../../../lambda/adapters/one-time-messages/dynamo-messages.ts');
  table = openTable('records');
  messages = adapter.createDynamoMessages(table);
  takeWrite = adapter.createMessageCounts(table) as typeof takeWrite;
  // As above.
  await messages.find('');
  useAwsAt(aws.url);
  patient = adapter.createDynamoMessages(await openPatientTable('records'));
});
afterAll(async () => {
  await proxy.close();
  await aws.close();
  await keys.close();
  store.close();
});
afterEach(() => lane.begin());

const now = Date.UTC(2026, 10, 28, 10);
const newHash = () => randomBytes(32).toString('hex');
const record = (expiresAt = now + 3_600_000) => ({
  createdAt: now,
  expiresAt,
  receiptHash: newHash(),
  wrappedKey: randomBytes(32),
});
const text = new Uint8Array(randomBytes(1000));
async function newMessage(): Promise<string> {
  const idHash = newHash();
  await messages.create(idHash, record(), text);
  return idHash;
}
const itemsOf = async (idHash: string) => {
  const { Items = [] } = await table.documents.send(new ScanCommand({ TableName: 'records' }));
  return Items.filter(({ pk }) => pk === `MESSAGE#${idHash}`);
};

test('a message is found with its text, and both have their time to live', async () => {
  const idHash = newHash();
  const written = record();
  await messages.create(idHash, written, text);
  expect(await messages.find(idHash)).toEqual({ ...written, wrappedKey: new Uint8Array(written.wrappedKey) });
  expect(await messages.readSealed(idHash)).toEqual(text);
  const expiresAt = written.expiresAt / 1000;
  expect(Object.fromEntries((await itemsOf(idHash)).map(({ sk, ttl }) => [sk, ttl]))).toEqual({
    RECORD: expiresAt + 7 * 86_400,
    SEALED: expiresAt,
  });
});

test('an end takes the key away in the same write, and what is left tells how it ended', async () => {
  const idHash = await newMessage();
  expect(await messages.end(idHash, { how: 'revealed', now: now + 5, callId: 'a' })).toBe(true);
  expect(await messages.find(idHash)).toMatchObject({
    wrappedKey: undefined,
    ended: { how: 'revealed', at: now + 5 },
  });
  expect(await messages.end(idHash, { how: 'burned', now: now + 6, callId: 'b' })).toBe(false);
  await messages.removeSealed(idHash);
  expect(await messages.readSealed(idHash)).toBeUndefined();
});

test('of 200 ends at once one is told that it was it, whatever the message', async () => {
  for (let round = 0; round < 5; round += 1) {
    const idHash = await newMessage();
    const ends = Array.from({ length: 200 }, (_, at) =>
      patient.end(idHash, { how: 'revealed', now, callId: `${at}` }),
    );
    expect((await Promise.all(ends)).filter(Boolean)).toHaveLength(1);
  }
});

test('an end whose reply was lost is told as its own, and as nobody else’s', async () => {
  const idHash = await newMessage();
  lane.begin(({ attempt }) => (attempt === 1 ? 'lost' : undefined));
  expect(await messages.end(idHash, { how: 'revealed', now, callId: 'mine' })).toBe(true);
  expect(lane.calls).toHaveLength(2);
  lane.begin();
  expect(await messages.end(idHash, { how: 'revealed', now, callId: 'another' })).toBe(false);
});

test('an expired message can’t be ended, though it is still there', async () => {
  const idHash = newHash();
  await messages.create(idHash, record(now + 1000), text);
  expect(await messages.end(idHash, { how: 'revealed', now: now + 1000, callId: 'a' })).toBe(false);
  expect(await messages.end(idHash, { how: 'revealed', now: now + 999, callId: 'a' })).toBe(true);
});

test('a message cut off before its record can’t be read: there is no key for it', async () => {
  const idHash = newHash();
  lane.begin(({ number }) => (number === 2 ? 'down' : undefined));
  await expect(messages.create(idHash, record(), text)).rejects.toThrow();
  lane.begin();
  expect(await messages.find(idHash)).toBeUndefined();
});

test('the largest message fits, and a failed end costs one unit, not the message’s hundred', async () => {
  const idHash = newHash();
  await messages.create(idHash, record(), new Uint8Array(randomBytes(102_400 + 28)));
  const items = await itemsOf(idHash);
  const bytes = Object.fromEntries(items.map((item) => [item.sk, JSON.stringify(item).length]));
  expect(bytes.RECORD).toBeLessThan(1024);
});

test('an address may write so many in an hour, exactly, at once or one after another', async () => {
  const window = { id: 'hour-2026-11-28T10', endsAt: now + 3_600_000 };
  const take = (address: string) => takeWrite(address, window, 7);
  const taken = await Promise.all(Array.from({ length: 30 }, () => take('192.0.2.1')));
  expect(taken.filter(Boolean)).toHaveLength(7);
  expect(await take('192.0.2.1')).toBe(false);
  expect(await take('192.0.2.2')).toBe(true);
  expect(await takeWrite('192.0.2.1', { ...window, id: 'hour-2026-11-28T11' }, 7)).toBe(true);
});

test('KMS opens a data key for its own message alone', async () => {
  const { key, wrapped } = await dataKeys.create({ message: 'a' });
  expect(key).toHaveLength(32);
  expect(await dataKeys.open({ message: 'a' }, wrapped)).toEqual(key);
  await expect(dataKeys.open({ message: 'b' }, wrapped)).rejects.toThrow();
  await expect(dataKeys.open({ message: 'a' }, Buffer.from(wrapped).reverse())).rejects.toThrow();
});

test.each([
  ['DisabledException', /None was lost/],
  ['KMSInvalidStateException', /None was lost/],
  ['NotFoundException', /moment\.$/],
  ['AccessDeniedException', /moment\.$/],
])('a sealing key that answers %s is told as a 503', async (error, message) => {
  const { wrapped } = await dataKeys.create({ message: 'a' });
  keys.faults.replace([{ service: 'kms', kind: 'error', error }]);
  try {
    await expect(dataKeys.open({ message: 'a' }, wrapped)).rejects.toMatchObject({
      status: 503,
      message: expect.stringMatching(message),
    });
  } finally {
    keys.faults.replace([]);
  }
});

/** The whole of a reading with one of its calls broken: never two readers, and none for ever only after the deed. */
describe.each([1, 2, 3, 4])('at call %i of a reading', (broken) => {
  const ports = (): MessagePorts => ({
    messages,
    dataKeys,
    clock: { now: () => now },
    onNotRemoved: () => {},
  });

  test.each(['error', 'down', 'lost'] as const)(
    '%s leaves the message to one reader or, told as failed, to none',
    async (kind) => {
      const writing = { ...ports(), takeWrite: async () => true, perAddressPerHour: 1 };
      const { id } = await createMessage(writing, { message: 'x', expiresIn: '1h' }, '');
      lane.begin(({ number }) => (number === broken ? kind : undefined));
      const first = await revealMessage(ports(), id).catch(() => 'failed');
      lane.begin();
      const second = await revealMessage(ports(), id).catch(() => 'failed');
      const readers = [first, second].filter((outcome) => outcome === 'x').length;
      expect(readers).toBeLessThanOrEqual(1);
      // The third call ends the message: applied, and its reply lost in every attempt, it has no reader.
      if (!(broken === 3 && kind === 'lost')) expect(readers).toBe(1);
    },
  );
});

describe.each([1, 2, 3, 4])('at call %i of a burning', (broken) => {
  test.each(['error', 'down', 'lost'] as const)(
    '%s leaves a message that a second try burns, and that nobody reads once it was told as burned',
    async (kind) => {
      const ports = { messages, dataKeys, clock: { now: () => now }, onNotRemoved: () => {} };
      const writing = { ...ports, takeWrite: async () => true, perAddressPerHour: 1 };
      const { id, receipt } = await createMessage(writing, { message: 'x', expiresIn: '1h' }, '');
      lane.begin(({ number }) => (number === broken ? kind : undefined));
      const told = await burnMessage(ports, id, receipt).catch(() => undefined);
      lane.begin();
      if (told !== undefined) expect(told.status).toBe('burned');
      expect((await burnMessage(ports, id, receipt)).status).toBe('burned');
      await expect(revealMessage(ports, id)).rejects.toMatchObject({ code: 'not_found' });
      expect((await getReceipt(ports, id, receipt)).status).toBe('burned');
    },
  );
});
