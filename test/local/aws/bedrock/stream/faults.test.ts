import * as sdk from '@aws-sdk/client-bedrock-runtime';
import { ask, type Protocol, type RunningBedrock, startBedrock } from '../start-bedrock.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());
beforeEach(() => bedrock.faults.replace([]));

const requestErrors = [
  [sdk.AccessDeniedException, 403],
  [sdk.InternalServerException, 500],
  [sdk.ModelErrorException, 424],
  [sdk.ModelNotReadyException, 429],
  [sdk.ModelTimeoutException, 408],
  [sdk.ResourceNotFoundException, 404],
  [sdk.ServiceUnavailableException, 503],
  [sdk.ThrottlingException, 429],
  [sdk.ValidationException, 400],
] as const;

const streamErrors = [
  ['internalServerException', sdk.InternalServerException],
  ['modelStreamErrorException', sdk.ModelStreamErrorException],
  ['serviceUnavailableException', sdk.ServiceUnavailableException],
  ['throttlingException', sdk.ThrottlingException],
  ['validationException', sdk.ValidationException],
] as const;

/** Reads a stream to its end or failure. */
async function read(protocol: Protocol) {
  const names: (string | undefined)[] = [];
  try {
    // The SDK looks at the first frame before it resolves.
    const { stream } = await bedrock.client(protocol).send(new sdk.ConverseStreamCommand(ask('Hello')));
    for await (const event of stream ?? []) names.push(Object.keys(event)[0]);
    return { names, error: undefined };
  } catch (error) {
    return { names, error };
  }
}

describe.each<Protocol>(['HTTP/1.1', 'HTTP/2'])('over %s', (protocol) => {
  test.each(requestErrors)('%p comes as the typed error with its status', async (type, status) => {
    bedrock.faults.replace([{ service: 'bedrock', kind: 'error', error: type.name, message: 'on request' }]);
    for (const command of [new sdk.ConverseCommand(ask('Hi')), new sdk.ConverseStreamCommand(ask('Hi'))]) {
      const sent = bedrock.client(protocol).send(command as sdk.ConverseCommand);
      const error = await sent.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ message: 'on request', $metadata: { httpStatusCode: status } });
    }
  });

  test.each(streamErrors)(
    '%s comes in mid-stream, after exactly the events asked for',
    async (name, type) => {
      for (const afterEvents of [0, 1, 5]) {
        bedrock.faults.replace([{ service: 'bedrock', kind: 'mid-stream-error', error: name, afterEvents }]);
        const { names, error } = await read(protocol);
        expect(names).toHaveLength(afterEvents);
        expect(error).toBeInstanceOf(type);
      }
    },
  );

  test('a stream fault beyond the last event comes at the end', async () => {
    bedrock.faults.replace([{ service: 'bedrock', kind: 'mid-stream-error', afterEvents: 1_000_000 }]);
    const { names, error } = await read(protocol);
    expect(names.at(-1)).toBe('metadata');
    expect(error).toBeInstanceOf(sdk.InternalServerException);
  });

  test('cut ends the stream without its terminator', async () => {
    bedrock.faults.replace([{ service: 'bedrock', kind: 'cut', afterEvents: 3 }]);
    const { names } = await read(protocol);
    expect(names).toEqual(['messageStart', 'contentBlockDelta', 'contentBlockDelta']);
  });

  test('a corrupt frame is caught by its checksum', async () => {
    bedrock.faults.replace([{ service: 'bedrock', kind: 'corrupt-frame', afterEvents: 2 }]);
    const { names, error } = await read(protocol);
    expect(names).toEqual(['messageStart', 'contentBlockDelta']);
    expect(String(error)).toMatch(/checksum/i);
  });

  test('the next call after a fault is whole', async () => {
    bedrock.faults.replace([{ service: 'bedrock', kind: 'cut', times: 1 }]);
    await read(protocol);
    const { names, error } = await read(protocol);
    expect(error).toBeUndefined();
    expect(names.at(-1)).toBe('metadata');
  });
});

test('a broken stream is counted as failed and leaves nothing running', async () => {
  const before = bedrock.stats();
  bedrock.faults.replace([{ service: 'bedrock', kind: 'mid-stream-error' }]);
  await read('HTTP/1.1');
  bedrock.faults.replace([{ service: 'bedrock', kind: 'cut' }]);
  await read('HTTP/2');
  expect(bedrock.stats()).toEqual({ ...before, started: before.started + 2, failed: before.failed + 2 });
});

test('a stream fault does not affect Converse', async () => {
  bedrock.faults.replace([{ service: 'bedrock', kind: 'cut', afterEvents: 0 }]);
  const { stopReason } = await bedrock.client().send(new sdk.ConverseCommand(ask('Hi')));
  expect(stopReason).toBe('end_turn');
});
