import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
beforeAll(async () => {
  runtime = await sharedRuntime();
});

const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
const corsOf = (response: Response) =>
  [...response.headers.keys()].filter((name) => name.startsWith('access-control'));

/** As a presigned URL names it, which a page can write without asking. */
const inQuery = (service: string) =>
  `?X-Amz-Credential=${encodeURIComponent(`a/20261127/us-east-1/${service}/aws4_request`)}`;
const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=a/20261127/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

describe('a page of another site drives nothing on the AWS port', () => {
  const body = '{}';
  const plain = { 'content-type': 'text/plain' };
  const scan = {
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    'x-amz-date': '20261127T000000Z',
    'content-type': 'application/x-amz-json-1.0',
  };

  test.each<[string, string, RequestInit]>([
    [
      'a function run by a request that needs no preflight',
      `/2015-03-31/functions/Daypass-reconcile/invocations${inQuery('lambda')}`,
      { method: 'POST', headers: { ...evil, ...plain }, body },
    ],
    [
      'the same, from a browser that sends no Origin',
      `/2015-03-31/functions/Daypass-reconcile/invocations${inQuery('lambda')}`,
      { method: 'POST', headers: plain, body },
    ],
    [
      'a key made',
      `/apikeys${inQuery('apigateway')}`,
      { method: 'POST', headers: { ...evil, ...plain }, body },
    ],
    ['tables read', '/', { method: 'POST', headers: { ...evil, ...scan, ...signed('dynamodb') }, body }],
    [
      'the preflight before it',
      `/${inQuery('dynamodb')}`,
      {
        method: 'OPTIONS',
        headers: {
          ...evil,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-amz-target',
        },
      },
    ],
    [
      'a model asked',
      '/model/amazon.nova-lite-v1:0/converse',
      { method: 'POST', headers: { ...evil, ...plain }, body },
    ],
    [
      'somebody signed up',
      '/',
      {
        method: 'POST',
        headers: { ...evil, ...plain, 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' },
        body,
      },
    ],
  ])('%s', async (_what, path, init) => {
    const response = await fetch(`${runtime.aws}${path}`, init);
    expect([400, 403]).toContain(response.status);
    expect(await response.text()).toMatch(/AccessDeniedException|UnsupportedServiceException/);
    expect(corsOf(response)).toEqual([]);
  });

  test('a program still reads tables, and its answer is for no page', async () => {
    const response = await fetch(runtime.aws, {
      method: 'POST',
      headers: { ...scan, ...signed('dynamodb') },
      body,
    });
    expect(response.status).toBe(200);
    expect(corsOf(response)).toEqual([]);
  });
});

describe('/_local', () => {
  const own = () => new URL(runtime.edge).origin;

  test.each<[string, Record<string, string>]>([
    ['another site', evil],
    ['another port of this machine', { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-site' }],
    ['another name of this machine', { origin: 'http://evil.localhost:4000' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a browser that tells the site only', { 'sec-fetch-site': 'cross-site' }],
  ])('takes no call of a page of %s', async (_what, headers) => {
    // Other suites may have moved it.
    const clock = async () =>
      /"offsetSeconds":-?\d+/.exec(await (await fetch(`${runtime.edge}/_local/clock`)).text())?.[0];
    const before = await clock();
    for (const [method, path] of [
      ['POST', '/_local/clock'],
      ['PUT', '/_local/faults'],
      ['GET', '/_local/mail'],
    ] as const) {
      const body = method === 'GET' ? null : '{"offsetSeconds":86400,"faults":[]}';
      const response = await fetch(`${runtime.edge}${path}`, { method, headers, body });
      expect(response.status).toBe(403);
      expect(corsOf(response)).toEqual([]);
    }
    expect(await clock()).toBe(before);
  });

  test.each<[string, () => Record<string, string>]>([
    ['a program', () => ({})],
    ['an address typed into a browser', () => ({ 'sec-fetch-site': 'none' })],
    ['a page of its own', () => ({ origin: own(), 'sec-fetch-site': 'same-origin' })],
  ])('answers %s', async (_what, headers) => {
    const faults = await fetch(`${runtime.edge}/_local/faults`, {
      method: 'PUT',
      headers: headers(),
      body: '[]',
    });
    expect(faults.status).toBe(200);
  });
});

test.each(['edge', 'stage'] as const)('the API at the %s answers any origin, as in AWS', async (port) => {
  const response = await fetch(`${runtime[port]}/v1/plans`, { headers: evil });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});
