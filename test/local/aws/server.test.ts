import { request as httpRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import type { RoutedService } from '../../../local/aws/dispatch.ts';
import { type AwsServer, startAwsServer } from '../../../local/aws/server.ts';
import { AwsError } from '../../../local/aws/service.ts';
import { createFaults } from '../../../local/faults.ts';
import { type Log, silentLog } from '../../../local/log.ts';

const echo = (signingName: string, extra: Partial<RoutedService> = {}): RoutedService => ({
  signingName,
  operationName: ({ headers }) => String(headers['x-amz-target']).split('.')[1],
  handle: async ({ method, path, query, body }) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ signingName, method, path, query: query.toString(), body: body.toString() }),
  }),
  ...extra,
});

const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

let server: AwsServer;
const faults = createFaults();
const warnings: string[] = [];
const log: Log = { ...silentLog, warn: (_tag, message) => void warnings.push(message) };
const applied: string[] = [];

beforeAll(async () => {
  const services = [
    echo('apigateway'),
    echo('kms', {
      handle: async (request) => {
        applied.push(request.path);
        return { status: 200, body: '{"Keys":[]}' };
      },
    }),
    echo('cognito-idp', { matches: ({ path }) => path.endsWith('/jwks.json') }),
    echo('broken', { handle: () => Promise.reject(new Error('a secret detail')) }),
    echo('refusing', { handle: () => Promise.reject(new AwsError('NoWay', 'not today', 409)) }),
    echo('writing', {
      handle: async ({ raw }) => {
        raw.response.writeHead(200);
        for (let part = 0; part < 100; part += 1) raw.response.write('x'.repeat(65_536));
        raw.response.end();
        applied.push('written');
        return { handled: true };
      },
    }),
  ];
  server = await startAwsServer({ services, faults, port: 0, log });
});
afterAll(() => server.close());
beforeEach(() => {
  faults.replace([]);
  applied.length = 0;
  warnings.length = 0;
});

const call = (path: string, headers: Record<string, string>, body?: string) =>
  fetch(`${server.url}${path}`, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });

function overHttp2(headers: Record<string, string>, body = ''): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(server.url);
    session.on('error', reject);
    const stream = session.request({ ':method': 'POST', ':path': '/a?b=c', ...headers });
    let status = 0;
    let text = '';
    stream.setEncoding('utf8');
    stream.on('response', (answer) => {
      status = Number(answer[':status']);
    });
    stream.on('data', (chunk: string) => {
      text += chunk;
    });
    stream.on('error', reject);
    stream.on('close', () => {
      session.destroy();
      if (status === 0) reject(new Error('no answer'));
      else resolve({ status, text });
    });
    stream.end(body);
  });
}

describe('one port', () => {
  test('answers HTTP/1.1 and HTTP/2 with prior knowledge alike', async () => {
    const headers = { authorization: scope('apigateway') };
    const overHttp1 = await call('/a?b=c', headers, 'é');
    const answer = await overHttp2(headers, 'é');
    expect(await overHttp1.json()).toEqual(JSON.parse(answer.text));
    expect(JSON.parse(answer.text)).toMatchObject({ path: '/a', query: 'b=c', body: 'é' });
    expect([overHttp1.status, answer.status]).toEqual([200, 200]);
  });

  test('recognises the protocol when a connection sends its first bytes one by one', async () => {
    const text = `POST /x HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${scope('apigateway')}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok`;
    const socket = connectTcp({ port: server.port, host: '127.0.0.1', noDelay: true });
    for (const byte of text.slice(0, 6)) {
      await new Promise<void>((sent) => socket.write(byte, () => setImmediate(sent)));
    }
    socket.write(text.slice(6));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toContain('"body":"ok"');
  });

  test('keeps HTTP/1.1 connections alive', async () => {
    const response = await call('/a', { authorization: scope('apigateway') });
    await response.arrayBuffer();
    expect(response.headers.get('connection')).toBe('keep-alive');
  });

  test('closes with idle, half-sent and HTTP/2 connections still open', async () => {
    const own = await startAwsServer({ services: [], faults, port: 0, log });
    const silent = connectTcp(own.port, '127.0.0.1').on('error', () => {});
    const half = connectTcp(own.port, '127.0.0.1').on('error', () => {});
    half.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc');
    const session = connectHttp2(own.url).on('error', () => {});
    await new Promise((connected) => session.once('remoteSettings', connected));
    await own.close();
    await expect(fetch(own.url)).rejects.toThrow();
    for (const socket of [silent, half]) socket.destroy();
    session.destroy();
  });

  test('a port in use is told, not swallowed', async () => {
    const second = startAwsServer({ services: [], faults, port: server.port, log });
    await expect(second).rejects.toThrow(`Port ${server.port} is in use`);
  });
});

describe('what it refuses', () => {
  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example:4566'])(
    'Host %s is 403: a web page cannot reach the control plane by DNS rebinding',
    async (host) => {
      const status = await new Promise((resolve, reject) => {
        const headers = { host, authorization: scope('apigateway') };
        httpRequest({ port: server.port, host: '127.0.0.1', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status).toBe(403);
    },
  );

  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST:1'])('Host %s is loopback', async (host) => {
    const answer = await overHttp2({ ':authority': host, authorization: scope('apigateway') });
    expect(answer.status).toBe(200);
  });

  test('a body above 25 MB is 413, and the next call works', async () => {
    const headers = { authorization: scope('apigateway') };
    const tooLong = await call('/a', headers, 'x'.repeat(25 * 1024 * 1024 + 1));
    expect(tooLong.status).toBe(413);
    expect(tooLong.headers.get('x-amzn-errortype')).toBe('RequestEntityTooLargeException');
    expect((await call('/a', headers, 'x')).status).toBe(200);
  });

  test('a service that is not here is named, with those that are', async () => {
    const response = await call('/', { authorization: scope('s3') });
    const { message } = (await response.json()) as { message: string };
    expect(response.status).toBe(400);
    expect(message).toContain("'s3'");
    expect(message).toContain('apigateway, kms, cognito-idp');
  });

  test('a request that names no service is told by its method and path', async () => {
    const { message } = (await (await fetch(`${server.url}/favicon.ico`)).json()) as { message: string };
    expect(message).toContain('GET /favicon.ico');
  });

  test('an unexpected exception is a 500 without its message, which goes to the log', async () => {
    const response = await call('/', { authorization: scope('broken') });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(response.headers.get('x-amzn-errortype')).toBe('InternalFailure');
    expect(text).not.toContain('secret detail');
    expect(warnings.join()).toContain('a secret detail');
  });

  test("a service's own error keeps its code, status and message", async () => {
    const response = await call('/', { authorization: scope('refusing') });
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({ __type: 'NoWay', message: 'not today' });
  });
});

describe('the service is chosen', () => {
  const chosen = async (path: string, headers: Record<string, string>) =>
    ((await (await call(path, headers)).json()) as { signingName: string }).signingName;

  test('by the credential scope first', async () => {
    const headers = { authorization: scope('apigateway'), 'x-amz-target': 'TrentService.Encrypt' };
    expect(await chosen('/', headers)).toBe('apigateway');
  });

  test('by the credential of a presigned URL', async () => {
    const credential = encodeURIComponent('local/20260101/us-east-1/apigateway/aws4_request');
    expect(await chosen(`/?X-Amz-Credential=${credential}`, {})).toBe('apigateway');
  });

  test('by target for unsigned calls', async () => {
    expect(await chosen('/', { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' })).toBe(
      'cognito-idp',
    );
  });

  test('by its own claim when nothing names one', async () => {
    expect(await chosen('/pool/.well-known/jwks.json', { authorization: 'Bearer abc' })).toBe('cognito-idp');
  });
});

describe('fault switches of every service', () => {
  const kms = () =>
    new KMSClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });

  test('throttle answers with the error of that service, before the operation is applied', async () => {
    faults.replace([{ service: 'kms', operation: 'ListKeys', kind: 'throttle' }]);
    await expect(kms().send(new ListKeysCommand())).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(applied).toEqual([]);
  });

  test("API Gateway's throttle is its 429 with Retry-After", async () => {
    faults.replace([{ service: 'apigateway', kind: 'throttle' }]);
    const response = await call('/', { authorization: scope('apigateway') });
    expect(response.status).toBe(429);
    expect(response.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(response.headers.get('retry-after')).toBe('1');
  });

  test('error takes the name, status and message of the rule', async () => {
    const rule = {
      service: 'kms',
      kind: 'error',
      error: 'KeyUnavailableException',
      status: 503,
      message: 'later',
    };
    faults.replace([rule]);
    await expect(kms().send(new ListKeysCommand())).rejects.toMatchObject({
      name: 'KeyUnavailableException',
      message: 'later',
      $metadata: { httpStatusCode: 503 },
    });
  });

  test("error without a name is the service's internal error with its modelled status", async () => {
    faults.replace([{ service: '*', kind: 'error' }]);
    await expect(kms().send(new ListKeysCommand())).rejects.toMatchObject({
      name: 'KMSInternalException',
      $metadata: { httpStatusCode: 500 },
    });
  });

  test('drop-reply applies the operation and then breaks the connection', async () => {
    faults.replace([{ service: 'kms', kind: 'drop-reply', times: 1 }]);
    await expect(kms().send(new ListKeysCommand())).rejects.toThrow();
    expect(applied).toEqual(['/']);
    await expect(kms().send(new ListKeysCommand())).resolves.toMatchObject({ Keys: [] });
  });

  test('drop-reply hides every byte of an answer the operation writes itself', async () => {
    faults.replace([{ service: '*', kind: 'drop-reply' }]);
    await expect(call('/', { authorization: scope('writing') })).rejects.toThrow('fetch failed');
    await expect(overHttp2({ authorization: scope('writing') })).rejects.toThrow();
    expect(applied).toEqual(['written', 'written']);
  });

  test('delay waits, then the operation is applied', async () => {
    faults.replace([{ service: 'kms', kind: 'delay', delayMs: 20 }]);
    await expect(kms().send(new ListKeysCommand())).resolves.toMatchObject({ Keys: [] });
    expect(applied).toEqual(['/']);
  });
});
