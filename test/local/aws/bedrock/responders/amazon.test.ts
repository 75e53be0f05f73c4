import {
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { createAmazonResponder } from '../../../../../local/aws/bedrock/responders/amazon/amazon.ts';
import type { ModelCall, Responder } from '../../../../../local/aws/bedrock/responders/responder.ts';
import { ask, modelId, type RunningBedrock, signed, startBedrock, until } from '../start-bedrock.ts';

/** A second stand-in plays real Bedrock: the genuine client speaks to it as it would to AWS. */
let amazon: RunningBedrock;
let bedrock: RunningBedrock;
beforeAll(async () => {
  amazon = await startBedrock();
  bedrock = await startBedrock({ responder: createAmazonResponder(amazon.client()) });
});
afterAll(async () => {
  await bedrock.close();
  await amazon.close();
});
beforeEach(() => amazon.faults.replace([]));

async function events(from: RunningBedrock) {
  const { stream } = await from.client().send(new ConverseStreamCommand(ask('Forward é 🚀')));
  const seen = [];
  for await (const event of stream ?? []) seen.push(event.metadata ? event.metadata.usage : event);
  return seen;
}

test('a stream is passed on event by event', async () => {
  expect(await events(bedrock)).toEqual(await events(amazon));
});

test('a whole answer is passed on', async () => {
  const command = new ConverseCommand(ask('Forward'));
  const direct = await amazon.client().send(command);
  const passed = await bedrock.client().send(command);
  expect({ ...passed, $metadata: 0, metrics: 0 }).toEqual({ ...direct, $metadata: 0, metrics: 0 });
});

test('tokens of a request and of a body are counted by Amazon', async () => {
  const modelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
  const { messages } = ask('Count these');
  const body = Buffer.from(JSON.stringify({ messages: [{ role: 'user', content: 'Count these' }] }));
  for (const input of [{ converse: { messages } }, { invokeModel: { body } }]) {
    const command = new CountTokensCommand({ modelId, input: input as { converse: object } });
    expect((await bedrock.client().send(command)).inputTokens).toBe(2);
  }
});

test('InvokeModel is passed on, with its token count', async () => {
  const body = JSON.stringify({ inputText: 'one two' });
  const post = ({ url }: RunningBedrock) =>
    fetch(`${url}/model/amazon.titan-embed-text-v2:0/invoke`, { method: 'POST', headers: signed, body });
  const [passed, direct] = await Promise.all([post(bedrock), post(amazon)]);
  expect(passed.headers.get('x-amzn-bedrock-input-token-count')).toBe('2');
  expect(await passed.json()).toEqual(await direct.json());
});

test('their refusals keep their name and words too', async () => {
  const count = new CountTokensCommand({ modelId, input: { converse: ask('Hi') } });
  await expect(bedrock.client().send(count)).rejects.toMatchObject({
    name: 'ValidationException',
    message: "The provided model doesn't support counting tokens.",
  });
  const invoke = new InvokeModelCommand({ modelId: 'amazon.titan-embed-text-v2:0', body: '{}' });
  await expect(bedrock.client().send(invoke)).rejects.toMatchObject({ name: 'ValidationException' });
});

test("Bedrock's refusals keep their name, words and status", async () => {
  for (const Command of [ConverseCommand, ConverseStreamCommand]) {
    amazon.faults.replace([
      { service: 'bedrock', kind: 'error', error: 'ModelNotReadyException', message: 'warming' },
    ]);
    await expect(bedrock.client().send(new Command(ask('Hi')) as ConverseCommand)).rejects.toMatchObject({
      name: 'ModelNotReadyException',
      message: 'warming',
      $metadata: { httpStatusCode: 429 },
    });
  }
});

test('an exception in mid-stream stays an exception', async () => {
  amazon.faults.replace([
    {
      service: 'bedrock',
      kind: 'mid-stream-error',
      error: 'throttlingException',
      afterEvents: 3,
      message: 'enough',
    },
  ]);
  await expect(events(bedrock)).rejects.toMatchObject({ name: 'ThrottlingException', message: 'enough' });
});

test('a client that leaves ends our own call', async () => {
  const slow = await startBedrock({ settings: { tokensPerSecond: 1 } });
  const passing = await startBedrock({ responder: createAmazonResponder(slow.client()) });
  const abort = new AbortController();
  const command = new ConverseStreamCommand(ask('Hi'));
  const { stream } = await passing.client().send(command, { abortSignal: abort.signal });
  for await (const event of stream ?? []) if (event.contentBlockDelta) abort.abort();
  await until(() => slow.stats().aborted === 1 && passing.stats().aborted === 1);
  await passing.close();
  await slow.close();
});

describe('a request', () => {
  const recorded: unknown[] = [];
  const recorder: Responder = createAmazonResponder({
    send: (async (command: { input: unknown }) => {
      recorded.push(command.input);
      return { $metadata: {}, output: {} };
    }) as never,
  });
  const call = (body: ModelCall['body']): ModelCall => ({
    modelId: 'amazon.nova-lite-v1:0',
    body,
    signal: new AbortController().signal,
    pacing: { tokensPerSecond: 0, firstTokenDelayMs: 0 },
  });

  test('reaches real Bedrock as it was sent: blobs as bytes, the caller’s own JSON untouched', async () => {
    const image = { image: { format: 'png', source: { bytes: 'AQID' } } };
    const toolUse = { toolUse: { toolUseId: 't', name: 'n', input: { source: { bytes: 'AQID' } } } };
    await recorder.converse(call({ messages: [{ role: 'user', content: [image, toolUse] }] }));
    expect(recorded.at(-1)).toEqual({
      modelId: 'amazon.nova-lite-v1:0',
      messages: [
        {
          role: 'user',
          content: [{ image: { format: 'png', source: { bytes: new Uint8Array([1, 2, 3]) } } }, toolUse],
        },
      ],
    });
  });
});

test('missing credentials are named', async () => {
  const failing = Object.assign(new Error('no provider'), { name: 'CredentialsProviderError' });
  const responder = createAmazonResponder({ send: (() => Promise.reject(failing)) as never });
  const own = await startBedrock({ responder });
  await expect(own.client().send(new ConverseCommand(ask('Hi')))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('No AWS credentials on this machine'),
  });
  await own.close();
});
