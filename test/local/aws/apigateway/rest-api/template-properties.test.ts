import { integration, type StartedGateway, startGateway } from '../data-plane/start-gateway.ts';

let started: StartedGateway;
beforeAll(async () => {
  started = await startGateway();
});
afterAll(() => started.close());

const mock = (extra: Record<string, unknown>) => ({
  Integration: {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{"statusCode":200}' },
    IntegrationResponses: [{ StatusCode: '200' }],
    ...extra,
  },
  MethodResponses: [{ StatusCode: '200' }],
});
const api = (extra: Record<string, unknown>) => () =>
  started.gateway.defineRestApi('Other', { Name: 'other', ...extra });
const method = (properties: Record<string, unknown>) => () => started.method('GET', '/refused', properties);
const within =
  (
    define: 'defineAuthorizer' | 'defineGatewayResponse' | 'defineModel' | 'defineStage',
    properties: Record<string, unknown>,
  ) =>
  () =>
    started.gateway[define]('Refused', { RestApiId: started.apiId, ...properties });

test.each<[string, string, () => unknown]>([
  [
    'compression',
    "AWS::ApiGateway::RestApi 'Other': MinimumCompressionSize is not supported",
    api({ MinimumCompressionSize: 1024 }),
  ],
  ['an OpenAPI body', 'Body is not supported', api({ Body: {} })],
  ['a resource policy without statements', 'Policy.Statement', api({ Policy: {} })],
  ['keys from an authorizer', 'ApiKeySourceType', api({ ApiKeySourceType: 'AUTHORIZER' })],
  ['no execute-api endpoint', 'DisableExecuteApiEndpoint', api({ DisableExecuteApiEndpoint: true })],
  [
    'an HTTP integration',
    'Integration.Type',
    method({ Integration: { Type: 'HTTP_PROXY', Uri: 'https://example.com' } }),
  ],
  [
    'a Uri of something other than a Lambda function',
    "Integration.Uri 'arn:aws:apigateway:us-east-1:s3:path/b' is not a Lambda invocation",
    method({ Integration: { ...integration('f'), Uri: 'arn:aws:apigateway:us-east-1:s3:path/b' } }),
  ],
  [
    'a function alias',
    "the version or alias 'live'",
    method({ Integration: { ...integration('f'), Uri: integration('f:live').Uri } }),
  ],
  [
    'a streaming Uri without STREAM',
    'ResponseTransferMode BUFFERED does not go with',
    method({ Integration: { ...integration('f', true), ResponseTransferMode: 'BUFFERED' } }),
  ],
  [
    'a timeout above the quota',
    'Integration.TimeoutInMillis 30000 is outside 50 to 29000',
    method({ Integration: integration('f', false, { TimeoutInMillis: 30_000 }) }),
  ],
  [
    'a content conversion',
    'Integration.ContentHandling is not supported',
    method({ Integration: integration('f', false, { ContentHandling: 'CONVERT_TO_TEXT' }) }),
  ],
  [
    'a VPC link',
    'Integration.ConnectionType',
    method({ Integration: integration('f', false, { ConnectionType: 'VPC_LINK' }) }),
  ],
  ['IAM authorization', 'AuthorizationType', method({ AuthorizationType: 'AWS_IAM' })],
  [
    'scopes',
    'AuthorizationScopes: access tokens with scopes are not supported',
    method({ AuthorizationScopes: ['read'] }),
  ],
  [
    'an undefined authorizer',
    "'nope' is not defined",
    method({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: 'nope' }),
  ],
  ['an undefined validator', "'nope' is not defined", method({ RequestValidatorId: 'nope' })],
  ['an undefined model', "'Nope' is not defined", method({ RequestModels: { 'application/json': 'Nope' } })],
  [
    'another mock template',
    'only {"statusCode": N} is supported',
    method(mock({ RequestTemplates: { 'application/json': '#if(true){}#end' } })),
  ],
  [
    'a header the method response does not declare',
    'method.response.header.x is not declared',
    method(
      mock({
        IntegrationResponses: [
          { StatusCode: '200', ResponseParameters: { 'method.response.header.x': "'1'" } },
        ],
      }),
    ),
  ],
  [
    'a status the method does not declare',
    'MethodResponses has no 201',
    method(mock({ IntegrationResponses: [{ StatusCode: '201' }] })),
  ],
  [
    'a template that needs an engine',
    "the template uses '#set'",
    method(
      mock({
        IntegrationResponses: [
          { StatusCode: '200', ResponseTemplates: { 'application/json': '#set($a = 1)' } },
        ],
      }),
    ),
  ],
  [
    'a Lambda authorizer',
    'Type: Invalid input: expected "COGNITO_USER_POOLS" (the template has "TOKEN")',
    within('defineAuthorizer', { Name: 'a', Type: 'TOKEN', AuthorizerUri: 'x', ProviderARNs: ['x'] }),
  ],
  [
    'an unknown gateway response',
    "ResponseType 'SURPRISE' does not exist",
    within('defineGatewayResponse', { ResponseType: 'SURPRISE' }),
  ],
  [
    'a gateway response for a query',
    "'gatewayresponse.querystring.a' is not supported",
    within('defineGatewayResponse', {
      ResponseType: 'THROTTLED',
      ResponseParameters: { 'gatewayresponse.querystring.a': "'1'" },
    }),
  ],
  [
    'an unknown mapping',
    'the mapping expression integration.response.header.a is not supported',
    within('defineGatewayResponse', {
      ResponseType: 'THROTTLED',
      ResponseParameters: { 'gatewayresponse.header.a': 'integration.response.header.a' },
    }),
  ],
  [
    'an unknown variable',
    '$context.nonsense is not known',
    within('defineGatewayResponse', {
      ResponseType: 'THROTTLED',
      ResponseTemplates: { 'application/json': '$context.nonsense' },
    }),
  ],
  [
    'a template function',
    "the template uses '$util'",
    within('defineGatewayResponse', {
      ResponseType: 'THROTTLED',
      ResponseTemplates: { 'application/json': '$util.escapeJavaScript("a")' },
    }),
  ],
  [
    'a reference between models',
    'references from one model to another',
    within('defineModel', { Schema: { $ref: 'https://apigateway.amazonaws.com/restapis/a/models/B' } }),
  ],
  [
    'a stage cache',
    'CacheClusterEnabled',
    within('defineStage', { DeploymentId: 'x', StageName: 'two', CacheClusterEnabled: true }),
  ],
  [
    'a stage variable with a character that AWS refuses',
    'Variables',
    within('defineStage', { DeploymentId: 'x', StageName: 'two', Variables: { secret: 'a+b' } }),
  ],
  [
    'a long stage variable',
    'Variables',
    within('defineStage', { DeploymentId: 'x', StageName: 'two', Variables: { secret: 'x'.repeat(513) } }),
  ],
  [
    'a canary',
    'CanarySetting is not supported',
    within('defineStage', { DeploymentId: 'x', StageName: 'two', CanarySetting: {} }),
  ],
  [
    'a cached method',
    'MethodSettings.0.CachingEnabled',
    within('defineStage', {
      DeploymentId: 'x',
      StageName: 'two',
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true }],
    }),
  ],
])('%s is refused by name', (_case, message, define) => {
  expect(define).toThrow(message);
});

test('two APIs with the same stage cannot share the port', () => {
  const { gateway } = started;
  const RestApiId = gateway.defineRestApi('Second', { Name: 'second' }).ref;
  const DeploymentId = gateway.defineDeployment('SecondDeployment', { RestApiId }).ref;
  expect(() => gateway.defineStage('SecondStage', { RestApiId, DeploymentId, StageName: 'prod' })).toThrow(
    "a stage 'prod' too",
  );
});

test('ids depend on the template alone, so they stay the same from start to start', async () => {
  const again = await startGateway();
  expect(again.apiId).toBe(started.apiId);
  expect(again.apiId).toMatch(/^[a-z0-9]{10}$/);
  await again.close();
});

test('defining again replaces, and removes what the template no longer has', async () => {
  started.method('GET', '/changing', { Integration: integration('nobody') });
  expect((await fetch(`${started.url}/changing`)).status).toBe(502);
  started.method('GET', '/changing');
  expect((await fetch(`${started.url}/changing`)).status).toBe(200);
  started.method('GET', '/staying');
  started.gateway.keepOnly({ has: (id) => id !== 'GET /changing' });
  expect((await fetch(`${started.url}/changing`)).status).toBe(403);
  expect((await fetch(`${started.url}/staying`)).status).toBe(200);
});
