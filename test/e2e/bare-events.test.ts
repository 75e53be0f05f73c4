import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { physicalName } from '../../local/template/stable-id.ts';
import { flat, functionsOf, methodsOf, readTemplate } from '../lib/template.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

/** API Gateway's console, on its Test page, hands a function null for each part that was not filled in. */
const bareEvent = (httpMethod: string, resource: string, context: object) => ({
  resource,
  path: resource,
  httpMethod,
  headers: null,
  multiValueHeaders: null,
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: null,
  stageVariables: null,
  requestContext: {
    requestId: randomUUID(),
    extendedRequestId: 'AbCdEfGhIjKlMno=',
    identity: { sourceIp: 'test-invoke-source-ip', userAgent: 'test', apiKey: 'test-invoke-api-key' },
    authorizer: null,
    ...context,
  },
  body: null,
  isBase64Encoded: false,
});

const contexts: Record<string, object> = {
  'from nobody': {},
  'from a user and a key': {
    authorizer: { claims: { sub: randomUUID(), email: 'a@example.com', auth_time: '1', iat: '1' } },
    identity: { sourceIp: 'test-invoke-source-ip', apiKeyId: 'a1b2c3d4e5' },
  },
};

let runtime: RunningRuntime;
let lambda: LambdaClient;
beforeAll(async () => {
  runtime = await startRuntime({ environment: { DAYPASS_SCHEDULES: 'off' } });
  lambda = new LambdaClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}, 120_000);
afterAll(async () => {
  lambda?.destroy();
  await runtime?.stop();
});

const template = readTemplate();
const functions = new Map(functionsOf(template).values());
const routes = methodsOf(template).flatMap(({ name, properties }) => {
  const [, logicalId] = /<(\w+)\.Arn>/.exec(flat(properties.Integration.Uri ?? '')) ?? [];
  const { FunctionName } = functions.get(logicalId ?? '')?.Properties ?? {};
  const functionName = FunctionName ?? physicalName({ stackName: 'Daypass', logicalId: logicalId ?? '' });
  return logicalId === undefined ? [] : [[name, functionName] as const];
});

describe.each(Object.entries(contexts))('a call of null parts alone, %s', (_, context) => {
  test.each(routes)('is no fault of %s', async (route, FunctionName) => {
    const [method = '', path = ''] = route.split(' ');
    const Payload = JSON.stringify(bareEvent(method, path, context));
    const { Payload: answered, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload }),
    );
    // A function that streams sends status and headers first, and eight NUL bytes after them.
    const [head = ''] = Buffer.from(answered ?? [])
      .toString()
      .split('\0\0\0\0\0\0\0\0');
    expect(FunctionError).toBeUndefined();
    expect(JSON.parse(head)).toMatchObject({ statusCode: expect.any(Number), headers: expect.anything() });
    expect(JSON.parse(head).statusCode).toBeLessThan(500);
  });
});
