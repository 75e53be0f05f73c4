import { lets, resourcePolicy } from '../../../../../local/aws/apigateway/rest-api/resource-policy.ts';
import { type StartedGateway, startGateway } from '../data-plane/start-gateway.ts';

const statement = (fields: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
  ...fields,
});
const refererIs = (value: string | string[]) => ({ Condition: { StringEquals: { 'aws:Referer': value } } });
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });

const decide = (policy: unknown, headers: Record<string, string> = {}) =>
  lets(resourcePolicy.parse(policy), (name) => headers[name]);

test('without an Allow that applies, nothing is let through', () => {
  const policy = document(statement(refererIs('proof')));
  expect(decide(policy, { referer: 'proof' })).toBe(true);
  expect(decide(policy, { referer: 'Proof' })).toBe(false);
  expect(decide(policy, { referer: 'proof, proof' })).toBe(false);
  expect(decide(policy)).toBe(false);
});

test('a Deny that applies wins over every Allow', () => {
  const unless = { Condition: { StringNotEquals: { 'aws:UserAgent': ['a', 'b'] } } };
  const policy = document(statement(), statement({ Effect: 'Deny', ...unless }));
  expect(decide(policy, { 'user-agent': 'b' })).toBe(true);
  expect(decide(policy, { 'user-agent': 'c' })).toBe(false);
  expect(decide(policy)).toBe(false);
});

test('the conditions of a statement hold together', () => {
  const both = { Condition: { StringEquals: { 'aws:Referer': ['x', 'y'], 'aws:UserAgent': 'z' } } };
  const policy = JSON.stringify(document(statement(both)));
  expect(decide(policy, { referer: 'y', 'user-agent': 'z' })).toBe(true);
  expect(decide(policy, { referer: 'y' })).toBe(false);
});

test.each<[what: string, fields: object]>([
  ['another condition key', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }],
  ['another operator', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
  ['a principal', { Principal: { AWS: 'arn:aws:iam::123456789012:root' } }],
  ['a part of the API', { Resource: 'execute-api:/prod/GET/*' }],
  ['another action', { Action: 'execute-api:*' }],
])('%s is refused, since ignoring it would open or close the API', (_, fields) => {
  expect(resourcePolicy.safeParse(document(statement(fields))).success).toBe(false);
});

describe('over HTTP', () => {
  let started: StartedGateway;
  beforeAll(async () => {
    started = await startGateway({ restApi: { Policy: document(statement(refererIs('proof'))) } });
    started.method('GET', '/v1/plans');
    started.method('POST', '/v1/chat', { ApiKeyRequired: true });
  });
  afterAll(() => started.close());

  const get = (path: string, headers = {}) => fetch(`${started.url}${path}`, { headers });

  test('a call that the policy doesn’t let through gets AWS’s 403 and reaches no function', async () => {
    const answer = await get('/v1/plans');
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
    expect(await answer.json()).toEqual({
      message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:${started.apiId}/prod/GET/v1/plans`,
    });
    expect(started.events).toEqual([]);
    expect((await get('/v1/plans', { referer: 'proof' })).status).toBe(200);
  });

  test('it comes before the key, so that a refused call counts on no plan', async () => {
    const { value } = started.key({ Quota: { Limit: 1, Period: 'DAY' } });
    const chat = (headers: object) =>
      fetch(`${started.url}/v1/chat`, { method: 'POST', headers: { 'x-api-key': value, ...headers } });
    for (let count = 0; count < 3; count += 1) expect((await chat({})).status).toBe(403);
    expect((await chat({ referer: 'proof' })).status).toBe(200);
    expect((await chat({ referer: 'proof' })).status).toBe(429);
  });

  test('a path that the API doesn’t have is told as that', async () => {
    expect((await get('/v1/none')).headers.get('x-amzn-errortype')).toBe(
      'MissingAuthenticationTokenException',
    );
  });
});

describe('when a stack is updated', () => {
  const onlyWithProof = document(statement(refererIs('proof')));
  let started: StartedGateway;
  beforeEach(async () => {
    started = await startGateway({ restApi: { Policy: onlyWithProof } });
    started.method('GET', '/v1/plans');
  });
  afterEach(() => started.close());

  const update = ({ gateway }: StartedGateway, restApi: object, deployment: string) => {
    const { ref: RestApiId } = gateway.defineRestApi('Api', { Name: 'Test', ...restApi });
    const DeploymentId = gateway.defineDeployment(deployment, { RestApiId }).ref;
    gateway.defineStage('Stage', { RestApiId, DeploymentId, StageName: 'prod' });
  };
  const status = async ({ url }: StartedGateway, headers = {}) =>
    (await fetch(`${url}/v1/plans`, { headers })).status;

  test('the policy stays where the template no longer has one, whatever is deployed', async () => {
    update(started, {}, 'Second');
    expect(await status(started)).toBe(403);
    expect(await status(started, { referer: 'proof' })).toBe(200);
  });

  test('it stays over a restart, too', async () => {
    const again = await startGateway({ store: started.store });
    again.method('GET', '/v1/plans');
    expect(await status(again)).toBe(403);
    await again.close();
  });

  test('another policy takes its place with the next deployment, and not before', async () => {
    update(started, { Policy: document(statement()) }, 'Deployment');
    expect(await status(started)).toBe(403);
    update(started, { Policy: document(statement()) }, 'Second');
    expect(await status(started)).toBe(200);
  });

  test('an API that is deleted takes its policy along', async () => {
    started.gateway.keepOnly(new Set());
    update(started, {}, 'Second');
    started.method('GET', '/v1/plans');
    expect(await status(started)).toBe(200);
  });
});
