import { request } from 'node:http';
import { answer, type StartedGateway, startGateway } from './start-gateway.ts';

/**
 * Field names of the sample event in AWS's guide ("Input format of a Lambda function for proxy integration"), and
 * those a REST API adds to it.
 */
const documented = {
  event: [
    'resource',
    'path',
    'httpMethod',
    'headers',
    'multiValueHeaders',
    'queryStringParameters',
    'multiValueQueryStringParameters',
    'requestContext',
    'pathParameters',
    'stageVariables',
    'body',
    'isBase64Encoded',
  ],
  requestContext: [
    'accountId',
    'apiId',
    'authorizer',
    'domainName',
    'domainPrefix',
    'extendedRequestId',
    'httpMethod',
    'identity',
    'path',
    'protocol',
    'requestId',
    'requestTime',
    'requestTimeEpoch',
    'resourceId',
    'resourcePath',
    'stage',
  ],
  identity: [
    'accessKey',
    'accountId',
    'apiKey',
    'apiKeyId',
    'caller',
    'clientCert',
    'cognitoAuthenticationProvider',
    'cognitoAuthenticationType',
    'cognitoIdentityId',
    'cognitoIdentityPoolId',
    'principalOrgId',
    'sourceIp',
    'user',
    'userAgent',
    'userArn',
  ],
};

let started: StartedGateway;
const now = Date.UTC(2015, 3, 9, 12, 34, 56, 789);

beforeAll(async () => {
  started = await startGateway({
    clock: { now: () => now },
    restApi: { BinaryMediaTypes: ['image/*'] },
    verifyIdToken: async (_pool, token) =>
      token === 'good'
        ? {
            sub: 'u1',
            'cognito:groups': ['admins', 'users'],
            email_verified: true,
            exp: 1492014264,
            auth_time: 1492010664,
            identities: [{ a: 1 }],
            custom: { a: 1 },
          }
        : undefined,
  });
  started.stage({ Variables: { table: 'keys' } });
  const AuthorizerId = started.gateway.defineAuthorizer('Pool', {
    RestApiId: started.apiId,
    Name: 'pool',
    Type: 'COGNITO_USER_POOLS',
    ProviderARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc'],
  }).ref;
  started.method('POST', '/my/{name}', { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId });
  started.method('GET', '/plain');
  started.method('POST', '/plain');
});
afterAll(() => started.close());
beforeEach(() => {
  started.events.length = 0;
});

function send(path: string, options: { method?: string; headers?: string[]; body?: string | Buffer } = {}) {
  const { port } = new URL(started.url);
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = [], body } = options;
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path: `/prod${path}`,
      method,
      headers: [
        'Host',
        'localhost:4001',
        ...headers,
        ...(body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))]),
      ],
    });
    outgoing
      .on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)))
      .on('error', reject)
      .end(body);
  });
}

test("the event has every field of AWS's sample, with this call's values", async () => {
  await send('/my/path%20x?a=1&a=2&b=%26%20c', {
    method: 'POST',
    headers: [
      'Authorization',
      'Bearer good',
      'User-Agent',
      'probe/1',
      'X-Twice',
      'one',
      'X-Twice',
      'two',
      'X-Forwarded-For',
      '10.9.8.7',
      'X-Amzn-Trace-Id',
      'Root=1-5e1b4151-5ac6c58f40d5b9b8a5b1f9c2',
    ],
    body: 'Hello from Lambda!',
  });
  const [event] = started.events;
  expect(Object.keys(event ?? {}).sort()).toEqual(documented.event.toSorted());
  expect(Object.keys(event?.requestContext ?? {}).sort()).toEqual(documented.requestContext.toSorted());
  expect(Object.keys(event?.requestContext.identity ?? {}).sort()).toEqual(documented.identity.toSorted());
  const nothing = {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    user: null,
    userArn: null,
  };
  const headers = {
    Host: 'localhost:4001',
    Authorization: 'Bearer good',
    'User-Agent': 'probe/1',
    'X-Twice': 'two',
    'X-Amzn-Trace-Id': 'Root=1-5e1b4151-5ac6c58f40d5b9b8a5b1f9c2',
    'X-Forwarded-For': '10.9.8.7, 127.0.0.1',
    'X-Forwarded-Port': new URL(started.url).port,
    'X-Forwarded-Proto': 'http',
  };
  expect(event).toEqual({
    resource: '/my/{name}',
    path: '/my/path%20x',
    httpMethod: 'POST',
    headers,
    multiValueHeaders: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      'X-Twice': ['one', 'two'],
    },
    queryStringParameters: { a: '2', b: '& c' },
    multiValueQueryStringParameters: { a: ['1', '2'], b: ['& c'] },
    pathParameters: { name: 'path%20x' },
    stageVariables: { table: 'keys' },
    requestContext: {
      accountId: '123456789012',
      apiId: started.apiId,
      authorizer: {
        claims: {
          sub: 'u1',
          'cognito:groups': 'admins,users',
          email_verified: 'true',
          exp: 'Wed Apr 12 16:24:24 UTC 2017',
          auth_time: '1492010664',
          identities: '[{"a":1}]',
          custom: '{"a":1}',
        },
      },
      domainName: 'localhost:4001',
      domainPrefix: 'localhost',
      extendedRequestId: expect.stringMatching(/^[\w-]{15}=$/),
      httpMethod: 'POST',
      identity: { ...nothing, sourceIp: '127.0.0.1', userAgent: 'probe/1' },
      path: '/prod/my/path%20x',
      protocol: 'HTTP/1.1',
      requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      requestTime: '09/Apr/2015:12:34:56 +0000',
      requestTimeEpoch: now,
      resourceId: expect.stringMatching(/^[a-z0-9]{6}$/),
      resourcePath: '/my/{name}',
      stage: 'prod',
    },
    body: 'Hello from Lambda!',
    isBase64Encoded: false,
  });
});

test('missing parts of a call are null, and a method without authorizer has none in its context', async () => {
  await send('/plain');
  expect(started.events[0]).toMatchObject({
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { identity: { userAgent: null } },
  });
  expect(started.events[0]?.requestContext).not.toHaveProperty('authorizer');
});

test.each([
  'X-Forwarded-For',
  'X-Real-IP',
  'Forwarded',
  'True-Client-IP',
  'CF-Connecting-IP',
  'CloudFront-Viewer-Address',
  'X-Client-IP',
  'Client-IP',
  'X-Forwarded-Host',
])('the header %s cannot change sourceIp', async (name) => {
  await send('/plain', { headers: [name, '6.6.6.6', name, '7.7.7.7'] });
  expect(started.events[0]?.requestContext.identity.sourceIp).toBe('127.0.0.1');
});

test('hop-by-hop headers and the length do not reach the function', async () => {
  await send('/plain', {
    method: 'POST',
    headers: ['Connection', 'close', 'TE', 'trailers', 'Content-Type', 'text/plain'],
    body: 'x',
  });
  const names = Object.keys(started.events[0]?.headers ?? {});
  expect(names).toEqual([
    'Host',
    'Content-Type',
    'X-Amzn-Trace-Id',
    'X-Forwarded-For',
    'X-Forwarded-Port',
    'X-Forwarded-Proto',
  ]);
});

test('a body of a binary media type is base64, others are text with intact multibyte characters', async () => {
  const bytes = Buffer.from([0xff, 0xd8, 0x00, 0xfe]);
  await send('/plain', { method: 'POST', headers: ['Content-Type', 'image/png'], body: bytes });
  await send('/plain', { method: 'POST', headers: ['Content-Type', 'text/plain'], body: 'grüße 🎉' });
  expect(started.events[0]).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  expect(started.events[1]).toMatchObject({ body: 'grüße 🎉', isBase64Encoded: false });
});

test('a trace id is made for a call that brings none, and every answer carries it', async () => {
  started.functions.echo = () => answer({ statusCode: 204 });
  const response = await fetch(`${started.url}/plain`);
  const traceId = started.events[0]?.headers['X-Amzn-Trace-Id'];
  expect(traceId).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  expect(response.headers.get('x-amzn-trace-id')).toBe(traceId);
  expect(response.headers.get('x-amzn-requestid')).toBe(started.events[0]?.requestContext.requestId);
  expect(response.headers.get('x-amz-apigw-id')).toBe(started.events[0]?.requestContext.extendedRequestId);
});

test.each<[string, string, Record<string, string>, number]>([
  ['a URL above 10,240 characters', `/plain?a=${'x'.repeat(10_240)}`, {}, 414],
  ['header values above 10,240 bytes', '/plain', { a: 'x'.repeat(6000), b: 'x'.repeat(5000) }, 431],
])(
  '%s never reaches a function, and is answered without the API’s templates',
  async (_what, path, headers, status) => {
    const response = await fetch(`${started.url}${path}`, { headers });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(started.events).toEqual([]);
  },
);

test('header values and URLs below the quotas are taken', async () => {
  await fetch(`${started.url}/plain`, { headers: { a: 'x'.repeat(9500) } });
  await fetch(`${started.url}/plain?a=${'x'.repeat(9500)}`);
  expect(started.events).toHaveLength(2);
});

describe('X-Amzn-RequestId', () => {
  const uuid = 'aaaaaaaa-1111-4111-8111-111111111111';

  test.each([
    ['a UUID', uuid],
    ['anything a header’s token takes', "a!#$%&'*+-.^_`|~9"],
    ['128 characters', 'x'.repeat(128)],
  ])('is taken over as the request id: %s', async (_what, chosen) => {
    const response = await fetch(`${started.url}/plain`, { headers: { 'x-amzn-requestid': chosen } });
    expect(started.events[0]?.requestContext.requestId).toBe(chosen);
    expect(response.headers.get('x-amzn-requestid')).toBe(chosen);
  });

  test.each([
    ['129 characters', 'x'.repeat(129)],
    ['a space', 'a b'],
    ['what would end a JSON text', 'a"b'],
    ['nothing', ''],
  ])('is ignored if it has another form: %s', async (_what, chosen) => {
    await fetch(`${started.url}/plain`, { headers: { 'x-amzn-requestid': chosen } });
    expect(started.events[0]?.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('does not affect the extended request id, which no two calls share', async () => {
    const headers = { 'x-amzn-requestid': uuid, 'x-amz-apigw-id': 'GlUg2E1jIAMFxLg=' };
    const answers = [
      await fetch(`${started.url}/plain`, { headers }),
      await fetch(`${started.url}/plain`, { headers }),
    ];
    const ids = started.events.map(({ requestContext }) => requestContext.extendedRequestId);
    expect(new Set([...ids, headers['x-amz-apigw-id']]).size).toBe(3);
    expect(answers.map((response) => response.headers.get('x-amz-apigw-id'))).toEqual(ids);
  });

  test('in a function’s own answer is renamed', async () => {
    started.functions.echo = () => answer({ statusCode: 200, headers: { 'x-amzn-RequestId': 'mine' } });
    const response = await fetch(`${started.url}/plain`, { headers: { 'x-amzn-requestid': uuid } });
    expect(response.headers.get('x-amzn-requestid')).toBe(uuid);
    expect(response.headers.get('x-amzn-remapped-x-amzn-requestid')).toBe('mine');
  });
});
