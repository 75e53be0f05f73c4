import { createMessage } from '../../../core/one-time-messages/create-message.ts';
import { burnMessage, getReceipt } from '../../../core/one-time-messages/receipt.ts';
import { findWaiting, revealMessage } from '../../../core/one-time-messages/reveal-message.ts';
import { openText, sealText } from '../../../core/one-time-messages/sealed-text.ts';
import { messageWorld } from './message-world.ts';

const address = '192.0.2.1';
const hour = 3_600_000;
const write = (world: ReturnType<typeof messageWorld>, message = 'for your eyes', expiresIn = '24h') =>
  createMessage(world.ports, { message, expiresIn }, address);
const gone = expect.objectContaining({ code: 'not_found' });
const refused = (code: string, param?: string) =>
  expect.objectContaining({ code, ...(param !== undefined && { param }) });

describe('writing', () => {
  test('none can be written where they are turned off, and those that wait can still be read', async () => {
    const world = messageWorld();
    const { id } = await write(world);
    const off = { ...world.ports, perAddressPerHour: undefined };
    const body = { message: 'for your eyes', expiresIn: '24h' };
    await expect(createMessage(off, body, address)).rejects.toEqual(gone);
    expect(await revealMessage(off, id)).toBe('for your eyes');
  });

  test('ids and receipts have 130 random bits, and differ', async () => {
    const world = messageWorld();
    const written = await Promise.all(Array.from({ length: 100 }, () => write(world)));
    const tokens = written.flatMap(({ id, receipt }) => [id, receipt]);
    expect(new Set(tokens.map((token) => token.slice(4))).size).toBe(200);
    for (const { id, receipt } of written) {
      expect(id).toMatch(/^sec_[0-9a-hjkmnp-tv-z]{26}$/);
      expect(receipt).toMatch(/^rcp_[0-9a-hjkmnp-tv-z]{26}$/);
    }
  });

  test.each([
    ['a text', 'a text'],
    ['white space around it', '  \n a text\t'],
    ['NUL, controls and what looks like markup', '\0\u0001<b>&"\\'],
    ['letters of four bytes and joined ones', '😀👩‍👩‍👧‍👦 Καλημέρα'],
    ['102,400 bytes', 'a'.repeat(102_400)],
    ['102,400 bytes of characters of two', 'é'.repeat(51_200)],
    ['102,400 bytes of characters of four', '😀'.repeat(25_600)],
  ])('the reader gets it character by character: %s', async (_what, message) => {
    const world = messageWorld();
    const { id } = await write(world, message);
    expect((await revealMessage(world.ports, id)) === message).toBe(true);
  });

  test.each([
    ['102,401 bytes', 'a'.repeat(102_401)],
    ['a character of two bytes too many', `a${'é'.repeat(51_200)}`],
    ['few characters of many bytes', '😀'.repeat(25_601)],
    ['blanks', ' '.repeat(102_401)],
  ])('is refused as too large: %s', async (_what, message) => {
    const world = messageWorld();
    await expect(write(world, message)).rejects.toEqual(refused('payload_too_large', 'message'));
    expect(world.records.size).toBe(0);
  });

  test.each(['', ' ', ' \t\r\n', '\u00a0\u2003\u3000\ufeff'])(
    'is refused when blank: %j',
    async (message) => {
      await expect(write(messageWorld(), message)).rejects.toEqual(refused('invalid_request', 'message'));
    },
  );

  test('is refused with half of a surrogate pair, which no reader could be sent', async () => {
    await expect(write(messageWorld(), 'a\ud83d')).rejects.toEqual(refused('invalid_request', 'message'));
  });

  test.each([
    ['1m', hour / 60],
    ['90m', 1.5 * hour],
    ['7d', 168 * hour],
    ['1w', 168 * hour],
    ['PT12H', 12 * hour],
    ['2026-11-28T10:31:00Z', hour / 60],
  ])('waits for %s', async (expiresIn, life) => {
    const world = messageWorld();
    expect((await write(world, 'x', expiresIn)).expiresAt).toBe(world.time.now + life);
  });

  test.each(['', '0m', '59s', 'PT59S', '169h', '8d', 'P1M', '1y', '-1h', '24', 'tomorrow', '2026-11-28'])(
    'has no life of %j',
    async (expiresIn) => {
      await expect(write(messageWorld(), 'x', expiresIn)).rejects.toEqual(
        refused('invalid_request', 'expiresIn'),
      );
    },
  );

  test('stops at the hour’s limit of an address, exactly, and goes on in the next hour', async () => {
    const world = messageWorld(5);
    const tries = await Promise.allSettled(Array.from({ length: 40 }, () => write(world)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const [first] = tries.filter((one) => one.status === 'rejected');
    expect(first?.reason).toMatchObject({
      code: 'rate_limit_exceeded',
      headers: { 'retry-after': String(30 * 60) },
    });
    await createMessage(world.ports, { message: 'x', expiresIn: '1h' }, '192.0.2.2');
    world.time.now += hour / 2;
    await write(world);
  });

  test('what is refused is not counted', async () => {
    const world = messageWorld(1);
    await expect(write(world, ' ')).rejects.toThrow();
    await write(world);
  });
});

describe('reading', () => {
  test('asking whether a message waits burns nothing', async () => {
    const world = messageWorld();
    const { id } = await write(world);
    for (let times = 0; times < 5; times += 1) {
      expect((await findWaiting(world.ports, id)).expiresAt).toBe(world.time.now + 24 * hour);
    }
    expect(await revealMessage(world.ports, id)).toBe('for your eyes');
  });

  // All 1,000 take most of a minute.
  const count = process.env.DAYPASS_FAULT_SEEDS ? 1000 : 50;

  test(`of 200 readers at once exactly one gets each of ${count} messages`, async () => {
    const world = messageWorld();
    let read = 0;
    for (let batch = 0; batch < count / 10; batch += 1) {
      const ids = (await Promise.all(Array.from({ length: 10 }, () => write(world, 'x')))).map(
        ({ id }) => id,
      );
      const readings = await Promise.allSettled(
        ids.flatMap((id) => Array.from({ length: 200 }, () => revealMessage(world.ports, id))),
      );
      read += readings.filter(({ status }) => status === 'fulfilled').length;
      expect(readings.filter((one) => one.status === 'rejected' && one.reason.code !== 'not_found')).toEqual(
        [],
      );
    }
    expect(read).toBe(count);
    expect(world.sealed.size).toBe(0);
  });

  test('after it nothing of the message is left but its receipt', async () => {
    const world = messageWorld();
    const { id } = await write(world);
    await revealMessage(world.ports, id);
    expect(world.sealed.size).toBe(0);
    expect([...world.records.values()].map((record) => record.wrappedKey)).toEqual([undefined]);
    await expect(revealMessage(world.ports, id)).rejects.toEqual(gone);
    await expect(findWaiting(world.ports, id)).rejects.toEqual(gone);
  });

  test('an expired message is gone, though nothing has deleted it', async () => {
    const world = messageWorld();
    const { id } = await write(world, 'x', '1h');
    world.time.now += hour - 1;
    await findWaiting(world.ports, id);
    world.time.now += 1;
    expect(world.sealed.size).toBe(1);
    await expect(findWaiting(world.ports, id)).rejects.toEqual(gone);
    await expect(revealMessage(world.ports, id)).rejects.toEqual(gone);
  });

  test('one that expires while it is being opened is gone', async () => {
    const world = messageWorld();
    const { id } = await write(world, 'x', '1h');
    const { open } = world.ports.dataKeys;
    world.ports.dataKeys.open = (...args) => {
      world.time.now += hour;
      return open(...args);
    };
    await expect(revealMessage(world.ports, id)).rejects.toEqual(gone);
  });

  test.each([
    ['KMS', 'dataKeys', 'open'],
    ['the table, before the message has ended', 'messages', 'readSealed'],
    ['the table, as it ends', 'messages', 'end'],
  ] as const)('a failure loses nothing: %s', async (_what, port, operation) => {
    const world = messageWorld();
    const { id } = await write(world);
    const working = world.ports[port][operation as never];
    Object.assign(world.ports[port], { [operation]: () => Promise.reject(new Error('down')) });
    await expect(revealMessage(world.ports, id)).rejects.toThrow('down');
    Object.assign(world.ports[port], { [operation]: working });
    expect(await revealMessage(world.ports, id)).toBe('for your eyes');
  });

  test('text that can’t be deleted is reported, and can’t be read again', async () => {
    const world = messageWorld();
    const { id } = await write(world);
    world.ports.messages.removeSealed = () => Promise.reject(new Error('down'));
    expect(await revealMessage(world.ports, id)).toBe('for your eyes');
    expect(world.notRemoved).toHaveLength(1);
    expect(world.sealed.size).toBe(1);
    await expect(revealMessage(world.ports, id)).rejects.toEqual(gone);
  });

  test('ids that nobody was given are gone like those that were read', async () => {
    for (const id of ['', 'sec_', `sec_${'0'.repeat(26)}`, 'key_1', '\0', '../x'.repeat(100)]) {
      await expect(revealMessage(messageWorld().ports, id)).rejects.toEqual(gone);
    }
  });
});

describe('the receipt', () => {
  test('tells that a message waits, and then when it was read', async () => {
    const world = messageWorld();
    const { id, receipt } = await write(world, 'x', '1h');
    const times = { createdAt: '2026-11-28T10:30:00.000Z', expiresAt: '2026-11-28T11:30:00.000Z' };
    const unread = { revealedAt: null, burnedAt: null };
    expect(await getReceipt(world.ports, id, receipt)).toEqual({
      id,
      status: 'waiting',
      ...times,
      ...unread,
    });
    world.time.now += 60_000;
    await revealMessage(world.ports, id);
    world.time.now += hour;
    const revealedAt = '2026-11-28T10:31:00.000Z';
    expect(await getReceipt(world.ports, id, receipt)).toEqual({
      ...times,
      id,
      status: 'revealed',
      revealedAt,
      burnedAt: null,
    });
  });

  test('tells that a message expired unread', async () => {
    const world = messageWorld();
    const { id, receipt } = await write(world, 'x', '1h');
    world.time.now += hour;
    expect((await getReceipt(world.ports, id, receipt)).status).toBe('expired');
    expect((await burnMessage(world.ports, id, receipt)).status).toBe('expired');
  });

  test('burns the message, once and for all', async () => {
    const world = messageWorld();
    const { id, receipt } = await write(world);
    const burned = await burnMessage(world.ports, id, receipt);
    expect(burned).toMatchObject({
      status: 'burned',
      burnedAt: '2026-11-28T10:30:00.000Z',
      revealedAt: null,
    });
    expect(world.sealed.size).toBe(0);
    await expect(revealMessage(world.ports, id)).rejects.toEqual(gone);
    expect(await burnMessage(world.ports, id, receipt)).toEqual(burned);
  });

  test('comes too late to burn what was read, and says so', async () => {
    const world = messageWorld();
    const { id, receipt } = await write(world);
    await revealMessage(world.ports, id);
    expect(await burnMessage(world.ports, id, receipt)).toMatchObject({ status: 'revealed', burnedAt: null });
  });

  test('of burning and reading at the same time one wins, and the receipt says which', async () => {
    for (let round = 0; round < 50; round += 1) {
      const world = messageWorld();
      const { id, receipt } = await write(world);
      const [burned, ...read] = await Promise.allSettled([
        burnMessage(world.ports, id, receipt),
        ...Array.from({ length: 3 }, () => revealMessage(world.ports, id)),
      ]);
      const readers = read.filter(({ status }) => status === 'fulfilled').length;
      const { status } = await getReceipt(world.ports, id, receipt);
      expect(status).toBe(readers === 1 ? 'revealed' : 'burned');
      expect(burned).toMatchObject({ value: { status } });
    }
  });

  test('of another message, or the message’s own id, opens nothing', async () => {
    const world = messageWorld();
    const [mine, other] = [await write(world), await write(world)];
    for (const receipt of [other.receipt, mine.id, 'rcp_', `${mine.receipt}0`]) {
      await expect(getReceipt(world.ports, mine.id, receipt)).rejects.toEqual(gone);
      await expect(burnMessage(world.ports, mine.id, receipt)).rejects.toEqual(gone);
    }
    for (const receipt of [undefined, '']) {
      await expect(burnMessage(world.ports, mine.id, receipt)).rejects.toEqual(
        refused('invalid_request', 'x-daypass-receipt'),
      );
    }
    expect(await revealMessage(world.ports, mine.id)).toBe('for your eyes');
  });
});

describe('what is stored', () => {
  const canary = 'canary-5b1f';

  test('holds neither the message, nor its id, nor the receipt', async () => {
    const world = messageWorld();
    const { id, receipt } = await write(world, canary);
    const texts = [...world.sealed].map(([hash, text]) => hash + Buffer.from(text).toString('latin1'));
    const stored = [...texts, JSON.stringify([...world.records])];
    for (const secret of [canary, id, id.slice(4), receipt, receipt.slice(4)]) {
      expect(stored.filter((text) => text.includes(secret))).toEqual([]);
    }
  });

  test('opens by its own key and id, unchanged, and in no other way', () => {
    const key = new Uint8Array(32).fill(7);
    const sealed = sealText(key, 'sec_a', canary);
    expect(openText(key, 'sec_a', sealed)).toBe(canary);
    expect(() => openText(key, 'sec_b', sealed)).toThrow();
    expect(() => openText(new Uint8Array(32).fill(8), 'sec_a', sealed)).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
      expect(() => openText(key, 'sec_a', changed)).toThrow();
    }
    expect(() => openText(key, 'sec_a', sealed.subarray(0, -1))).toThrow();
    expect(() => openText(key, 'sec_a', new Uint8Array())).toThrow();
  });
});
