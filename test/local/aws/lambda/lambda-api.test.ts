import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { createLambdaApi } from '../../../../local/aws/lambda/lambda-api.ts';
import { type AwsServer, startAwsServer } from '../../../../local/aws/server.ts';
import { createFaults } from '../../../../local/faults.ts';
import { functionNotFound } from '../../../../local/lambda/invocation-errors.ts';
import type { InvokeResult } from '../../../../local/lambda/invoker.ts';
import { silentLog } from '../../../../local/log.ts';

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
  test('hands the event over and gives the result back', async () => {
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
      expect(calls).toMatchObject([{ functionName: 'tidy' }]);
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

describe('refusals', () => {
  test('an unknown function is a 404 that names it', async () => {
    answer = () => Promise.reject(functionNotFound('tidy'));
    await expect(invoke()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('tidy'),
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('a payload that is no JSON runs nothing', async () => {
    await expect(invoke({ Payload: '{"dryRun":' })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
      $metadata: { httpStatusCode: 400 },
    });
    expect(calls).toEqual([]);
  });

  test.each([
    [new GetFunctionCommand({ FunctionName: 'tidy' }), 'GET /2015-03-31/functions/tidy'],
    [new ListFunctionsCommand({}), 'GET /2015-03-31/functions'],
  ])('another operation is refused by what was asked, with what there is (%#)', async (command, asked) => {
    const refused = client.send(command as GetFunctionCommand);
    await expect(refused).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringMatching(new RegExp(`^${asked}\\b.*only Invoke is`)),
    });
    expect(calls).toEqual([]);
  });
});
