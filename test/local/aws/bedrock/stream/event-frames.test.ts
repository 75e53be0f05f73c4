import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { EventStreamCodec } from '@smithy/eventstream-codec';
import {
  corruptFrame,
  eventFrame,
  exceptionFrame,
} from '../../../../../local/aws/bedrock/stream/event-frames.ts';
import { ask, modelId, type RunningBedrock, signed, startBedrock } from '../start-bedrock.ts';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

test('an event frame names its event and carries JSON', () => {
  const { headers, body } = codec.decode(
    eventFrame({ name: 'messageStart', payload: { role: 'assistant' } }),
  );
  expect(headers[':message-type']?.value).toBe('event');
  expect(headers[':event-type']?.value).toBe('messageStart');
  expect(headers[':content-type']?.value).toBe('application/json');
  expect(Buffer.from(body).toString()).toBe('{"role":"assistant"}');
});

test('bytes in an event travel as base64', () => {
  const { body } = codec.decode(eventFrame({ name: 'x', payload: { data: new Uint8Array([1, 2, 3]) } }));
  expect(Buffer.from(body).toString()).toBe('{"data":"AQID"}');
});

test('an exception frame names its exception and carries its message', () => {
  const { headers, body } = codec.decode(exceptionFrame('throttlingException', 'slower'));
  expect(headers[':message-type']?.value).toBe('exception');
  expect(headers[':exception-type']?.value).toBe('throttlingException');
  expect(Buffer.from(body).toString()).toBe('{"message":"slower"}');
});

test('a corrupt frame has the right length and the wrong checksum', () => {
  const event = { name: 'messageStop', payload: { stopReason: 'end_turn' } };
  expect(corruptFrame(event)).toHaveLength(eventFrame(event).length);
  expect(() => codec.decode(corruptFrame(event))).toThrow(/checksum/i);
});

/** The stream's bytes as HTTP/1.1 sends them, without the chunked framing. */
async function streamBytes(text: string): Promise<Buffer> {
  const response = await fetch(`${bedrock.url}/model/${encodeURIComponent(modelId)}/converse-stream`, {
    method: 'POST',
    headers: signed,
    body: JSON.stringify(ask(text)),
  });
  expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
  return Buffer.from(await response.arrayBuffer());
}

test('the frames can be decoded whatever the size of the pieces', async () => {
  const bytes = await streamBytes('Ça va? 日本語 🚀');
  const whole = decodeInPieces(bytes, bytes.length);
  expect(whole.at(-1)).toMatchObject({ name: 'metadata' });
  for (let size = 1; size <= 300; size += 1) expect(decodeInPieces(bytes, size)).toEqual(whole);
});

test.each([1, 2, 3, 5, 16, 200])(
  'the SDK reads the whole answer when TCP brings it %d bytes at a time',
  async (size) => {
    const narrow = await startNarrowProxy(Number(new URL(bedrock.url).port), size);
    const client = bedrock.client('HTTP/1.1', narrow.url);
    const { stream } = await client.send(new ConverseStreamCommand(ask('Ça va? 🚀')));
    let text = '';
    for await (const event of stream ?? []) text += event.contentBlockDelta?.delta?.text ?? '';
    const whole = await bedrock.client().send(new ConverseCommand(ask('Ça va? 🚀')));
    expect(text).toBe(whole.output?.message?.content?.[0]?.text);
    await narrow.close();
  },
);

/** Passes answers on in pieces of `size` bytes, each a write of its own. */
async function startNarrowProxy(port: number, size: number) {
  const sockets = new Set<Socket>();
  const proxy = createServer({ noDelay: true }, (socket) => {
    const upstream = connect(port, '127.0.0.1');
    for (const end of [socket, upstream]) sockets.add(end.on('error', () => {}));
    socket.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      for (let offset = 0; offset < chunk.length; offset += size) {
        socket.write(chunk.subarray(offset, offset + size));
      }
    });
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => proxy.close(closed));
    },
  };
}

function decodeInPieces(bytes: Buffer, size: number): { name: unknown; body: unknown }[] {
  const events: { name: unknown; body: unknown }[] = [];
  let pending = Buffer.alloc(0);
  for (let offset = 0; offset < bytes.length; offset += size) {
    pending = Buffer.concat([pending, bytes.subarray(offset, offset + size)]);
    while (pending.length >= 4 && pending.length >= pending.readUInt32BE(0)) {
      const length = pending.readUInt32BE(0);
      const { headers, body } = codec.decode(pending.subarray(0, length));
      const parsed = JSON.parse(Buffer.from(body).toString());
      // How long generation took differs from call to call.
      delete parsed.metrics;
      events.push({ name: headers[':event-type']?.value, body: parsed });
      pending = pending.subarray(length);
    }
  }
  expect(pending).toHaveLength(0);
  return events;
}
