import { createBuckets } from '../../../../local/aws/s3/create-buckets.ts';
import { getObject } from '../../../../local/aws/s3/get-object.ts';
import { temporaryDirectories } from '../../template/synthesize.ts';

const directories = temporaryDirectories();
afterAll(() => directories.removeAll());

const modifiedAt = Date.UTC(2030, 0, 2, 3, 4, 5, 600);
const buckets = createBuckets(directories.create(), { now: () => modifiedAt });
buckets.create('site');
buckets.grantCloudFront('site', { read: true, list: true });
const { etag } = buckets.put('site', 'a.txt', Buffer.from('0123456789'), {
  contentType: 'text/plain',
  cacheControl: 'max-age=60',
  user: { owner: 'me' },
});

async function get(headers: Record<string, string> = {}, key = 'a.txt', bucket = 'site') {
  const { body, ...rest } = getObject(buckets, { bucket, key, header: (name) => headers[name] });
  const content = body === undefined || Buffer.isBuffer(body) ? body : Buffer.concat(await body.toArray());
  return { ...rest, text: content?.toString() };
}

describe('GetObject', () => {
  test('returns the object with its metadata', async () => {
    expect(await get()).toEqual({
      status: 200,
      text: '0123456789',
      headers: {
        'accept-ranges': 'bytes',
        'cache-control': 'max-age=60',
        'content-length': '10',
        'content-type': 'text/plain',
        etag,
        'last-modified': 'Wed, 02 Jan 2030 03:04:05 GMT',
        server: 'AmazonS3',
        'x-amz-meta-owner': 'me',
      },
    });
  });

  test.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('range %s is 206', async (range, text, contentRange) => {
    const answer = await get({ range });
    expect(answer).toMatchObject({ status: 206, text, headers: { 'content-range': contentRange } });
    expect(answer.headers['content-length']).toBe(String(text.length));
  });

  test.each(['bytes=0-1,3-4', 'lines=1-2', 'bytes=5-2', 'bytes=-'])(
    'range %s returns the whole object',
    async (range) => {
      expect(await get({ range })).toMatchObject({ status: 200, text: '0123456789' });
    },
  );

  test('a range past the end is 416', async () => {
    expect(await get({ range: 'bytes=10-' })).toMatchObject({
      status: 416,
      text: expect.stringContaining('InvalidRange'),
    });
  });

  test('If-Range with another tag returns the whole object', async () => {
    expect(await get({ range: 'bytes=0-1', 'if-range': '"other"' })).toMatchObject({ status: 200 });
    expect(await get({ range: 'bytes=0-1', 'if-range': etag })).toMatchObject({ status: 206 });
  });

  test.each([
    ['if-none-match', etag, 304],
    ['if-none-match', `"x", W/${etag}`, 304],
    ['if-none-match', '*', 304],
    ['if-none-match', '"x"', 200],
    ['if-modified-since', 'Wed, 02 Jan 2030 03:04:05 GMT', 304],
    ['if-modified-since', 'Wed, 02 Jan 2030 03:04:04 GMT', 200],
    ['if-modified-since', 'not a date', 200],
    ['if-match', etag, 200],
    ['if-match', '"x"', 412],
    ['if-unmodified-since', 'Wed, 02 Jan 2030 03:04:04 GMT', 412],
  ])('%s: %s is %i', async (name, value, status) => {
    expect(await get({ [name]: value })).toMatchObject({ status });
  });

  test('a 304 has validators but no body', async () => {
    const answer = await get({ 'if-none-match': etag });
    expect(answer).toMatchObject({ text: undefined, headers: { etag } });
    expect(answer.headers['content-length']).toBeUndefined();
  });

  test('a missing key is 404 where listing is allowed and 403 where it is not', async () => {
    expect(await get({}, 'none')).toMatchObject({ status: 404, text: expect.stringContaining('NoSuchKey') });
    buckets.create('unlisted');
    buckets.grantCloudFront('unlisted', { read: true, list: false });
    expect(await get({}, 'none', 'unlisted')).toMatchObject({
      status: 403,
      text: expect.stringContaining('AccessDenied'),
    });
  });

  test('a bucket without a policy for CloudFront is closed', async () => {
    buckets.create('closed');
    buckets.put('closed', 'a', Buffer.from('x'), { contentType: 'text/plain', user: {} });
    expect(await get({}, 'a', 'closed')).toMatchObject({ status: 403 });
  });
});
