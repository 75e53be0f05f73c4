import { edgeStarter, rawRequest, siteBehavior } from './start-edge.ts';

const edges = edgeStarter();
afterEach(() => edges.stopAll());

const large = 'compressible '.repeat(200);
const files = {
  'index.html': '<h1>Home</h1>',
  'a b.txt': 'spaced',
  'large.txt': large,
  'small.txt': 'small',
};
const spa = {
  DefaultRootObject: 'index.html',
  CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' }],
};

describe('the static site behind the edge', () => {
  test('the root is the default root object; a key is its decoded path', async () => {
    const { url } = await edges.start({ files, config: spa });
    const root = await fetch(`${url}/`);
    expect(root.status).toBe(200);
    expect(await root.text()).toBe('<h1>Home</h1>');
    expect(root.headers.get('x-cache')).toBe('Miss from cloudfront');
    expect(root.headers.get('via')).toMatch(/cloudfront\.net \(CloudFront\)$/);
    expect(root.headers.get('x-amz-cf-id')).toHaveLength(56);
    expect(await (await fetch(`${url}/a%20b.txt`)).text()).toBe('spaced');
  });

  test('an unknown path gets the custom error page and its status', async () => {
    const { url } = await edges.start({ files, config: spa });
    const answer = await fetch(`${url}/keys/1?x=2`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-cache')).toBe('Error from cloudfront');
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(await answer.text()).toBe('<h1>Home</h1>');
  });

  test("without an error page S3's own 403 goes through", async () => {
    const { url } = await edges.start({ files });
    const answer = await fetch(`${url}/none`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
  });

  test('HEAD has the headers and no body', async () => {
    const { url } = await edges.start({ files });
    const answer = await fetch(`${url}/small.txt`, { method: 'HEAD' });
    expect(answer.headers.get('content-length')).toBe('5');
    expect(await answer.text()).toBe('');
  });

  test('a range is 206 and a matching tag is 304', async () => {
    const { url, port } = await edges.start({ files });
    const part = await fetch(`${url}/small.txt`, {
      headers: { range: 'bytes=1-2', 'accept-encoding': 'identity' },
    });
    expect([part.status, await part.text()]).toEqual([206, 'ma']);
    const etag = part.headers.get('etag') ?? '';
    const again = await rawRequest(port, '/small.txt', { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
  ])('a viewer that accepts "%s" gets %s, with a weak ETag', async (accepted, encoding) => {
    const { url, port } = await edges.start({ files });
    const raw = await fetch(`${url}/large.txt`, { headers: { 'accept-encoding': accepted } });
    expect(raw.headers.get('content-encoding')).toBe(encoding);
    expect(raw.headers.get('etag')).toMatch(/^W\/"/);
    expect(raw.headers.get('vary')).toBe('Accept-Encoding');
    expect(await raw.text()).toBe(large);
    const tag = raw.headers.get('etag') ?? '';
    const same = await rawRequest(port, '/large.txt', { headers: { 'if-none-match': tag } });
    expect(same.status).toBe(304);
  });

  test('small files, ranges and files for viewers that accept no encoding are not compressed', async () => {
    const { port } = await edges.start({ files });
    const gzip = { 'accept-encoding': 'gzip' };
    expect(
      (await rawRequest(port, '/small.txt', { headers: gzip })).headers['content-encoding'],
    ).toBeUndefined();
    expect((await rawRequest(port, '/large.txt')).text).toBe(large);
    const part = await rawRequest(port, '/large.txt', { headers: { ...gzip, range: 'bytes=0-1999' } });
    expect([part.status, part.headers['content-encoding'], part.text.length]).toEqual([206, undefined, 2000]);
  });

  test('Compress: false compresses nothing', async () => {
    const { port } = await edges.start({
      files,
      config: { DefaultCacheBehavior: { ...siteBehavior, Compress: false } },
    });
    const answer = await rawRequest(port, '/large.txt', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  test('a method that the behaviour does not allow is a 403, as a page', async () => {
    const { url } = await edges.start({ files });
    const answer = await fetch(`${url}/small.txt`, { method: 'POST', body: 'x' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(await answer.text()).toContain('not configured to allow the HTTP request method POST');
  });

  test('a Host that is not this machine is refused', async () => {
    const { port } = await edges.start({ files });
    const answer = await rawRequest(port, '/small.txt', { headers: { host: 'evil.example' } });
    expect(answer.status).toBe(403);
    for (const host of ['localhost', `localhost:${port}`, `127.0.0.1:${port}`, '[::1]:4000'])
      expect((await rawRequest(port, '/small.txt', { headers: { host } })).status).toBe(200);
  });
});
