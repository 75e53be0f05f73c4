import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Cors, type CorsOptions, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type StartedGateway, startGateway } from '../data-plane/start-gateway.ts';

let started: StartedGateway;
beforeEach(async () => {
  started = await startGateway();
});
afterEach(() => started.close());

/** The OPTIONS method CDK synthesizes for these options. */
function synthesized(options: CorsOptions): Record<string, unknown> {
  const stack = new Stack(new App());
  new RestApi(stack, 'Api', { defaultCorsPreflightOptions: options });
  const template = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const method = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::ApiGateway::Method');
  const {
    RestApiId: _api,
    ResourceId: _resource,
    HttpMethod: _verb,
    ...properties
  } = method?.Properties ?? {};
  return properties;
}

const preflight = (origin: string) =>
  fetch(`${started.url}/chat`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });

test("CDK's preflight answers 204 with its headers and no body", async () => {
  started.method(
    'OPTIONS',
    '/chat',
    synthesized({
      allowOrigins: Cors.ALL_ORIGINS,
      allowHeaders: ['content-type', 'x-api-key'],
      allowMethods: ['POST'],
    }),
  );
  const response = await preflight('https://a.example');
  expect(response.status).toBe(204);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'content-type,x-api-key',
    'access-control-allow-methods': 'POST',
  });
  expect(response.headers.get('x-amzn-requestid')).not.toBeNull();
  expect(await response.text()).toBe('');
  // The first synthesis of a process takes its time.
}, 60_000);

test.each([
  ['https://a.example', 'https://a.example'],
  ['https://b.example', 'https://b.example'],
  ['https://c.example', 'https://c.example'],
  ['https://evil.example', 'https://a.example'],
])('of several origins, %s gets %s', async (origin, allowed) => {
  const allowOrigins = ['https://a.example', 'https://b.example', 'https://c.example'];
  started.method('OPTIONS', '/chat', synthesized({ allowOrigins, allowCredentials: true }));
  const response = await preflight(origin);
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
  expect(response.headers.get('vary')).toBe('Origin');
  expect(response.headers.get('access-control-allow-credentials')).toBe('true');
});

test('a mock can choose among responses by status and answer a text with variables', async () => {
  started.method('GET', '/health', {
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode": 204}' },
      IntegrationResponses: [
        { StatusCode: '500' },
        {
          StatusCode: '200',
          SelectionPattern: '2\\d\\d',
          ResponseTemplates: { 'application/json': '{"stage":"$context.stage"}' },
        },
      ],
    },
    MethodResponses: [{ StatusCode: '200' }, { StatusCode: '500' }],
  });
  const response = await fetch(`${started.url}/health`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toEqual({ stage: 'prod' });
});
