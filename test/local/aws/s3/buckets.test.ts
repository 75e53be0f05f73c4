import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createBuckets } from '../../../../local/aws/s3/create-buckets.ts';
import { temporaryDirectories } from '../../template/synthesize.ts';

const directories = temporaryDirectories();
afterAll(() => directories.removeAll());

const html = { contentType: 'text/html', user: {} };

function open(directory = directories.create(), now = { time: 1_000 }) {
  const buckets = createBuckets(directory, { now: () => now.time });
  buckets.create('site');
  return { buckets, directory, now };
}

const textOf = async (buckets: ReturnType<typeof createBuckets>, key: string) =>
  Buffer.concat(await buckets.read('site', key).toArray()).toString();

describe('buckets on disk', () => {
  test('return what was put, after a restart too', async () => {
    const { buckets, directory } = open();
    const put = buckets.put('site', 'a/b.html', Buffer.from('grüß'), { ...html, cacheControl: 'no-cache' });
    expect(put).toMatchObject({
      sizeBytes: 6,
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      modifiedAt: 1_000,
    });

    const { buckets: again } = open(directory);
    expect(again.head('site', 'a/b.html')).toEqual(put);
    expect(await textOf(again, 'a/b.html')).toBe('grüß');
  });

  test.each(['../../escape', 'a', 'a/b', '/', 'ä ö', 'x'.repeat(900)])('any key is fine: %s', async (key) => {
    const { buckets } = open();
    buckets.put('site', key, Buffer.from(key), html);
    expect(await textOf(buckets, key)).toBe(key);
    expect(buckets.list('site')).toEqual([key]);
  });

  test('keep the modification time of an unchanged object and set that of a changed one', () => {
    const { buckets, now } = open();
    buckets.put('site', 'a', Buffer.from('1'), html);
    now.time = 2_000;
    expect(buckets.put('site', 'a', Buffer.from('1'), html).modifiedAt).toBe(1_000);
    expect(buckets.put('site', 'a', Buffer.from('2'), html).modifiedAt).toBe(2_000);
  });

  test('keep the other of two equal objects when one is deleted', async () => {
    const { buckets, directory } = open();
    buckets.put('site', 'a', Buffer.from('same'), html);
    buckets.put('site', 'b', Buffer.from('same'), html);
    buckets.delete('site', 'a');
    expect(buckets.head('site', 'a')).toBeUndefined();
    expect(await textOf(buckets, 'b')).toBe('same');
    buckets.delete('site', 'b');
    expect(readdirSync(join(directory, 'site'))).toEqual([]);
  });

  test('are listed by prefix, in order', () => {
    const { buckets } = open();
    for (const key of ['b/2', 'a/1', 'b/1']) buckets.put('site', key, Buffer.from(''), html);
    expect(buckets.list('site', 'b/')).toEqual(['b/1', 'b/2']);
  });

  test('that are unknown are named', () => {
    expect(() => open().buckets.list('other')).toThrow("Bucket other doesn't exist.");
  });
});
