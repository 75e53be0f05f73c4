import { compileAccessLog } from '../../../../../local/aws/apigateway/rest-api/access-log.ts';
import type { Log } from '../../../../../local/log.ts';
import { type StartedGateway, startGateway } from '../data-plane/start-gateway.ts';

const lines: string[] = [];
const log: Log = {
  info() {},
  warn() {},
  detail: (tag, message) => void (tag === 'access log' && lines.push(message)),
};
const fields = [
  'requestId',
  'extendedRequestId',
  'status',
  'resourcePath',
  'error.responseType',
  'identity.apiKeyId',
];
const Format = JSON.stringify(Object.fromEntries(fields.map((name) => [name, `$context.${name}`])));

let started: StartedGateway;
beforeAll(async () => {
  started = await startGateway({ log });
  started.stage({ AccessLogSetting: { DestinationArn: 'arn:aws:logs:us-east-1:1:log-group:a', Format } });
  started.method('GET', '/open/{id}');
});
afterAll(() => started.close());
beforeEach(() => {
  lines.length = 0;
});

const logged = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${started.url}${path}`, { headers });
  await response.arrayBuffer();
  // The line is written when the answer has ended, which its reader may see first.
  while (lines.length === 0) await new Promise((done) => setImmediate(done));
  return { response, line: JSON.parse(lines[0] ?? '') as Record<string, string> };
};

test('a call is logged by its route, with a dash for what it doesn’t have', async () => {
  const { response, line } = await logged('/open/secret-path');
  expect(line).toEqual({
    requestId: response.headers.get('x-amzn-requestid'),
    extendedRequestId: response.headers.get('x-amz-apigw-id'),
    status: '200',
    resourcePath: '/open/{id}',
    'error.responseType': '-',
    'identity.apiKeyId': '-',
  });
});

test('a refusal is logged with its type', async () => {
  const { line } = await logged('/nowhere');
  expect(line).toMatchObject({ status: '403', 'error.responseType': 'MISSING_AUTHENTICATION_TOKEN' });
});

test('a chosen request id is logged if it is a UUID and replaced otherwise; the extended one can’t be chosen', async () => {
  const uuid = 'AAAAAAAA-1111-4111-8111-111111111111';
  expect((await logged('/open/1', { 'x-amzn-requestid': uuid })).line.requestId).toBe(uuid);
  lines.length = 0;
  const { response, line } = await logged('/open/1', { 'x-amzn-requestid': 'mine' });
  expect(line.requestId).toMatch(/^[0-9a-f-]{36}_REPLACED_INVALID_REQUEST_ID$/);
  expect(line.extendedRequestId).toBe(response.headers.get('x-amz-apigw-id'));
});

test.each([
  ['no request id', '$context.status', 'must have $context.requestId'],
  ['two lines', '$context.requestId\n$context.status', 'one line'],
  ['a variable that is unknown', '$context.requestId $context.magic', '$context.magic'],
])('a format with %s is refused', (_what, format, told) => {
  expect(() => compileAccessLog(format)).toThrow(told);
});
