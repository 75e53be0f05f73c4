import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { chooseResponder } from '../../../../../../local/aws/bedrock/responders/choose-responder.ts';
import { ask, type RunningBedrock, startBedrock, until } from '../../start-bedrock.ts';
import { delta, type ModelServer, sse, startModelServer, streams, usage } from './model-server.ts';

let server: ModelServer;
let bedrock: RunningBedrock;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  server = await startModelServer();
  bedrock = await startBedrock({ responder: await chooseResponder({ DAYPASS_MODEL_URL: server.url }) });
  client = bedrock.client();
});
afterAll(async () => {
  await bedrock.close();
  await server.close();
});

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
  server.answer = streams(
    sse(delta(null), delta('Gu'), delta('ten Tag'), delta(null, 'stop'), usage, '[DONE]'),
  );
  const modelId = 'amazon.nova-lite-v1:0';
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
  expect(server.received.path).toBe('/v1/chat/completions');
  expect(server.received.body).toEqual({
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

test('Converse collects the stream into one message', async () => {
  server.answer = streams(sse(delta('a'), delta('b', 'length'), '[DONE]'));
  const whole = await client.send(new ConverseCommand(ask('Hi')));
  expect(whole.output?.message?.content).toEqual([{ text: 'ab' }]);
  expect(whole.stopReason).toBe('max_tokens');
  expect(whole.usage?.outputTokens).toBe(1);
});

test('DAYPASS_MODEL_NAME is sent instead of the Bedrock id', async () => {
  const responder = await chooseResponder({
    DAYPASS_MODEL_URL: `${server.url}/api/v1/`,
    DAYPASS_MODEL_NAME: 'tiny',
  });
  const own = await startBedrock({ responder });
  server.answer = streams(sse(delta('x', 'stop'), '[DONE]'));
  await own.client().send(new ConverseCommand(ask('Hi')));
  expect(server.received.body.model).toBe('tiny');
  expect(server.received.path).toBe('/api/v1/chat/completions');
  await own.close();
});

test('DAYPASS_MODEL_API_KEY is sent as a bearer token, and no token without it', async () => {
  const apiKey = randomUUID();
  const responder = await chooseResponder({ DAYPASS_MODEL_URL: server.url, DAYPASS_MODEL_API_KEY: apiKey });
  const own = await startBedrock({ responder });
  server.answer = streams(sse(delta('x', 'stop'), '[DONE]'));
  await own.client().send(new ConverseCommand(ask('Hi')));
  expect(server.received.authorization).toBe(`Bearer ${apiKey}`);
  await client.send(new ConverseCommand(ask('Hi')));
  expect(server.received.authorization).toBeUndefined();
  server.answer = (_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: `Wrong key: ${apiKey}.` } }));
  };
  await expect(own.client().send(new ConverseCommand(ask('Hi')))).rejects.toMatchObject({
    message: 'The model server answered 401: Wrong key: ….',
  });
  expect(responder.description).not.toContain(apiKey);
  await own.close();
});

test('the answer is the same wherever the bytes are cut', async () => {
  const bytes = Buffer.from(
    `: hello\r\nevent: x\r\n${sse(delta('é€')).replaceAll('\n', '\r\n')}${sse(delta('日🚀'), delta('', 'stop'), usage, '[DONE]')}`,
  );
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    server.answer = async (_request, response) => {
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
  server.answer = (_request, response) => {
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
  server.answer = (_request, response) => {
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
  [401, { error: { message: 'no key' } }, 'AccessDeniedException', 'no key Set DAYPASS_MODEL_API_KEY.'],
  [404, { error: 'model not found' }, 'ResourceNotFoundException', 'DAYPASS_MODEL_NAME'],
  [408, {}, 'ModelTimeoutException', '408'],
  [429, { message: 'slow down' }, 'ThrottlingException', 'slow down'],
  [500, { error: { message: 'oops' } }, 'ModelErrorException', 'oops'],
  [503, { error: { message: 'Loading model' } }, 'ModelNotReadyException', 'Loading model'],
  [503, { error: { message: 'busy' } }, 'ServiceUnavailableException', 'busy'],
])('its %d %j becomes %s', async (status, body, name, message) => {
  server.answer = (_request, response) => {
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
  ['a finish_reason it cannot translate', sse(delta('a', 'function_call')), 'function_call'],
])('%s in mid-stream becomes a stream exception', async (_name, body, message) => {
  server.answer = streams(body);
  await expect(read(ask('Hi'))).rejects.toMatchObject({
    name: 'ModelStreamErrorException',
    message: expect.stringContaining(message),
  });
});

test('a connection that breaks in mid-stream becomes a stream exception', async () => {
  server.answer = async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await new Promise((sent) => response.write(sse(delta('a')), sent));
    response.destroy();
  };
  await expect(read(ask('Hi'))).rejects.toMatchObject({ name: 'ModelStreamErrorException' });
});

test('a server that does not stream is refused by name', async () => {
  server.answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<p>hello');
  };
  await expect(read(ask('Hi'))).rejects.toMatchObject({
    name: 'ModelErrorException',
    message: expect.stringContaining('text/html'),
  });
});

test('an unreachable server is reported with its address', async () => {
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
