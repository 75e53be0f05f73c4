import type { Room } from '../../../../web/screens/playground/attachments/attachment-size.ts';
import {
  AttachmentFault,
  readAttachment,
} from '../../../../web/screens/playground/attachments/read-attachment.ts';

const room: Room = { base64Bytes: 4000, callBytes: 10_000, earlierDocuments: 0, takenNames: [] };
const jpeg = (bytes: number) => new Blob([Buffer.alloc(bytes, 'j')], { type: 'image/jpeg' });
const asked: number[] = [];
const deps = {
  newId: () => 'id',
  async scale(_: Blob, mostBytes: number) {
    asked.push(mostBytes);
    return mostBytes < 500 ? undefined : { blob: jpeg(500), width: 20, height: 10 };
  },
};
const read = (name: string, content: string, more: Partial<Room> = {}) =>
  readAttachment(new File([Buffer.from(content, 'latin1')], name), { ...room, ...more }, deps);
const fault = (file: Promise<unknown>) =>
  file.then(
    () => 'attached',
    (error) => (error instanceof AttachmentFault ? error.message : String(error)),
  );

const png = '\x89PNG';

test('a file that fits is taken byte for byte', async () => {
  const content = Array.from({ length: 3000 }, (_, place) => String.fromCharCode(place % 256)).join('');
  expect(await read('all.txt', content)).toEqual({
    id: 'id',
    kind: 'document',
    name: 'all.txt',
    mediaType: 'text/plain',
    sizeBytes: 3000,
    base64: Buffer.from(content, 'latin1').toString('base64'),
    scaledTo: undefined,
  });
  expect(await read('p.png', png)).toMatchObject({ kind: 'image', base64: 'iVBORw==', scaledTo: undefined });
});

test('a file that just fits is taken, and one byte more is not', async () => {
  expect(await fault(read('a.txt', 'x'.repeat(3000)))).toBe('attached');
  expect(await fault(read('a.txt', 'x'.repeat(3001)))).toBe(
    '“a.txt” is too large: it is 3 kB, and there is room for 3 kB. A call can be 10 kB in all, including the conversation so far, and files grow by a third when they are sent.',
  );
});

test('an image that is too large is scaled down to at most a third of a call, and named as a JPEG', async () => {
  const large = png + 'x'.repeat(5000);
  asked.length = 0;
  expect(await read('a photo.PNG', large)).toMatchObject({
    name: 'a photo.jpg',
    mediaType: 'image/jpeg',
    sizeBytes: 500,
    base64: Buffer.alloc(500, 'j').toString('base64'),
    scaledTo: { width: 20, height: 10 },
  });
  await read('photo', large, { base64Bytes: 1000 });
  expect(asked).toEqual([2499, 750]);
});

test('an image that can’t be made small enough is refused, and so is an animation, which would stop moving', async () => {
  const large = 'x'.repeat(5000);
  expect(await fault(read('a.png', png + large, { base64Bytes: 400 }))).toMatch(/^“a.png” is too large/);
  expect(await fault(read('a.png', png + large, { base64Bytes: 0 }))).toMatch(/and there is no room left/);
  expect(await fault(read('a.gif', `GIF89a${large}`))).toMatch(/^“a.gif” is too large/);
});

test('an empty file, one of another type and one that can’t be read are refused by name', async () => {
  expect(await fault(read('a.txt', ''))).toBe('“a.txt” is empty.');
  expect(await fault(read('a.zip', 'PK'))).toMatch(/^“a.zip” is not a type of file that models can read/);
  const folder = new File([], 'folder');
  folder.slice = () => {
    const blob = new Blob([]);
    blob.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
    return blob;
  };
  expect(await fault(readAttachment(folder, room, deps))).toMatch(/^“folder” could not be read/);
});

test.each([
  ['image.png', ['image.png'], 'image-2.png'],
  ['image.png', ['image.png', 'image-2.png'], 'image-3.png'],
  ['a.b.png', ['a.b.png'], 'a.b-2.png'],
  ['.png', ['.png'], '.png-2'],
  [`${'n'.repeat(250)}.png`, [], `${'n'.repeat(230)}.png`],
])('%s beside %j is called %s', async (name, takenNames, unlike) => {
  expect((await read(name, png, { takenNames })).name).toBe(unlike);
});
