import {
  CreateApiKeyCommand,
  GetAccountCommand,
  GetAuthorizerCommand,
  GetAuthorizersCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetGatewayResponseCommand,
  GetGatewayResponsesCommand,
  GetMethodCommand,
  GetModelCommand,
  GetModelsCommand,
  GetRequestValidatorCommand,
  GetRequestValidatorsCommand,
  GetResourceCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-api-gateway';
import { integration } from '../data-plane/start-gateway.ts';
import { startControlPlane } from './start-control-plane.ts';

let started: Awaited<ReturnType<typeof startControlPlane>>;
let restApiId: string;
const schema = { type: 'object' };

beforeAll(async () => {
  started = await startControlPlane();
  restApiId = started.apiId;
  const { gateway } = started;
  gateway.defineModel('Model', { RestApiId: restApiId, Name: 'Chat', Schema: schema });
  const RequestValidatorId = gateway.defineRequestValidator('V', {
    RestApiId: restApiId,
    Name: 'v',
    ValidateRequestBody: true,
  }).ref;
  const AuthorizerId = gateway.defineAuthorizer('A', {
    RestApiId: restApiId,
    Name: 'pool',
    Type: 'COGNITO_USER_POOLS',
    ProviderARNs: ['arn:p'],
  }).ref;
  gateway.defineGatewayResponse('G', {
    RestApiId: restApiId,
    ResponseType: 'THROTTLED',
    StatusCode: '430',
    ResponseTemplates: { 'application/json': '{}' },
  });
  started.method('POST', '/v1/checked', {
    AuthorizationType: 'COGNITO_USER_POOLS',
    AuthorizerId,
    RequestValidatorId,
    RequestModels: { 'application/json': 'Chat' },
  });
  started.stage({
    Variables: { a: 'b' },
    Tags: [{ Key: 'k', Value: 'v' }],
    MethodSettings: [
      {
        ResourcePath: '/*',
        HttpMethod: '*',
        ThrottlingRateLimit: 10,
        ThrottlingBurstLimit: 20,
        MetricsEnabled: 'true',
        LoggingLevel: 'ERROR',
        DataTraceEnabled: false,
      },
    ],
    TracingEnabled: true,
    AccessLogSetting: {
      DestinationArn: 'arn:aws:logs:us-east-1:1:log-group:access:*',
      Format: '$context.requestId',
    },
  });
});
afterAll(() => started.close());

test('the API', async () => {
  const { client } = started;
  const api = await client.send(new GetRestApiCommand({ restApiId }));
  expect(api).toMatchObject({
    id: restApiId,
    name: 'Test',
    apiKeySource: 'HEADER',
    rootResourceId: expect.any(String),
  });
  expect((await client.send(new GetRestApisCommand({}))).items).toMatchObject([{ id: restApiId }]);
  await expect(client.send(new GetRestApiCommand({ restApiId: 'nope' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Invalid API identifier specified 123456789012:nope',
  });
});

test('resources and methods, with and without embedding', async () => {
  const { client } = started;
  const { items = [] } = await client.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));
  expect(items.map(({ path }) => path).sort()).toEqual(['/', '/v1', '/v1/chat', '/v1/checked']);
  const chat = items.find(({ path }) => path === '/v1/chat');
  expect(chat?.resourceMethods?.POST).toMatchObject({
    httpMethod: 'POST',
    apiKeyRequired: true,
    methodIntegration: { type: 'AWS_PROXY', uri: integration('echo').Uri },
  });
  const plain = await client.send(new GetResourceCommand({ restApiId, resourceId: chat?.id }));
  expect(plain).toMatchObject({ path: '/v1/chat', pathPart: 'chat', resourceMethods: { POST: {} } });
  expect(plain.resourceMethods?.POST?.httpMethod).toBeUndefined();
  const resourceId = items.find(({ path }) => path === '/v1/checked')?.id;
  const method = await client.send(new GetMethodCommand({ restApiId, resourceId, httpMethod: 'POST' }));
  expect(method).toMatchObject({
    authorizationType: 'COGNITO_USER_POOLS',
    requestModels: { 'application/json': 'Chat' },
  });
  await expect(
    client.send(new GetMethodCommand({ restApiId, resourceId, httpMethod: 'PUT' })),
  ).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid Method identifier specified' });
  expect(
    (await client.send(new GetAuthorizerCommand({ restApiId, authorizerId: method.authorizerId })))
      .providerARNs,
  ).toEqual(['arn:p']);
  expect(
    (
      await client.send(
        new GetRequestValidatorCommand({ restApiId, requestValidatorId: method.requestValidatorId }),
      )
    ).validateRequestBody,
  ).toBe(true);
});

test('stages, deployments, models, authorizers and validators', async () => {
  const { client } = started;
  const stage = await client.send(new GetStageCommand({ restApiId, stageName: 'prod' }));
  expect(stage).toMatchObject({
    stageName: 'prod',
    variables: { a: 'b' },
    tracingEnabled: true,
    accessLogSettings: {
      destinationArn: 'arn:aws:logs:us-east-1:1:log-group:access',
      format: '$context.requestId',
    },
  });
  // As AWS shows a method's settings, its defaults among them.
  expect(stage.methodSettings).toEqual({
    '*/*': {
      metricsEnabled: true,
      loggingLevel: 'ERROR',
      dataTraceEnabled: false,
      throttlingRateLimit: 10,
      throttlingBurstLimit: 20,
      cachingEnabled: false,
      cacheTtlInSeconds: 300,
      cacheDataEncrypted: false,
      requireAuthorizationForCacheControl: true,
      unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
    },
  });
  expect(
    (await client.send(new GetStagesCommand({ restApiId, deploymentId: stage.deploymentId }))).item,
  ).toHaveLength(1);
  expect((await client.send(new GetStagesCommand({ restApiId, deploymentId: 'other' }))).item).toEqual([]);
  expect(
    (await client.send(new GetDeploymentCommand({ restApiId, deploymentId: stage.deploymentId }))).id,
  ).toBe(stage.deploymentId);
  expect((await client.send(new GetDeploymentsCommand({ restApiId }))).items).toHaveLength(1);
  expect(
    JSON.parse((await client.send(new GetModelCommand({ restApiId, modelName: 'Chat' }))).schema ?? ''),
  ).toEqual(schema);
  expect((await client.send(new GetModelsCommand({ restApiId }))).items).toHaveLength(1);
  expect((await client.send(new GetAuthorizersCommand({ restApiId }))).items).toMatchObject([
    { name: 'pool', type: 'COGNITO_USER_POOLS', identitySource: 'method.request.header.Authorization' },
  ]);
  expect((await client.send(new GetRequestValidatorsCommand({ restApiId }))).items).toMatchObject([
    { name: 'v' },
  ]);
  await expect(client.send(new GetStageCommand({ restApiId, stageName: 'dev' }))).rejects.toMatchObject({
    message: 'Invalid stage identifier specified',
  });
});

test('gateway responses, overridden and default', async () => {
  const { client } = started;
  const { items = [] } = await client.send(new GetGatewayResponsesCommand({ restApiId }));
  expect(items).toHaveLength(21);
  expect(items.filter(({ defaultResponse }) => !defaultResponse)).toMatchObject([
    { responseType: 'THROTTLED', statusCode: '430' },
  ]);
  expect(
    await client.send(new GetGatewayResponseCommand({ restApiId, responseType: 'INVALID_API_KEY' })),
  ).toMatchObject({
    statusCode: '403',
    defaultResponse: true,
    responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
  });
});

test('the account', async () => {
  expect(await started.client.send(new GetAccountCommand({}))).toMatchObject({
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ['UsagePlans'],
  });
});

test('tags of keys can be changed, those of the stage only read', async () => {
  const { client } = started;
  const { id } = await client.send(new CreateApiKeyCommand({ tags: { a: '1' } }));
  const resourceArn = `arn:aws:apigateway:us-east-1::/apikeys/${id}`;
  await client.send(new TagResourceCommand({ resourceArn, tags: { b: '2', c: '3' } }));
  await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'c'] }));
  expect((await client.send(new GetTagsCommand({ resourceArn }))).tags).toEqual({ b: '2' });
  const stageArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/prod`;
  expect((await client.send(new GetTagsCommand({ resourceArn: stageArn }))).tags).toEqual({ k: 'v' });
  await expect(
    client.send(new TagResourceCommand({ resourceArn: stageArn, tags: {} })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
  await expect(client.send(new GetTagsCommand({ resourceArn: 'arn:x' }))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
});
