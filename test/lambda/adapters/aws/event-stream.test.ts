import { EventStreamCodec } from '@smithy/eventstream-codec';
import { eventStream } from '../../../../lambda/adapters/aws/event-stream.ts';
import { useAwsAt } from '../start-aws.ts';
import { answerBytes, refuse, type StubService, startStub } from './stub-service.ts';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);
const event = (body: string): Buffer =>
  Buffer.from(
    codec.encode({
      headers: { ':message-type': { type: 'string', value: 'event' } },
      body: Buffer.from(body),
    }),
  );

let stub: StubService;
beforeEach(async () => {
  stub = await startStub();
  useAwsAt(stub.url);
});
afterEach(() => stub.close());

async function open() {
  const { createLightClient } = await import('../../../../lambda/adapters/aws/light-client.ts');
  const callAws = createLightClient({
    service: 'bedrock',
    endpoint: { prefix: 'bedrock-runtime', variable: 'BEDROCK_RUNTIME' },
    attempts: 1,
    connectMs: 5000,
    silenceMs: 30_000,
  });
  const { signal } = new AbortController();
  return callAws(
    { path: '/', headers: {}, body: '{}' },
    signal,
    eventStream(signal, ({ payload }) => payload.toString()),
  );
}

const large = 'x'.repeat(1_000_000);

test.each([
  ['first', [large, 'a', 'b']],
  ['in the middle', ['a', large, 'b']],
  ['one after the other', Array(20).fill(large)],
])('events larger than what may wait come whole: %s', async (_where, bodies) => {
  stub.react(({ socket }) => void socket.write(answerBytes(200, Buffer.concat(bodies.map(event)))));
  const got: string[] = [];
  for await (const events of await open()) {
    got.push(...events);
    // A reader who takes its time.
    await new Promise(setImmediate);
  }
  expect(got).toEqual(bodies);
});

test('what came before a broken event is given, though both came in one read', async () => {
  const broken = event('c');
  broken.writeUInt8(broken.readUInt8(broken.length - 1) ^ 1, broken.length - 1);
  stub.react(
    ({ socket }) => void socket.write(answerBytes(200, Buffer.concat([event('a'), event('b'), broken]))),
  );
  const got: string[] = [];
  await expect(
    (async () => {
      for await (const events of await open()) got.push(...events);
    })(),
  ).rejects.toThrow('checksum is wrong');
  expect(got).toEqual(['a', 'b']);
});

test('a reader who stops reading stops the sender, and gets the rest later', async () => {
  const bodies = Array(30).fill(large);
  let isSent = false;
  stub.react(({ socket }) => {
    socket.write(answerBytes(200, Buffer.concat(bodies.map(event))), () => {
      isSent = true;
    });
  });
  const iterator = (await open())[Symbol.asyncIterator]();
  const first = await iterator.next();
  const got = [...(first.value ?? [])];
  expect(got.length).toBeLessThan(bodies.length);
  expect(isSent).toBe(false);
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) got.push(...next.value);
  expect(got.length).toBe(bodies.length);
});

test('a refusal leaves its connection for the next call', async () => {
  stub.react(refuse('ValidationException'), ({ socket }) => void socket.write(answerBytes(200, event('a'))));
  const { createConnectionPool } = await import('../../../../lambda/adapters/aws/connection-pool.ts');
  const connections = createConnectionPool(new URL(stub.url), { connectMs: 5000, silenceMs: 30_000 });
  const { signal } = new AbortController();
  const request = 'POST / HTTP/1.1\r\nhost: x\r\n\r\n';
  const ask = () => eventStream(signal, ({ payload }) => `${payload}`)((to) => connections.send(request, to));
  await expect(ask()).rejects.toMatchObject({ name: 'ValidationException' });
  expect((await Array.fromAsync(await ask())).flat()).toEqual(['a']);
  expect(stub.connections.length).toBe(1);
});
