import { connect } from 'node:net';
import {
  type FailureType,
  failureTypes,
  GatewayFailure,
  gatewayResponseDefaults,
} from '../../../../../local/aws/apigateway/rest-api/gateway-failures.ts';
import {
  compileGatewayResponse,
  renderGatewayResponse,
} from '../../../../../local/aws/apigateway/rest-api/gateway-response.ts';
import { LambdaThrottled } from '../../../../../local/aws/lambda/invocation-errors.ts';
import { integration, type StartedGateway, startGateway } from '../data-plane/start-gateway.ts';

let started: StartedGateway;

const model = { type: 'object', required: ['model'], properties: { model: { type: 'string' } } };
const expiredToken = `x.${Buffer.from('{"exp":1}').toString('base64url')}.x`;

beforeEach(async () => {
  started = await startGateway({
    verifyIdToken: async (_pool, token) => {
      if (token === 'broken') throw new Error('pool gone');
      return token === 'good' ? { sub: 'u1' } : undefined;
    },
  });
  const { gateway, apiId: RestApiId } = started;
  const Name = 'Chat';
  gateway.defineModel('Model', { RestApiId, Name, ContentType: 'application/json', Schema: model });
  const RequestValidatorId = gateway.defineRequestValidator('Validator', {
    RestApiId,
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  }).ref;
  const AuthorizerId = gateway.defineAuthorizer('Pool', {
    RestApiId,
    Name: 'pool',
    Type: 'COGNITO_USER_POOLS',
    ProviderARNs: ['arn'],
  }).ref;
  started.method('GET', '/me', { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId });
  started.method('POST', '/chat', { RequestValidatorId, RequestModels: { 'application/json': Name } });
  started.method('POST', '/strict', { RequestValidatorId, RequestModels: { $default: Name } });
  started.method('GET', '/search/{id}', {
    RequestValidatorId,
    RequestParameters: {
      'method.request.querystring.q': true,
      'method.request.header.x-who': true,
      'method.request.path.id': true,
      'method.request.querystring.r': false,
    },
  });
  started.method('GET', '/missing-function', { Integration: integration('nobody') });
  started.method('GET', '/throttled', { Integration: integration('throttled') });
  started.method('GET', '/slow', { Integration: integration('slow', false, { TimeoutInMillis: 50 }) });
  started.method('POST', '/mock', {
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode":200}' },
      PassthroughBehavior: 'NEVER',
      IntegrationResponses: [{ StatusCode: '200' }],
    },
    MethodResponses: [{ StatusCode: '200' }],
  });
  started.method('GET', '/unmapped', {
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode":404}' },
      IntegrationResponses: [{ StatusCode: '200', SelectionPattern: '2..' }],
    },
    MethodResponses: [{ StatusCode: '200' }],
  });
  started.method('GET', '/keyed', { ApiKeyRequired: true });
  started.functions.throttled = () => {
    throw new LambdaThrottled('ConcurrentInvocationLimitExceeded');
  };
  started.functions.slow = () => new Promise(() => {});
});
afterEach(() => started.close());

const json = { 'content-type': 'application/json' };
const throttled = async () => {
  const { value } = started.key({ Throttle: { RateLimit: 0, BurstLimit: 0 } });
  return ['/keyed', { headers: { 'x-api-key': value } }] as const;
};
const overQuota = async () => {
  const { value } = started.key({ Quota: { Limit: 1, Period: 'DAY' } });
  await fetch(`${started.url}/keyed`, { headers: { 'x-api-key': value } });
  return ['/keyed', { headers: { 'x-api-key': value } }] as const;
};

type Provocation = () => readonly [string, RequestInit] | Promise<readonly [string, RequestInit]>;
const provocations: [string, FailureType, number, string, Provocation][] = [
  [
    'an unknown path',
    'MISSING_AUTHENTICATION_TOKEN',
    403,
    'Missing Authentication Token',
    () => ['/nope', {}],
  ],
  ['no token', 'UNAUTHORIZED', 401, 'Unauthorized', () => ['/me', {}]],
  [
    'a bad token',
    'UNAUTHORIZED',
    401,
    'Unauthorized',
    () => ['/me', { headers: { authorization: 'Bearer bad' } }],
  ],
  [
    'an expired token',
    'UNAUTHORIZED',
    401,
    'The incoming token has expired',
    () => ['/me', { headers: { authorization: expiredToken } }],
  ],
  [
    'an authorizer that fails',
    'AUTHORIZER_FAILURE',
    500,
    'Internal server error',
    () => ['/me', { headers: { authorization: 'broken' } }],
  ],
  ['no key', 'INVALID_API_KEY', 403, 'Forbidden', () => ['/keyed', {}]],
  ['a throttled key', 'THROTTLED', 429, 'Too Many Requests', throttled],
  ['a used-up quota', 'QUOTA_EXCEEDED', 429, 'Limit Exceeded', overQuota],
  [
    'a body the model refuses',
    'BAD_REQUEST_BODY',
    400,
    'Invalid request body',
    () => ['/chat', { method: 'POST', headers: json, body: '{"model":1}' }],
  ],
  [
    'a body that is not JSON',
    'BAD_REQUEST_BODY',
    400,
    'Invalid request body',
    () => ['/chat', { method: 'POST', headers: json, body: '{' }],
  ],
  [
    'no body',
    'BAD_REQUEST_BODY',
    400,
    'Invalid request body',
    () => ['/chat', { method: 'POST', headers: json }],
  ],
  [
    'another content type under $default',
    'BAD_REQUEST_BODY',
    400,
    'Invalid request body',
    () => ['/strict', { method: 'POST', body: '{}' }],
  ],
  [
    'missing parameters',
    'BAD_REQUEST_PARAMETERS',
    400,
    'Missing required request parameters: [q, x-who]',
    () => ['/search/1?q=&r=', {}],
  ],
  [
    'a body above 10 MB',
    'REQUEST_TOO_LARGE',
    413,
    'Request Too Long',
    () => ['/chat', { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) }],
  ],
  [
    'an event above 6 MB',
    'REQUEST_TOO_LARGE',
    413,
    'Request Too Long',
    () => [
      '/chat',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(7 * 1024 * 1024) },
    ],
  ],
  [
    'a missing function',
    'INTEGRATION_FAILURE',
    502,
    'Internal server error',
    () => ['/missing-function', {}],
  ],
  [
    'a function that Lambda throttles',
    'INTEGRATION_FAILURE',
    500,
    'Internal server error',
    () => ['/throttled', {}],
  ],
  [
    'a function that takes too long',
    'INTEGRATION_TIMEOUT',
    504,
    'Endpoint request timed out',
    () => ['/slow', {}],
  ],
  [
    'a media type a mock does not take',
    'UNSUPPORTED_MEDIA_TYPE',
    415,
    'Unsupported Media Type',
    () => ['/mock', { method: 'POST', headers: { 'content-type': 'text/xml' }, body: 'x' }],
  ],
  [
    'a mock status without response',
    'API_CONFIGURATION_ERROR',
    500,
    'Internal server error',
    () => ['/unmapped', {}],
  ],
];

describe.each(provocations)('%s', (_name, type, status, message, provoke) => {
  test(`is ${status} ${type} as on AWS`, async () => {
    const [path, init] = await provoke();
    const response = await fetch(`${started.url}${path}`, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-amzn-errortype')).toBe(gatewayResponseDefaults[type].errorType);
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('x-amz-apigw-id')).toMatch(/=$/);
    expect(await response.json()).toEqual({ message });
  });

  test('uses the override of its type', async () => {
    started.gateway.defineGatewayResponse('Override', {
      RestApiId: started.apiId,
      ResponseType: type,
      StatusCode: '418',
      ResponseParameters: {
        'gatewayresponse.header.access-control-allow-origin': "'*'",
        'gatewayresponse.header.x-request-id': 'context.requestId',
      },
      ResponseTemplates: {
        'application/json':
          '{"error":{"message":$context.error.messageString,"code":"$context.error.responseType"}}',
      },
    });
    const [path, init] = await provoke();
    const response = await fetch(`${started.url}${path}`, init);
    expect(response.status).toBe(418);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('x-request-id')).toBe(response.headers.get('x-amzn-requestid'));
    expect(await response.json()).toEqual({ error: { message, code: type } });
  });

  test('without an override of its type uses the default of its class', async () => {
    const ResponseType = status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
    started.gateway.defineGatewayResponse('Default', {
      RestApiId: started.apiId,
      ResponseType,
      ResponseParameters: { 'gatewayresponse.header.x-from': "'default'" },
    });
    const [path, init] = await provoke();
    const response = await fetch(`${started.url}${path}`, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-from')).toBe('default');
    expect(await response.json()).toEqual({ message });
  });
});

test('types that nothing here causes can be rendered and overridden too', () => {
  const source = { context: () => undefined, stageVariable: () => undefined, request: () => undefined };
  for (const type of failureTypes) {
    const plain = renderGatewayResponse(new GatewayFailure(type), new Map(), { source, accept: undefined });
    expect(plain).toMatchObject({
      status: gatewayResponseDefaults[type].status,
      contentType: 'application/json',
    });
    expect(JSON.parse(plain.body)).toEqual({ message: gatewayResponseDefaults[type].message });
    const override = compileGatewayResponse({
      RestApiId: 'x',
      ResponseType: type,
      StatusCode: '499',
      ResponseParameters: {},
      ResponseTemplates: {},
    });
    const changed = renderGatewayResponse(new GatewayFailure(type), new Map([[type, override]]), {
      source,
      accept: undefined,
    });
    expect(changed.status).toBe(499);
  }
});

test('templates and headers read the context, the call and the stage, and leave out what has no value', async () => {
  started.stage({ Variables: { support: 'help.example.com' } });
  started.gateway.defineGatewayResponse('Bad', {
    RestApiId: started.apiId,
    ResponseType: 'BAD_REQUEST_PARAMETERS',
    ResponseParameters: {
      'gatewayresponse.header.x-origin': 'method.request.header.Origin',
      'gatewayresponse.header.x-absent': 'method.request.header.X-Absent',
      'gatewayresponse.header.x-query': 'method.request.querystring.r',
      'gatewayresponse.header.x-path': 'method.request.path.id',
      'gatewayresponse.header.x-support': 'stageVariables.support',
      'gatewayresponse.header.x-ip': 'context.identity.sourceIp',
    },
    ResponseTemplates: {
      'application/json':
        '{"m":"$context.error.message","v":"$context.error.validationErrorString","p":"$context.path","s":"$context.stage","rp":"$context.resourcePath","ip":"$context.identity.sourceIp","t":$context.requestTimeEpoch,"id":"$context.requestId","c":"$stageVariables.support","h":"$method.request.header.origin","n":"$stageVariables.none"}',
      'text/html': '<p>$context.error.message</p>',
    },
  });
  const response = await fetch(`${started.url}/search/7?r=a%0d%0aset-cookie:b`, {
    headers: { origin: 'https://a.example' },
  });
  const at = Number(((await response.clone().json()) as { t: number }).t);
  expect(await response.json()).toEqual({
    m: 'Missing required request parameters: [q, x-who]',
    v: '[q, x-who]',
    p: '/prod/search/7',
    s: 'prod',
    rp: '/search/{id}',
    ip: '127.0.0.1',
    t: at,
    id: response.headers.get('x-amzn-requestid'),
    c: 'help.example.com',
    h: 'https://a.example',
    n: '',
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-origin': 'https://a.example',
    'x-query': 'aset-cookie:b',
    'x-path': '7',
    'x-support': 'help.example.com',
    'x-ip': '127.0.0.1',
  });
  expect(response.headers.has('x-absent')).toBe(false);
  expect(response.headers.has('set-cookie')).toBe(false);
  const page = await fetch(`${started.url}/search/7`, { headers: { accept: 'text/html,*/*' } });
  expect(page.headers.get('content-type')).toBe('text/html');
  expect(await page.text()).toBe('<p>Missing required request parameters: [q, x-who]</p>');
});

test('a content type without a model is not validated, as on AWS', async () => {
  const response = await fetch(`${started.url}/chat`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{}',
  });
  expect(response.status).toBe(200);
});

test('a caller who announces too large a body is answered before sending it', async () => {
  const { port } = new URL(started.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('POST /prod/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx');
  const head = await new Promise<string>((resolve) =>
    socket.once('data', (data) => resolve(data.toString())),
  );
  expect(head).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
});

test('a valid ID token passes with and without Bearer', async () => {
  for (const authorization of ['good', 'Bearer good', 'bearer good']) {
    expect((await fetch(`${started.url}/me`, { headers: { authorization } })).status).toBe(200);
  }
});
