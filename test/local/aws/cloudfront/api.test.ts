import { once } from 'node:events';
import { createServer, type RequestListener, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { longestHead, malformedPage } from '../../../../local/aws/cloudfront/edge.ts';
import { refuseMalformed } from '../../../../local/http/refuse-malformed.ts';
import { apiBehavior, echoOrigin, edgeStarter, origins, rawRequest } from './start-edge.ts';

const edges = edgeStarter();
afterEach(() => edges.stopAll());

interface Echo {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

const echoed = (text: string) => JSON.parse(text) as Echo;

describe('the API behind the edge', () => {
  test('the origin gets stage, path and query as sent, every header but Host, and the body', async () => {
    const { port } = await edges.start({ origin: echoOrigin });
    const { text } = await rawRequest(port, '/v1/x%2Fy/%C3%A4?b=2&a=1%20&a=%26', {
      method: 'POST',
      headers: {
        authorization: 'Bearer t',
        cookie: 'a=1; b=2',
        'x-custom': 'yes',
        'x-amzn-requestid': 'chosen',
        'content-type': 'text/plain',
      },
      body: 'grüß',
    });
    const seen = echoed(text);
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/prod/v1/x%2Fy/%C3%A4?b=2&a=1%20&a=%26',
      body: 'grüß',
    });
    expect(seen.headers).toMatchObject({
      host: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
      authorization: 'Bearer t',
      cookie: 'a=1; b=2',
      'x-custom': 'yes',
      'x-amzn-requestid': 'chosen',
      'x-forwarded-for': '127.0.0.1',
      'user-agent': 'Amazon CloudFront',
      via: expect.stringContaining('(CloudFront)'),
      'x-amz-cf-id': expect.any(String),
    });
  });

  test("the viewer's address is appended to its own X-Forwarded-For, and claims about the viewer are dropped", async () => {
    const { port } = await edges.start({ origin: echoOrigin });
    const headers = {
      'x-forwarded-for': '9.9.9.9',
      'x-real-ip': '9.9.9.9',
      'cloudfront-viewer-address': '9.9.9.9:1',
      'x-amz-cf-id': 'mine',
    };
    const seen = echoed((await rawRequest(port, '/v1/a', { headers })).text).headers;
    expect(seen['x-forwarded-for']).toBe('9.9.9.9, 127.0.0.1');
    expect(seen['x-real-ip']).toBeUndefined();
    expect(seen['cloudfront-viewer-address']).toBeUndefined();
    expect(seen['x-amz-cf-id']).not.toBe('mine');
  });

  test('hop-by-hop headers stay on their own connection, both ways', async () => {
    const { port } = await edges.start({
      origin: (incoming, outgoing) => {
        outgoing.setHeader('connection', 'close, x-hop');
        outgoing.setHeader('x-hop', 'origin');
        outgoing.setHeader('proxy-authenticate', 'x');
        outgoing.end(JSON.stringify({ headers: incoming.headers }));
      },
    });
    const answer = await rawRequest(port, '/v1/a', {
      headers: { connection: 'close, x-secret', 'x-secret': '1', te: 'trailers' },
    });
    const seen = echoed(answer.text).headers;
    expect([seen['x-secret'], seen.te]).toEqual([undefined, undefined]);
    expect([answer.headers['x-hop'], answer.headers['proxy-authenticate']]).toEqual([undefined, undefined]);
  });

  test('repeated response headers, cookies among them, stay apart', async () => {
    const { url } = await edges.start({
      origin: (_incoming, outgoing) => {
        outgoing.setHeader('set-cookie', ['a=1', 'b=2']);
        outgoing.end();
      },
    });
    expect((await fetch(`${url}/v1/a`)).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test.each(['DELETE', 'PATCH', 'PUT'])('%s carries its body, of known length or chunked', async (method) => {
    const { url, port } = await edges.start({ origin: echoOrigin });
    expect(
      echoed(
        (await rawRequest(port, '/v1/a', { method, body: 'body', headers: { 'content-length': '4' } })).text,
      ).body,
    ).toBe('body');
    const chunked = await fetch(`${url}/v1/a`, {
      method,
      body: ReadableStream.from([Buffer.from('bo'), Buffer.from('dy')]),
      duplex: 'half',
    } as RequestInit);
    expect(((await chunked.json()) as Echo).body).toBe('body');
  });

  test('a POST without a body arrives as one', async () => {
    const { port } = await edges.start({ origin: echoOrigin });
    const seen = echoed(
      (await rawRequest(port, '/v1/a', { method: 'POST', headers: { 'content-length': '0' } })).text,
    );
    expect(seen.headers['content-length']).toBe('0');
  });

  test('each chunk of an event stream reaches the viewer before the next is written', async () => {
    let stream: ServerResponse | undefined;
    const { url } = await edges.start({
      origin: (_incoming, outgoing) => {
        outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
        outgoing.flushHeaders();
        stream = outgoing;
      },
    });
    const answer = await fetch(`${url}/v1/chat`, { headers: { 'accept-encoding': 'gzip' } });
    const reader = answer.body?.getReader();
    for (const event of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
      stream?.write(event);
      const { value } = (await reader?.read()) ?? {};
      expect(Buffer.from(value ?? []).toString()).toBe(event);
    }
    stream?.end();
    expect((await reader?.read())?.done).toBe(true);
  });

  test('a viewer who leaves ends the request at the origin', async () => {
    const closed = Promise.withResolvers<void>();
    const { url } = await edges.start({
      origin: (incoming, outgoing) => {
        outgoing.writeHead(200);
        outgoing.write('first');
        incoming.on('close', () => closed.resolve());
      },
    });
    const leave = new AbortController();
    const answer = await fetch(`${url}/v1/chat`, { signal: leave.signal });
    await answer.body?.getReader().read();
    leave.abort();
    await closed.promise;
  });

  test('a viewer who leaves before the answer ends the request at the origin', async () => {
    const arrived = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const { url } = await edges.start({
      origin: (incoming) => {
        arrived.resolve();
        incoming.on('close', () => closed.resolve());
      },
    });
    const leave = new AbortController();
    const answer = fetch(`${url}/v1/chat`, { signal: leave.signal }).catch((error: Error) => error.name);
    await arrived.promise;
    leave.abort();
    await closed.promise;
    expect(await answer).toBe('AbortError');
  });

  test('a viewer who doesn’t read holds the origin back', async () => {
    const full = Promise.withResolvers<number>();
    const { port } = await edges.start({
      origin: (_incoming, outgoing) => {
        outgoing.writeHead(200);
        const chunk = Buffer.alloc(1024 * 1024);
        let written = 0;
        // Ends as soon as the way to the viewer is full; without back-pressure it would go on for 200 MB.
        while (written < 200 && outgoing.write(chunk)) written++;
        full.resolve(written);
      },
    });
    const outgoing = request({ host: '127.0.0.1', port, path: '/v1/a', agent: false });
    outgoing.end();
    const [answer] = await once(outgoing, 'response');
    expect(await full.promise).toBeLessThan(200);
    answer.destroy();
  });

  test('an answer that breaks off breaks off for the viewer too', async () => {
    const { url } = await edges.start({
      origin: (_incoming, outgoing) => {
        outgoing.writeHead(200, { 'content-length': '100' });
        outgoing.write('part');
        setImmediate(() => outgoing.destroy());
      },
    });
    await expect(fetch(`${url}/v1/a`).then((answer) => answer.text())).rejects.toThrow();
  });

  test('an early answer of an origin that leaves the body unread is passed on', async () => {
    const { port } = await edges.start({
      origin: (_incoming, outgoing) => {
        outgoing.writeHead(413);
        outgoing.end('too large');
      },
    });
    const body = 'x'.repeat(300_000);
    const answer = await rawRequest(port, '/v1/a', { method: 'POST', body });
    expect([answer.status, answer.text]).toEqual([413, 'too large']);
  });

  test('an origin that is down is a 502 with CloudFront’s page, which no origin but its own may read', async () => {
    const placeholder = createServer();
    await new Promise<void>((done) => placeholder.listen(0, '127.0.0.1', done));
    const { port: freePort } = placeholder.address() as AddressInfo;
    await new Promise((done) => placeholder.close(done));
    const { url } = await edges.start({ apiUrl: `http://127.0.0.1:${freePort}` });

    for (const path of ['/v1/chat/completions', '/v1/messages']) {
      const headers = { accept: 'application/json', origin: 'https://elsewhere.example' };
      const answer = await fetch(`${url}${path}`, { method: 'POST', body: '{}', headers });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
      expect(answer.headers.get('x-cache')).toBe('Error from cloudfront');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('x-request-id')).toBeNull();
      expect(await answer.text()).toContain(`Request ID: ${answer.headers.get('x-amz-cf-id')}`);
    }
  });

  test('the official SDKs report its page with the status', async () => {
    const origin: RequestListener = (incoming) => incoming.socket.destroy();
    const { url } = await edges.start({ origin });
    const options = { apiKey: 'k', maxRetries: 0 };
    const reported = { status: 502, message: expect.stringContaining('Generated by cloudfront') };
    const openAi = new OpenAI({ baseURL: `${url}/v1`, ...options });
    await expect(openAi.models.list()).rejects.toMatchObject(reported);
    const anthropic = new Anthropic({ baseURL: url, ...options });
    await expect(anthropic.models.list()).rejects.toMatchObject(reported);
  });

  test('a connection to the origin is reused, and ended by the edge after long idling', async () => {
    const [site, api] = origins;
    const ended = Promise.withResolvers<string>();
    const sockets = new Set<Socket>();
    const { url } = await edges.start({
      origin: ({ socket }, response) => {
        if (!sockets.has(socket)) socket.once('end', () => ended.resolve('by the edge'));
        sockets.add(socket);
        socket.setTimeout(0);
        response.setHeader('keep-alive', 'timeout=120').end();
      },
      config: { Origins: [site, { ...api, CustomOriginConfig: { OriginKeepaliveTimeout: 1 } }] },
    });
    expect((await fetch(`${url}/v1/a`)).status).toBe(200);
    expect((await fetch(`${url}/v1/b`)).status).toBe(200);
    expect(await ended.promise).toBe('by the edge');
    expect(sockets.size).toBe(1);
  });

  test('an origin that stays silent past its timeout is a 504', async () => {
    const [site, api] = origins;
    const { url } = await edges.start({
      origin: () => {},
      config: { Origins: [site, { ...api, CustomOriginConfig: { OriginReadTimeout: 1 } }] },
    });
    const answer = await fetch(`${url}/v1/a`);
    expect(answer.status).toBe(504);
    expect(answer.headers.get('content-type')).toBe('text/html');
  });

  test('a method the behaviour does not allow, and a GET with a body, are 403 with CloudFront’s page', async () => {
    const { url, port } = await edges.start({
      config: { CacheBehaviors: [{ ...apiBehavior, AllowedMethods: ['GET', 'HEAD'] }] },
    });
    const answer = await fetch(`${url}/v1/a`, { method: 'POST' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toBe('text/html');
    const withBody = await rawRequest(port, '/v1/a', { body: 'x', headers: { 'content-length': '1' } });
    expect(withBody.status).toBe(403);
  });

  test('a URL above 8,192 bytes is 413, and the connection ends', async () => {
    const { url, port } = await edges.start();
    const longest = '/v1/'.padEnd(8192 - 'https://'.length - new URL(url).host.length, 'a');
    expect((await rawRequest(port, longest)).status).toBe(200);
    const { status, headers } = await rawRequest(port, `${longest}a`);
    expect([status, headers['content-type'], headers.connection]).toEqual([413, 'text/html', 'close']);
  });

  test('a head above 20,480 bytes is 413, and what isn’t HTTP is 400, with CloudFront’s page', async () => {
    const server = createServer({ maxHeaderSize: longestHead }, (_request, response) => response.end());
    server.on('clientError', refuseMalformed(malformedPage));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    try {
      const headers = { 'x-long': 'a'.repeat(20_000) };
      expect((await rawRequest(port, '/', { headers })).status).toBe(200);
      const tooLong = await rawRequest(port, '/', { headers: { 'x-long': 'a'.repeat(20_500) } });
      expect([tooLong.status, tooLong.headers['content-type']]).toEqual([413, 'text/html']);
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (text) => {
        answer += text;
      });
      socket.write('GET\r\n\r\n');
      await once(socket, 'close');
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(answer).toContain('Generated by cloudfront');
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });

  test('without an origin request policy neither query, cookies nor headers of the viewer are forwarded', async () => {
    const { OriginRequestPolicyId: _, ...behavior } = apiBehavior;
    const { port } = await edges.start({ origin: echoOrigin, config: { CacheBehaviors: [behavior] } });
    const answer = await rawRequest(port, '/v1/a?page=2', {
      headers: { 'x-other': '1', authorization: 'Bearer t', cookie: 'session=1', range: 'bytes=0-1' },
    });
    const { url, headers } = echoed(answer.text);
    expect(url).toBe('/prod/v1/a');
    expect(headers).toMatchObject({ range: 'bytes=0-1', 'user-agent': 'Amazon CloudFront' });
    expect([headers['x-other'], headers.authorization, headers.cookie]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a viewer can’t change what CloudFront says about it', async () => {
    const { port } = await edges.start({ origin: echoOrigin });
    const headers = { 'cloudfront-viewer-address': '9.9.9.9:1' };
    const seen = echoed((await rawRequest(port, '/v1/a', { headers })).text).headers;
    expect(seen['cloudfront-viewer-address']).toBeUndefined();
  });

  test('behaviours are chosen by the path without dot segments, and the path is sent unchanged', async () => {
    const { port } = await edges.start({ origin: echoOrigin });
    const seen = echoed((await rawRequest(port, '/site/../v1/a')).text);
    expect(seen.url).toBe('/prod/site/../v1/a');
  });

  test('each slash counts: //v1/ is another path than /v1/, and what follows is no host', async () => {
    const { port } = await edges.start({ origin: echoOrigin });
    for (const path of ['//v1/a', '//site/v1/a', '///v1/a'])
      expect((await rawRequest(port, path)).text).toContain('AccessDenied');
    expect(echoed((await rawRequest(port, '/v1//a')).text).url).toBe('/prod/v1//a');
  });

  test("custom headers of the origin replace the viewer's", async () => {
    const [site, api] = origins;
    const OriginCustomHeaders = [{ HeaderName: 'X-Origin-Token', HeaderValue: 'from-edge' }];
    const { port } = await edges.start({
      origin: echoOrigin,
      config: { Origins: [site, { ...api, OriginCustomHeaders }] },
    });
    const headers = { 'x-origin-token': ['forged', 'again'], connection: 'close, x-origin-token' };
    const answer = await rawRequest(port, '/v1/a', { headers });
    expect(echoed(answer.text).headers['x-origin-token']).toBe('from-edge');
  });
});
