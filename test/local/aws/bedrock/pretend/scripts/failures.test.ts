import { once } from 'node:events';
import http from 'node:http';
import * as sdk from '@aws-sdk/client-bedrock-runtime';
import { type Protocol, type RunningBedrock, readEvents, signed, startBedrock } from '../../start-bedrock.ts';
import { scripted } from './scripted.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

const exceptions = [
  ['internalServerException', sdk.InternalServerException],
  ['modelStreamErrorException', sdk.ModelStreamErrorException],
  ['serviceUnavailableException', sdk.ServiceUnavailableException],
  ['throttlingException', sdk.ThrottlingException],
  ['validationException', sdk.ValidationException],
] as const;

const words = ['one ', 'two ', 'three'].map((word) => ({ text: [word] }));
const converse = (script: object) => bedrock.client().send(new sdk.ConverseCommand(scripted(script)));

describe.each<Protocol>(['HTTP/1.1', 'HTTP/2'])('over %s', (protocol) => {
  const read = (script: object) => readEvents(bedrock.client(protocol), scripted(script));

  test.each(exceptions)('%s comes as a frame at any place', async (exception, type) => {
    for (const at of [0, 1, 2, 3]) {
      const { error, events } = await read(words.toSpliced(at, 0, { exception, message: 'now' } as never));
      expect(error).toBeInstanceOf(type);
      expect((error as Error).message).toBe('now');
      expect(events).toHaveLength(at === 0 ? 0 : 1 + 2 * at);
    }
  });

  test('a failure can come after any number of events, within a block too', async () => {
    const script = [{ text: ['a', 'b', 'c'] }];
    const all = (await read(script)).events.length;
    for (let afterEvents = 0; afterEvents <= all; afterEvents += 1) {
      const struck = await read([...script, { exception: 'throttlingException', afterEvents }]);
      expect(struck.error).toBeInstanceOf(sdk.ThrottlingException);
      expect(struck.events).toHaveLength(afterEvents);
    }
    expect((await read([{ cut: true, afterEvents: 3 }, ...script])).events).toHaveLength(3);
    const corrupt = await read([{ flaw: 'corrupt', afterEvents: 2 }, ...script]);
    expect(String(corrupt.error)).toMatch(/checksum/i);
    expect(corrupt.events).toHaveLength(2);
    expect((await read([{ wait: 1, afterEvents: 2 }, ...script])).events).toHaveLength(all);
  });

  test('a failure before the first event is a status', async () => {
    const { error } = await read([{ fail: 'ModelNotReadyException', message: 'warming up' }]);
    expect(error).toBeInstanceOf(sdk.ModelNotReadyException);
    expect(error).toMatchObject({ message: 'warming up', $metadata: { httpStatusCode: 429 } });
  });

  test('a failure later on is an exception in the stream', async () => {
    const { error, events } = await read([{ text: ['a'] }, { fail: 'ThrottlingException' }]);
    expect(error).toBeInstanceOf(sdk.ThrottlingException);
    expect(events).toHaveLength(3);
  });

  test('a cut connection ends the stream without its stop', async () => {
    const { events } = await read([{ text: ['a'] }, { cut: true }]);
    expect(events.map((event) => Object.keys(event)[0])).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockStop',
    ]);
  });

  test('the frame after a flaw step is corrupt', async () => {
    const { error, events } = await read([{ text: ['a'] }, { flaw: 'corrupt' }, { text: ['b'] }]);
    expect(String(error)).toMatch(/checksum/i);
    expect(events).toHaveLength(3);
  });

  test('frames in small pieces arrive whole', async () => {
    const { events, error } = await read([{ pieceBytes: 7 }, { text: ['é', '日本', '🚀'] }]);
    expect(error).toBeUndefined();
    const text = events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join('');
    expect(text).toBe('é日本🚀');
  });
});

test('pieces of frames arrive one by one', async () => {
  const { modelId: _, ...body } = scripted([{ pieceBytes: 2 }, { text: ['é🚀'] }]);
  const request = http.request(`${bedrock.url}/model/amazon.nova-lite-v1:0/converse-stream`, {
    method: 'POST',
    headers: signed,
  });
  request.end(JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  expect(chunks.filter(({ length }) => length === 2).length).toBeGreaterThan(100);
});

test('the last frame can be cut short', async () => {
  const url = `${bedrock.url}/model/amazon.nova-lite-v1:0/converse-stream`;
  const { modelId: _, ...body } = scripted([{ text: ['a'] }, { flaw: 'truncated' }, { text: ['b'] }]);
  const response = await fetch(url, { method: 'POST', headers: signed, body: JSON.stringify(body) });
  const bytes = Buffer.from(await response.arrayBuffer());
  let at = 0;
  let frames = 0;
  while (at + 4 <= bytes.length && at + bytes.readUInt32BE(at) <= bytes.length) {
    at += bytes.readUInt32BE(at);
    frames += 1;
  }
  expect(frames).toBe(3);
  expect(bytes.length).toBeGreaterThan(at + 4);
});

test('a pause holds the events back, and a client that leaves ends it', async () => {
  const abort = new AbortController();
  const command = new sdk.ConverseStreamCommand(scripted([{ text: ['a'] }, { wait: 600_000 }]));
  const { stream } = await bedrock.client().send(command, { abortSignal: abort.signal });
  const events: sdk.ConverseStreamOutput[] = [];
  for await (const event of stream ?? []) {
    events.push(event);
    if (event.contentBlockStop) abort.abort();
  }
  expect(events).toHaveLength(3);
});

test('a short pause is followed by the rest', async () => {
  const script = [{ text: ['a'] }, { wait: 5 }, { text: ['b'] }];
  expect((await readEvents(bedrock.client(), scripted(script))).events).toHaveLength(7);
});

test('Converse answers a failure and an exception with its status', async () => {
  await expect(converse([{ fail: 'ModelTimeoutException' }])).rejects.toBeInstanceOf(
    sdk.ModelTimeoutException,
  );
  for (const [exception, type] of exceptions) {
    await expect(converse([{ text: 'a' }, { exception }])).rejects.toBeInstanceOf(type);
  }
});

test.each([{ cut: true }, { flaw: 'truncated' }, { flaw: 'corrupt' }])(
  'Converse breaks its connection where a stream would break: %j',
  async (step) => {
    await expect(converse([step, { text: 'a' }])).rejects.not.toHaveProperty('$metadata.httpStatusCode');
  },
);
