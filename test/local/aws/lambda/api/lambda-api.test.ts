import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { createLambdaApi } from '../../../../../local/aws/lambda/api/lambda-api.ts';
import { functionNotFound } from '../../../../../local/aws/lambda/invocation-errors.ts';
import type { InvokeResult } from '../../../../../local/aws/lambda/invoker.ts';
import { type AwsServer, startAwsServer } from '../../../../../local/aws/server.ts';
import { createFaults } from '../../../../../local/faults.ts';
import { silentLog } from '../../../../../local/log.ts';

let calls: { functionName: string; event: unknown }[];
let answer: () => Promise<InvokeResult>;
let server: AwsServer;
let client: LambdaClient;

beforeAll(async () => {
  const invoker = {
    invoke(functionName: string, event: unknown) {
      calls.push({ functionName, event });
      return answer();
    },
    requireFunction(functionName: string, qualifier = '$LATEST') {
      if (!functionName.endsWith('tidy') || qualifier !== '$LATEST')
        throw functionNotFound(`${functionName}:${qualifier}`);
    },
  };
  const services = [createLambdaApi(invoker)];
  server = await startAwsServer({ services, faults: createFaults(), port: 0, log: silentLog });
  client = new LambdaClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
beforeEach(() => {
  calls = [];
  answer = async () => ({ payload: '{"done":true}' });
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const invoke = (fields: Partial<InvokeCommand['input']> = {}) =>
  client.send(new InvokeCommand({ FunctionName: 'tidy', ...fields }));
const textOf = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

describe('RequestResponse', () => {
  test('passes the event and returns the result', async () => {
    const { Payload, ...rest } = await invoke({ Payload: '{"dryRun":true,"name":"Zoë"}' });
    expect(calls).toEqual([{ functionName: 'tidy', event: { dryRun: true, name: 'Zoë' } }]);
    expect(textOf(Payload)).toBe('{"done":true}');
    expect(rest).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(rest.FunctionError).toBeUndefined();
  });

  test('without a payload the event is an empty object', async () => {
    await invoke();
    expect(calls).toEqual([{ functionName: 'tidy', event: {} }]);
  });

  test.each(['arn:aws:lambda:us-east-1:000000000000:function:tidy', '000000000000:function:tidy'])(
    'finds the function that %s names',
    async (name) => {
      await invoke({ FunctionName: name });
      await invoke({ FunctionName: `${name}:$LATEST`, Qualifier: '$LATEST' });
      expect(calls).toMatchObject([
        { functionName: expect.stringMatching(/(^|:)tidy$/) },
        { functionName: expect.stringMatching(/(^|:)tidy$/) },
      ]);
    },
  );

  test('a function that fails is a success with its error named in the header', async () => {
    const payload = '{"errorType":"TypeError","errorMessage":"no"}';
    answer = async () => ({ payload, functionError: 'Unhandled' });
    const failed = await invoke();
    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(textOf(failed.Payload)).toBe(payload);
  });
});

describe('Event', () => {
  test('is answered before the function has ended', async () => {
    let end: (result: InvokeResult) => void = () => {};
    answer = () => new Promise((resolve) => (end = resolve));
    const accepted = await invoke({ InvocationType: 'Event', Payload: '{"n":1}' });
    expect(accepted.StatusCode).toBe(202);
    expect(textOf(accepted.Payload)).toBe('');
    expect(calls).toEqual([{ functionName: 'tidy', event: { n: 1 } }]);
    end({ payload: 'null' });
  });

  test('keeps a failure of the function to itself, and the next call is served', async () => {
    answer = () => Promise.reject(new Error('crashed'));
    expect((await invoke({ InvocationType: 'Event' })).StatusCode).toBe(202);
    answer = async () => ({ payload: '1' });
    expect(textOf((await invoke()).Payload)).toBe('1');
  });
});

test('DryRun answers 204 and runs nothing', async () => {
  expect((await invoke({ InvocationType: 'DryRun' })).StatusCode).toBe(204);
  expect(calls).toEqual([]);
});

describe('LogType Tail', () => {
  test('returns the log’s end as base64, and the execution’s own request id', async () => {
    answer = async () => ({ payload: '1', requestId: 'r-1', logTail: 'START …\n' });
    const told = await invoke({ LogType: 'Tail' });
    expect(Buffer.from(told.LogResult ?? '', 'base64').toString()).toBe('START …\n');
    expect(told.$metadata.requestId).toBe('r-1');
  });

  test('is not returned unless asked for', async () => {
    answer = async () => ({ payload: '1', logTail: 'START' });
    expect((await invoke()).LogResult).toBeUndefined();
    expect((await invoke({ LogType: 'None' })).LogResult).toBeUndefined();
  });
});

describe('refusals', () => {
  test.each<[string, Partial<InvokeCommand['input']>, string]>([
    ['function', { FunctionName: 'nobody' }, 'nobody'],
    ['function, in an asynchronous call', { FunctionName: 'nobody', InvocationType: 'Event' }, 'nobody'],
    ['function, in a dry run', { FunctionName: 'nobody', InvocationType: 'DryRun' }, 'nobody'],
    ['version', { Qualifier: '7' }, 'tidy:7'],
    ['alias in the name', { FunctionName: 'tidy:live' }, 'tidy:live'],
  ])('an unknown %s is a 404 that names it', async (_what, fields, named) => {
    await expect(invoke(fields)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining(named),
      $metadata: { httpStatusCode: 404 },
    });
    expect(calls).toEqual([]);
  });

  test.each<[string, Partial<InvokeCommand['input']>, string]>([
    ['an invocation type', { InvocationType: 'Later' as 'Event' }, '[RequestResponse, Event, DryRun]'],
    ['a log type', { LogType: 'Head' as 'Tail' }, '[None, Tail]'],
    ['a name', { FunctionName: 'ti dy' }, "'functionName'"],
    ['a long name', { FunctionName: 'x'.repeat(65) }, 'less than or equal to 64'],
    ['a qualifier', { Qualifier: 'a b' }, "'qualifier'"],
  ])('%s outside the service model is a ValidationException', async (_what, fields, told) => {
    await expect(invoke(fields)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(told),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('a qualifier that contradicts the one in the name is refused', async () => {
    await expect(invoke({ FunctionName: 'tidy:$LATEST', Qualifier: '7' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  test('an event of more than 1 MB is refused for an asynchronous call', async () => {
    const Payload = JSON.stringify('x'.repeat(1_048_576));
    await expect(invoke({ InvocationType: 'Event', Payload })).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
    expect((await invoke({ Payload })).StatusCode).toBe(200);
  });

  test('a payload that is not JSON runs nothing', async () => {
    await expect(invoke({ Payload: '{"dryRun":' })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
      $metadata: { httpStatusCode: 400 },
    });
    expect(calls).toEqual([]);
  });

  test.each([
    [new GetFunctionCommand({ FunctionName: 'tidy' }), 'GET /2015-03-31/functions/tidy'],
    [new ListFunctionsCommand({}), 'GET /2015-03-31/functions'],
  ])('an unsupported operation is refused by name, with the supported ones (%#)', async (command, asked) => {
    const refused = client.send(command as GetFunctionCommand);
    await expect(refused).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringMatching(new RegExp(`^${asked}\\b.*only Invoke is`)),
    });
    expect(calls).toEqual([]);
  });
});
