import { endedAs, newAnswer } from '../../../../web/screens/playground/answer/answer.ts';
import { type ChatDatabase, createKeeping } from '../../../../web/screens/playground/chats/keep-chats.ts';
import { type Conversation, createConversations } from '../../../../web/screens/playground/conversation.ts';

const chat = (id: string, words: string): Conversation => ({
  id,
  name: undefined,
  askedAt: 0,
  turns: [
    {
      id: `${id}-turn`,
      question: { text: words, attachments: [] },
      answer: endedAs(newAnswer(`${id}-answer`, 'nova-lite', 0), 'done', 1),
    },
  ],
});

function fixture({ isKept = false, stored = [] as Conversation[], isFull = false } = {}) {
  const database = new Map(stored.map((one) => [one.id, one]));
  const later: (() => void)[] = [];
  let choice = isKept;
  let id = 0;
  let end = () => {};
  const conversations = createConversations({
    now: () => 0,
    newId: () => `id-${++id}`,
    onNextFrame: () => () => {},
    async open(_, signal) {
      async function* events() {
        yield { type: 'text', text: 'So far' } as const;
        await new Promise<void>((done, fail) => {
          end = done;
          signal.addEventListener('abort', () => fail(signal.reason));
        });
      }
      return { limits: {}, events: events() };
    },
  });
  const fake: ChatDatabase = {
    all: async () => [...database.values()],
    async put(one) {
      if (isFull) throw new Error('QuotaExceededError');
      database.set(one.id, one);
    },
    async delete(one) {
      database.delete(one);
    },
    clear: async () => database.clear(),
  };
  const keeping = createKeeping({
    conversations,
    database: fake,
    choice: {
      get: () => choice,
      set(next) {
        choice = next;
      },
    },
    schedule(work) {
      later.push(work);
      return () => void later.splice(later.indexOf(work), 1);
    },
  });
  return {
    conversations,
    keeping,
    later,
    choice: () => choice,
    end: () => end(),
    stored: () => [...database.values()].map(({ turns }) => turns[0]?.question.text),
  };
}

const how = {
  key: { id: 'key', secret: 'dpk' },
  settings: { model: 'nova-lite', system: '', temperature: undefined, maxTokens: undefined },
};
const settled = () => new Promise((done) => setImmediate(done));

test('nothing is stored until the user chooses so; then what is there is, and what comes', async () => {
  const { conversations, keeping, stored, choice } = fixture();
  conversations.restore(chat('a', 'One'));
  await keeping.start();
  expect([stored(), choice()]).toEqual([[], false]);
  await keeping.keep();
  conversations.restore(chat('b', 'Two'));
  await settled();
  expect([stored(), choice()]).toEqual([['One', 'Two'], true]);
});

test('what was kept is brought back', async () => {
  const { conversations, keeping } = fixture({ isKept: true, stored: [chat('a', 'Earlier')] });
  await keeping.start();
  expect(conversations.state().all.flatMap(({ turns }) => turns)).toMatchObject([
    { question: { text: 'Earlier' } },
  ]);
});

test('a deleted conversation is deleted from the browser, and put back with it', async () => {
  const { conversations, keeping, stored } = fixture({ isKept: true, stored: [chat('a', 'Earlier')] });
  await keeping.start();
  const removed = conversations.remove('a');
  await settled();
  expect(stored()).toEqual([]);
  if (removed !== undefined) conversations.restore(removed);
  await settled();
  expect(stored()).toEqual(['Earlier']);
});

test('an answer that is still coming is stored now and then, and at its end', async () => {
  const { conversations, keeping, stored, later, end } = fixture({ isKept: true });
  await keeping.start();
  const sent = conversations.send({ text: 'Long?', attachments: [] }, how);
  await settled();
  expect([stored(), later.length]).toEqual([[], 1]);
  later[0]?.();
  await settled();
  expect(stored()).toEqual(['Long?']);
  end();
  await sent;
  await settled();
  expect(later).toEqual([]);
});

test('whoever keeps chats no longer has none in the browser, and still those of the tab', async () => {
  const { conversations, keeping, stored, choice } = fixture({
    isKept: true,
    stored: [chat('a', 'Earlier')],
  });
  await keeping.start();
  await keeping.forget();
  expect([stored(), choice(), conversations.state().all.length]).toEqual([[], false, 2]);
  conversations.rename('a', 'Named');
  await settled();
  expect(stored()).toEqual([]);
});

test('once the user has left, what the tab loses stays stored for them', async () => {
  const { conversations, keeping, stored } = fixture({ isKept: true, stored: [chat('a', 'Earlier')] });
  await keeping.start();
  keeping.stop();
  conversations.clear();
  await settled();
  expect(stored()).toEqual(['Earlier']);
});

test('a browser that stores nothing more is told of', async () => {
  const { conversations, keeping } = fixture({ isKept: true, isFull: true });
  await keeping.start();
  conversations.restore(chat('a', 'One'));
  await settled();
  expect(keeping.get()).toEqual({ isKept: true, isFailing: true });
});
