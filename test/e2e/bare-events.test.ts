import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { physicalName } from '../../local/template/stable-id.ts';
import { functionsOf, readTemplate } from '../lib/template.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

/** API Gateway's console, on its Test page, hands a function null for each part that was not filled in. */
const bareEvent = (context: object) => ({
  resource: '/v1/things',
  path: '/v1/things',
  httpMethod: 'POST',
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

const routes = [...functionsOf(readTemplate())].filter(([handler]) => handler !== 'reconcile');

describe.each(Object.entries(contexts))('a call of null parts alone, %s', (_, context) => {
  test.each(routes)('is no fault of %s', async (_handler, [logicalId]) => {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({
        FunctionName: physicalName({ stackName: 'Daypass', logicalId }),
        Payload: JSON.stringify(bareEvent(context)),
      }),
    );
    // A function that streams sends status and headers first, and eight NUL bytes after them.
    const [head = ''] = Buffer.from(Payload ?? [])
      .toString()
      .split('\0\0\0\0\0\0\0\0');
    expect(FunctionError).toBeUndefined();
    expect(JSON.parse(head)).toMatchObject({ statusCode: expect.any(Number), headers: expect.anything() });
    expect(JSON.parse(head).statusCode).toBeLessThan(500);
  });
});
