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
    echo('cognito-idp', {
      takesUnsigned: ({ path, headers }) =>
        path.endsWith('/jwks.json') || String(headers['x-amz-target']).endsWith('.SignUp'),
    }),
    echo('broken', { handle: () => Promise.reject(new Error('a secret detail')) }),
    echo('refusing', { handle: () => Promise.reject(new AwsError('NoWay', 'not today', 409)) }),
    echo('open', {
      handle: async () => ({
        status: 200,
        headers: { 'access-control-allow-origin': '*', 'access-control-max-age': '1' },
        body: '',
      }),
    }),
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

  test('a port in use is reported, not swallowed', async () => {
    const second = startAwsServer({ services: [], faults, port: server.port, log });
    await expect(second).rejects.toThrow(`Port ${server.port} is in use`);
  });
});

describe('refusals', () => {
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

  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST:1', 'daypass.localhost:4566'])(
    'Host %s is loopback',
    async (host) => {
      const answer = await overHttp2({ ':authority': host, authorization: scope('apigateway') });
      expect(answer.status).toBe(200);
    },
  );

  test('a body above 25 MB is 413, and the next call works', async () => {
    const headers = { authorization: scope('apigateway') };
    const tooLong = await call('/a', headers, 'x'.repeat(25 * 1024 * 1024 + 1));
    expect(tooLong.status).toBe(413);
    expect(tooLong.headers.get('x-amzn-errortype')).toBe('RequestEntityTooLargeException');
    expect((await call('/a', headers, 'x')).status).toBe(200);
  });

  test('an unsupported service is named, with the supported ones', async () => {
    const response = await call('/queues', { authorization: scope('sqs') });
    const { message } = (await response.json()) as { message: string };
    expect(response.status).toBe(400);
    expect(message).toContain("POST /queues of the service 'sqs'");
    expect(message).toContain('apigateway, kms, cognito-idp');
  });

  test('a request that names no service is described by its method and path', async () => {
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

describe('calls of web pages', () => {
  const pages: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:4000' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'same-origin' },
  ];

  test.each(pages)(
    'with %j are refused before anything is done, with an answer that no page may read',
    async (page) => {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const response = await fetch(`${server.url}/`, {
          method,
          headers: { ...page, authorization: scope('kms'), 'access-control-request-method': 'POST' },
        });
        expect(response.status).toBe(403);
        expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
      const overH2 = await overHttp2({ ...page, authorization: scope('kms') });
      expect(overH2).toMatchObject({ status: 403, text: expect.stringContaining('web pages') });
      expect(applied).toEqual([]);
    },
  );

  test('an address typed into a browser is answered', async () => {
    const headers = { 'sec-fetch-site': 'none' };
    expect((await fetch(`${server.url}/pool/jwks.json`, { headers })).status).toBe(200);
  });

  test('a service’s own CORS headers are removed', async () => {
    const response = await call('/', { authorization: scope('open') });
    expect(response.status).toBe(200);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a signature', () => {
  const signed = scope('kms');

  test.each([
    ['none', undefined, 400, 'MissingAuthenticationTokenException'],
    ['one without its end', signed.replace(/, Signature=.*/, ''), 400, 'IncompleteSignatureException'],
    ['one without its scope', signed.replace('/20260101/', '/'), 400, 'IncompleteSignatureException'],
    ['another scheme', 'Basic YTpi', 400, 'IncompleteSignatureException'],
  ])('is required as on AWS, though not verified: %s', async (_what, authorization, status, code) => {
    const headers = { 'x-amz-target': 'TrentService.ListKeys', ...(authorization && { authorization }) };
    const response = await call('/', headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-errortype')).toBe(code);
    expect(applied).toEqual([]);
  });

  test('is not required where the service takes unsigned calls', async () => {
    const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' };
    expect((await call('/', headers)).status).toBe(200);
  });
});

describe('an unsupported service refuses in its own protocol', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const refused = async (service: string, headers: Record<string, string> = {}, body = '') => {
    const response = await call('/', { authorization: scope(service), ...headers }, body);
    return {
      response,
      text: await response.clone().text(),
      requestId: response.headers.get('x-amzn-requestid'),
    };
  };

  test('Query: CloudFormation, SNS, IAM and others', async () => {
    const { response, text, requestId } = await refused(
      'cloudformation',
      form,
      'Action=DescribeStacks&Version=1',
    );
    expect(response.headers.get('content-type')).toBe('text/xml');
    expect(text).toContain(
      '<ErrorResponse><Error><Type>Sender</Type><Code>UnsupportedServiceException</Code>',
    );
    expect(text).toContain('DescribeStacks of the service &#39;cloudformation&#39;');
    expect(text).toContain(`<RequestId>${requestId}</RequestId></ErrorResponse>`);
  });

  test('EC2', async () => {
    const { text, requestId } = await refused('ec2', form, 'Action=DescribeVpcs');
    expect(text).toContain('<Response><Errors><Error><Code>UnsupportedServiceException</Code>');
    expect(text).toContain(`<RequestID>${requestId}</RequestID></Response>`);
  });

  test('S3', async () => {
    const { text } = await refused('s3');
    expect(text).toMatch(/<Error><Code>UnsupportedServiceException<\/Code>.*<RequestId>.*<\/Error>$/);
  });

  test.each(['cloudfront', 'route53'])('REST with XML: %s', async (service) => {
    expect((await refused(service)).text).toContain('<ErrorResponse><Error><Type>Sender</Type>');
  });

  test('Smithy RPC with CBOR: CloudWatch', async () => {
    const { response } = await refused('monitoring', { 'smithy-protocol': 'rpc-v2-cbor' });
    expect(response.headers.get('smithy-protocol')).toBe('rpc-v2-cbor');
    const bytes = Buffer.from(await response.arrayBuffer());
    // A map of two; a text of six bytes, then one of 27, whose length takes a byte of its own (RFC 8949).
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u00a2\u0066__type');
    expect(bytes.toString('latin1')).toContain('UnsupportedServiceException\u0067message');
    expect(bytes.toString('latin1')).toContain("'monitoring'");
  });

  test('JSON', async () => {
    const { text } = await refused('logs', { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' });
    expect(JSON.parse(text)).toMatchObject({ __type: 'UnsupportedServiceException' });
    expect(text).toContain("DescribeLogGroups of the service 'logs'");
  });
});

describe('the service is chosen', () => {
  const chosen = async (path: string, headers: Record<string, string>) =>
    ((await (await call(path, headers)).json()) as { signingName: string }).signingName;

  test('by the credential scope first', async () => {
    const headers = { authorization: scope('apigateway'), 'x-amz-target': 'TrentService.Encrypt' };
    expect(await chosen('/', headers)).toBe('apigateway');
  });

  test('never by a query, which a page can choose', async () => {
    const credential = encodeURIComponent('local/20260101/us-east-1/apigateway/aws4_request');
    const response = await call(`/apikeys?X-Amz-Credential=${credential}`, {});
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('nothing that answers POST /apikeys');
  });

  test('by target for unsigned calls', async () => {
    expect(await chosen('/', { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' })).toBe(
      'cognito-idp',
    );
  });

  test('by the service’s own claim if nothing names one', async () => {
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
