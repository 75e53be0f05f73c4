import { createMessage } from '../../../core/one-time-messages/create-message.ts';
import {
  isWholeKey,
  mostSealableBytes,
  openMessage,
  sealMessage,
} from '../../../web/one-time-messages/sealed-message.ts';
import { messageWorld } from '../../core/one-time-messages/message-world.ts';

test.each(['x', ' \n spaces stay \t', '\ufeff\0\u0001', '😀👩‍👩‍👧‍👦 Καλημέρα', 'é'.repeat(30_000)])(
  'what was sealed is opened by its key, character by character: %#',
  async (text) => {
    const { message, key } = await sealMessage(text);
    expect(message).toMatch(/^daypass1\.[\w-]+$/);
    expect((await openMessage(message, key)) === text).toBe(true);
  },
);

test('no two messages have the same key or look the same', async () => {
  const sealed = await Promise.all(Array.from({ length: 50 }, () => sealMessage('the same')));
  expect(new Set(sealed.map(({ key }) => key)).size).toBe(50);
  expect(new Set(sealed.map(({ message }) => message)).size).toBe(50);
});

test('the most that the page takes fits into a message, and one byte more does not', async () => {
  const take = async (bytes: number) => {
    const { message } = await sealMessage('a'.repeat(bytes));
    return createMessage(messageWorld().ports, { message, expiresIn: '1h' }, '');
  };
  await take(mostSealableBytes);
  await expect(take(mostSealableBytes + 1)).rejects.toMatchObject({ code: 'payload_too_large' });
});

test('a key is whole only as it was made: nothing cut, added, or changed in any character', async () => {
  const { key } = await sealMessage('x');
  expect(await isWholeKey(key)).toBe(true);
  for (const wrong of [
    '',
    key.slice(1),
    key.slice(0, -1),
    `${key}x`,
    `${key}=`,
    ` ${key}`,
    key.toLowerCase(),
  ]) {
    expect(await isWholeKey(wrong)).toBe(false);
  }
  for (let at = 0; at < key.length; at += 1) {
    const other = key[at] === 'A' ? 'B' : 'A';
    expect(await isWholeKey(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
  }
});

test('another key, or a message that was changed, opens nothing', async () => {
  const [mine, other] = [await sealMessage('x'), await sealMessage('x')];
  const end = mine.message.length - 3;
  const changed =
    mine.message.slice(0, end) + (mine.message[end] === 'A' ? 'B' : 'A') + mine.message.slice(end + 1);
  for (const [message, key] of [
    [mine.message, other.key],
    [changed, mine.key],
    [mine.message.slice(0, -4), mine.key],
    ['daypass1.', mine.key],
    ['a plain text', mine.key],
    [mine.message, ''],
  ] as const) {
    await expect(openMessage(message, key)).rejects.toThrow();
  }
});
