import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { chooseResponder } from '../../../../local/aws/bedrock/responders/choose-responder.ts';
import { ask, modelId, type RunningBedrock, startBedrock, until } from './start-bedrock.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

let answer: Answer;
let received: Record<string, unknown>;
let path: string | undefined;
let modelServer: Server;
let bedrock: RunningBedrock;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  modelServer = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received = JSON.parse(Buffer.concat(chunks).toString());
    path = request.url;
    await answer(request, response);
  });
  await new Promise<void>((listening) => modelServer.listen(0, '127.0.0.1', listening));
  bedrock = await startBedrock({ responder: await chooseResponder({ DAYPASS_MODEL_URL: modelUrl() }) });
  client = bedrock.client();
});
afterAll(async () => {
  await bedrock.close();
  modelServer.closeAllConnections();
  await new Promise((closed) => modelServer.close(closed));
});

const modelUrl = () => `http://127.0.0.1:${(modelServer.address() as AddressInfo).port}`;

const sse = (...chunks: (object | string)[]) =>
  chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join('');
const delta = (content: string | null, finish: string | null = null) => ({
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});
const usage = { choices: [], usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 } };

const streams =
  (body: string | Buffer): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.end(body);
  };

async function read(request: ConstructorParameters<typeof ConverseStreamCommand>[0]) {
  const { stream } = await client.send(new ConverseStreamCommand(request));
  const events: ConverseStreamOutput[] = [];
  for await (const event of stream ?? []) events.push(event);
  return {
    text: events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join(''),
    stopReason: events.find((event) => event.messageStop)?.messageStop?.stopReason,
    usage: events.find((event) => event.metadata)?.metadata?.usage,
  };
}

test('a conversation is translated both ways', async () => {
  answer = streams(sse(delta(null), delta('Gu'), delta('ten Tag'), delta(null, 'stop'), usage, '[DONE]'));
  const request = {
    modelId,
    system: [{ text: 'Speak German.' }],
    messages: [
      { role: 'user' as const, content: [{ text: 'Hi' }] },
      { role: 'assistant' as const, content: [{ text: 'Hallo' }] },
      { role: 'user' as const, content: [{ text: 'Formally,' }, { text: 'please' }] },
    ],
    inferenceConfig: { maxTokens: 50, temperature: 0.5, topP: 0.9, stopSequences: ['###'] },
  };
  expect(await read(request)).toMatchObject({
    text: 'Guten Tag',
    stopReason: 'end_turn',
    usage: { inputTokens: 11, outputTokens: 5, totalTokens: 16 },
  });
  expect(path).toBe('/v1/chat/completions');
  expect(received).toEqual({
    model: modelId,
    messages: [
      { role: 'system', content: 'Speak German.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hallo' },
      { role: 'user', content: 'Formally,\nplease' },
    ],
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 50,
    temperature: 0.5,
    top_p: 0.9,
  });
});

test('Converse gathers the stream into one message', async () => {
  answer = streams(sse(delta('a'), delta('b', 'length'), '[DONE]'));
  const whole = await client.send(new ConverseCommand(ask('Hi')));
  expect(whole.output?.message?.content).toEqual([{ text: 'ab' }]);
  expect(whole.stopReason).toBe('max_tokens');
  expect(whole.usage?.outputTokens).toBe(1);
});

test('DAYPASS_MODEL_NAME is sent instead of the Bedrock id', async () => {
  const responder = await chooseResponder({
    DAYPASS_MODEL_URL: `${modelUrl()}/api/v1/`,
    DAYPASS_MODEL_NAME: 'tiny',
  });
  const own = await startBedrock({ responder });
  answer = streams(sse(delta('x', 'stop'), '[DONE]'));
  await own.client().send(new ConverseCommand(ask('Hi')));
  expect(received.model).toBe('tiny');
  expect(path).toBe('/api/v1/chat/completions');
  await own.close();
});

test('the answer is the same when the bytes come cut at every place', async () => {
  const bytes = Buffer.from(
    `: hello\r\nevent: x\r\n${sse(delta('é€')).replaceAll('\n', '\r\n')}${sse(delta('日🚀'), delta('', 'stop'), usage, '[DONE]')}`,
  );
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    answer = async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      await new Promise((sent) => response.write(bytes.subarray(0, cut), sent));
      await new Promise((later) => setImmediate(later));
      response.end(bytes.subarray(cut));
    };
    expect(await read(ask('Hi'))).toMatchObject({ text: 'é€日🚀', stopReason: 'end_turn' });
  }
});

test('a stop sequence cuts the text across chunks and aborts the server', async () => {
  let left = false;
  answer = (_request, response) => {
    response.once('close', () => {
      left = true;
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(sse(delta('one ST'), delta('OP two')));
  };
  const request = { ...ask('Hi'), inferenceConfig: { stopSequences: ['STOP'] } };
  expect(await read(request)).toMatchObject({ text: 'one ', stopReason: 'stop_sequence' });
  await until(() => left);
});

test('a client that leaves aborts the server', async () => {
  let left = false;
  answer = (_request, response) => {
    response.once('close', () => {
      left = true;
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(sse(delta('one')));
  };
  const abort = new AbortController();
  const sent = client.send(new ConverseStreamCommand(ask('Hi')), { abortSignal: abort.signal });
  for await (const event of (await sent).stream ?? []) if (event.contentBlockDelta) abort.abort();
  await until(() => left && bedrock.stats().liveStreams === 0);
});

test.each([
  [400, { error: { message: 'too long' } }, 'ValidationException', 'too long'],
  [401, { error: { message: 'no key' } }, 'AccessDeniedException', 'no key'],
  [404, { error: 'model not found' }, 'ResourceNotFoundException', 'DAYPASS_MODEL_NAME'],
  [408, {}, 'ModelTimeoutException', '408'],
  [429, { message: 'slow down' }, 'ThrottlingException', 'slow down'],
  [500, { error: { message: 'oops' } }, 'ModelErrorException', 'oops'],
  [503, { error: { message: 'Loading model' } }, 'ModelNotReadyException', 'Loading model'],
  [503, { error: { message: 'busy' } }, 'ServiceUnavailableException', 'busy'],
])('its %d %j becomes %s', async (status, body, name, message) => {
  answer = (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  for (const Command of [ConverseCommand, ConverseStreamCommand]) {
    const sent = client.send(new Command(ask('Hi')) as ConverseCommand);
    await expect(sent).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  }
});

test.each([
  ['an error object', sse(delta('a'), { error: { message: 'out of memory' } }), 'out of memory'],
  ['an end without finish_reason', sse(delta('a')), 'ended before the answer did'],
  ['a chunk that is not JSON', `${sse(delta('a'))}data: {"cho\n\n`, 'not JSON'],
  ['a finish_reason it cannot translate', sse(delta('a', 'tool_calls')), 'tool_calls'],
])('%s in mid-stream becomes a stream exception', async (_name, body, message) => {
  answer = streams(body);
  await expect(read(ask('Hi'))).rejects.toMatchObject({
    name: 'ModelStreamErrorException',
    message: expect.stringContaining(message),
  });
});

test('a connection that breaks in mid-stream becomes a stream exception', async () => {
  answer = async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await new Promise((sent) => response.write(sse(delta('a')), sent));
    response.destroy();
  };
  await expect(read(ask('Hi'))).rejects.toMatchObject({ name: 'ModelStreamErrorException' });
});

test('a server that does not stream is refused by name', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<p>hello');
  };
  await expect(read(ask('Hi'))).rejects.toMatchObject({
    name: 'ModelErrorException',
    message: expect.stringContaining('text/html'),
  });
});

test('a server that is not there is told with its address', async () => {
  const free = createServer();
  await new Promise<void>((listening) => free.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(free.address() as AddressInfo).port}`;
  await new Promise((closed) => free.close(closed));
  const own = await startBedrock({ responder: await chooseResponder({ DAYPASS_MODEL_URL: url }) });
  await expect(own.client().send(new ConverseCommand(ask('Hi')))).rejects.toMatchObject({
    name: 'ServiceUnavailableException',
    message: expect.stringContaining(`${url} (DAYPASS_MODEL_URL)`),
  });
  await own.close();
});
