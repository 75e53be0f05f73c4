import type { ErrorCode } from '../../../../core/errors.ts';
import type { ConverseEvent } from '../../../../core/providers/bedrock/converse-shapes.ts';
import type { ConverseStream } from '../../../../core/providers/bedrock/provider.ts';
import type { FaultRule } from '../../../../local/faults.ts';
import { type RunningBedrock, startBedrock, until } from '../../../local/aws/bedrock/start-bedrock.ts';
import { useAwsAt } from '../start-aws.ts';
import { converseClients } from './converse-clients.ts';

describe.each(converseClients)('%s', (_name, openClient) => {
  let bedrock: RunningBedrock;
  let converseStream: ConverseStream;

  beforeEach(async () => {
    bedrock = await startBedrock();
    useAwsAt(bedrock.url);
    converseStream = await openClient();
  });
  afterEach(() => bedrock.close());

  const request = {
    modelId: 'amazon.nova-lite-v1:0',
    messages: [{ role: 'user' as const, content: [{ text: 'Tell me something' }] }],
    inferenceConfig: { maxTokens: 2000 },
  };
  const open = (signal = new AbortController().signal) => converseStream(request, signal);
  const fault = (rule: Partial<FaultRule>) =>
    bedrock.faults.replace([{ service: 'bedrock', operation: 'ConverseStream', ...rule }]);

  async function readAll(): Promise<ConverseEvent[]> {
    return (await Array.fromAsync(await open())).flat();
  }

  test('events come as Bedrock sends them, to the last one', async () => {
    const events = await readAll();
    expect(events.some((event) => event.contentBlockDelta?.delta?.text)).toBe(true);
    expect(events.some((event) => event.messageStop?.stopReason === 'end_turn')).toBe(true);
    expect(events.at(-1)?.metadata?.usage?.inputTokens).toBeGreaterThan(0);
  });

  describe('a refusal before the first event', () => {
    test.each<[string, ErrorCode, number]>([
      ['ThrottlingException', 'model_overloaded', 503],
      ['ModelNotReadyException', 'model_overloaded', 503],
      ['ServiceUnavailableException', 'model_overloaded', 503],
      ['ModelTimeoutException', 'model_timeout', 504],
      ['ModelErrorException', 'model_failed', 502],
      ['ModelStreamErrorException', 'model_failed', 502],
      ['InternalServerException', 'model_failed', 502],
      ['AccessDeniedException', 'model_failed', 502],
      ['ResourceNotFoundException', 'model_failed', 502],
      ['ValidationException', 'model_refused_request', 400],
    ])('%s is %s, %i', async (error, code, status) => {
      fault({ kind: 'error', error, message: 'arn:aws:bedrock:internal' });
      await expect(open()).rejects.toMatchObject({ name: 'DaypassError', code, status });
    });

    test('an overloaded model says when to retry, a failed one does not', async () => {
      fault({ kind: 'throttle' });
      await expect(open()).rejects.toMatchObject({ headers: { 'retry-after': '5' } });
      fault({ kind: 'error', error: 'ModelErrorException' });
      await expect(open()).rejects.toMatchObject({ headers: {} });
    });

    test.each([
      'Input is too long for requested model.',
      'The model returned the following errors: prompt is too long: 903884 tokens > 200000 maximum',
      'This model’s maximum context length is 131072 tokens. However, you requested 140000 tokens.',
      'input length and `max_tokens` exceed context limit: 199000 + 4096 > 200000',
      '400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9000',
    ])('a prompt too long for the model, however worded, has a code of its own: %s', async (message) => {
      fault({ kind: 'error', error: 'ValidationException', message });
      await expect(open()).rejects.toMatchObject({ code: 'context_length_exceeded', status: 400 });
    });

    test('passes on what Bedrock says of the caller’s request, and nothing else', async () => {
      fault({ kind: 'error', error: 'ValidationException', message: 'too many stop sequences' });
      await expect(open()).rejects.toThrow('too many stop sequences');
      for (const error of ['AccessDeniedException', 'InternalServerException', 'ModelErrorException']) {
        fault({ kind: 'error', error, message: 'arn:aws:bedrock:internal' });
        const refusal = await open().catch((thrown: unknown) => thrown);
        expect((refusal as Error).message).not.toContain('internal');
      }
    });

    test('a throttled call is retried once', async () => {
      fault({ kind: 'throttle', times: 1 });
      expect((await readAll()).length).toBeGreaterThan(0);
    });

    test('an answer cut off before its first event is a failed model', async () => {
      fault({ kind: 'cut', afterEvents: 0 });
      await expect(open()).rejects.toMatchObject({ name: 'DaypassError', code: 'model_failed', status: 502 });
    });
  });

  describe('a stream that breaks', () => {
    /** Reads to the end and tells how many events came, and the error it ended in. */
    async function readUntilBroken() {
      let events = 0;
      try {
        for await (const some of await open()) events += some.length;
      } catch (error) {
        return { events, error };
      }
      return { events, error: undefined };
    }

    const middle: [string, ErrorCode][] = [
      ['throttlingException', 'model_overloaded'],
      ['serviceUnavailableException', 'model_overloaded'],
      ['modelStreamErrorException', 'model_failed'],
      ['internalServerException', 'model_failed'],
      ['validationException', 'model_refused_request'],
    ];
    const places = [0, 1, 3, 1000];
    test.each(middle.flatMap(([error, code]) => places.map((after) => [error, after, code] as const)))(
      '%s after %i events is %s',
      async (error, afterEvents, code) => {
        fault({ kind: 'mid-stream-error', error, afterEvents });
        const broken = await readUntilBroken();
        expect(broken.error).toMatchObject({ name: 'DaypassError', code });
        if (afterEvents < 1000) expect(broken.events).toBe(afterEvents);
      },
    );

    test.each(
      (['cut', 'corrupt-frame'] as const).flatMap((kind) => [0, 1, 2].map((after) => [kind, after] as const)),
    )('%s after %i events is a failed model', async (kind, afterEvents) => {
      fault({ kind, afterEvents });
      const broken = await readUntilBroken();
      expect(broken.error).toMatchObject({ name: 'DaypassError', code: 'model_failed', status: 502 });
      expect(broken.events).toBeLessThanOrEqual(afterEvents);
    });
  });

  describe('a caller who leaves', () => {
    beforeEach(async () => {
      await bedrock.close();
      bedrock = await startBedrock({ settings: { tokensPerSecond: 5 } });
      useAwsAt(bedrock.url);
      converseStream = await openClient();
    });

    test('ends generation, and the stream ends in an error, not as if complete', async () => {
      const abort = new AbortController();
      const events: ConverseEvent[] = [];
      const reading = (async () => {
        for await (const some of await open(abort.signal)) {
          events.push(...some);
          abort.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject({ name: 'DaypassError' });
      expect(events.some((event) => event.messageStop)).toBe(false);
      await until(() => bedrock.stats().aborted === 1);
    });

    test('while the model is silent ends generation at once', async () => {
      const abort = new AbortController();
      const iterator = (await open(abort.signal))[Symbol.asyncIterator]();
      for (let text = ''; text === ''; ) {
        const { value }: IteratorResult<readonly ConverseEvent[]> = await iterator.next();
        text = ((value ?? []) as readonly ConverseEvent[])
          .map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '')
          .join('');
      }
      const failed = expect(iterator.next()).rejects.toMatchObject({ name: 'DaypassError' });
      abort.abort();
      await failed;
      await until(() => bedrock.stats().aborted === 1);
    });

    test('while nobody reads the events ends generation at once', async () => {
      const abort = new AbortController();
      const iterator = (await open(abort.signal))[Symbol.asyncIterator]();
      await iterator.next();
      abort.abort();
      await until(() => bedrock.stats().aborted === 1);
      // What had come by then may still be read; then it ends in an error.
      const rest = Array.fromAsync({ [Symbol.asyncIterator]: () => iterator });
      await expect(rest).rejects.toMatchObject({ name: 'DaypassError' });
    });

    test('before the first event ends generation at once', async () => {
      await bedrock.close();
      bedrock = await startBedrock({ settings: { firstTokenDelayMs: 60_000 } });
      useAwsAt(bedrock.url);
      const abort = new AbortController();
      const opening = (await openClient())(request, abort.signal);
      const failed = expect(opening).rejects.toMatchObject({ name: 'DaypassError' });
      await until(() => bedrock.stats().liveStreams === 1);
      abort.abort();
      await failed;
      await until(() => bedrock.stats().aborted === 1);
    });

    test('before anything was sent is never asked of Bedrock', async () => {
      await expect(open(AbortSignal.abort())).rejects.toMatchObject({ name: 'DaypassError' });
      expect(bedrock.stats().started).toBe(0);
    });
  });
});
