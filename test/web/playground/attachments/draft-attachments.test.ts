import type { Room } from '../../../../web/screens/playground/attachments/attachment-size.ts';
import { mostOf } from '../../../../web/screens/playground/attachments/attachment-types.ts';
import { createAttaching } from '../../../../web/screens/playground/attachments/draft-attachments.ts';
import { AttachmentFault } from '../../../../web/screens/playground/attachments/read-attachment.ts';
import { emptyQuestion, type Question } from '../../../../web/screens/playground/question/question.ts';
import { createValueStore } from '../../../../web/value-store.ts';
import { attachmentOf } from './attachment-fixture.ts';

function createFixture(earlierDocuments = 0) {
  const draft = createValueStore<Question>({ ...emptyQuestion, text: 'What?' });
  const rooms: number[] = [];
  const attaching = createAttaching({
    draft,
    async read(file, { base64Bytes }) {
      rooms.push(base64Bytes);
      if (file.name === 'broken') throw new Error('a mistake of ours');
      if (file.size > base64Bytes) throw new AttachmentFault(`${file.name} is too large.`);
      const kind = file.name.endsWith('.png') ? 'image' : 'document';
      return attachmentOf(file.name, await file.text(), { kind });
    },
    room: (): Room => ({
      base64Bytes: 100 - draft.get().attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      callBytes: 100,
      earlierDocuments,
      takenNames: [],
    }),
  });
  const names = () => draft.get().attachments.map(({ name }) => name);
  return { draft, attaching, rooms, names };
}
const file = (name: string, size = 10) => new File(['x'.repeat(size)], name);

test('each file takes room from those after it, even if they are added before it has been read', async () => {
  const { attaching, rooms, names, draft } = createFixture();
  const first = attaching.attach([file('a', 40), file('b', 40)]);
  const second = attaching.attach([file('c', 40), file('d', 20)]);
  expect(attaching.get().isReading).toBe(true);
  await first;
  expect(attaching.get().isReading).toBe(true);
  await second;
  expect(attaching.get()).toMatchObject({
    isReading: false,
    faults: ['c is too large.'],
    news: 'Attached: d.',
  });
  expect([rooms, names(), draft.get().text]).toEqual([[100, 60, 20, 20], ['a', 'b', 'd'], 'What?']);
});

test('text typed while a file is being read stays', async () => {
  const { attaching, draft } = createFixture();
  const done = attaching.attach([file('a')]);
  draft.set({ ...draft.get(), text: 'What is this?' });
  await done;
  expect(draft.get()).toMatchObject({ text: 'What is this?', attachments: [{ name: 'a' }] });
});

test('a file is removed by its id, and an unknown id removes nothing', async () => {
  const { attaching, draft, names } = createFixture();
  await attaching.attach([file('a'), file('b')]);
  attaching.remove(draft.get().attachments[0]?.id ?? '');
  attaching.remove('toString');
  expect([names(), attaching.get().news]).toEqual([['b'], 'Removed: a.']);
});

test.each([
  ['image', '.png'],
  ['document', '.txt'],
] as const)(
  'one %s more than the API takes is refused, and those before it are attached',
  async (kind, ending) => {
    const { attaching, names } = createFixture();
    const most = mostOf[kind];
    await attaching.attach(Array.from({ length: most + 1 }, (_, place) => file(`${place}${ending}`, 1)));
    expect(names()).toHaveLength(most);
    expect(attaching.get().faults).toEqual([
      expect.stringMatching(`^“${most}${ending}” is one too many: a .* can have up to ${most} ${kind}s`),
    ]);
  },
);

test('documents of earlier questions count, since they are sent along', async () => {
  const { attaching, names } = createFixture(4);
  await attaching.attach([file('a.txt'), file('b.txt'), file('c.png')]);
  expect([names(), attaching.get().faults]).toEqual([
    ['a.txt', 'c.png'],
    [expect.stringContaining('Start a new chat to attach others.')],
  ]);
});

test('an unexpected failure is reported too, and files can be attached after it', async () => {
  const { attaching, names } = createFixture();
  await attaching.attach([file('broken')]);
  expect(attaching.get().faults).toEqual(['“broken” could not be attached.']);
  await attaching.attach([file('a')]);
  expect([names(), attaching.get()]).toEqual([['a'], { isReading: false, faults: [], news: 'Attached: a.' }]);
});
