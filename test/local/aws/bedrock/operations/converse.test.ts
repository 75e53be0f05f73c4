import {
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { countTokens } from '../../../../../local/aws/bedrock/answer/split-tokens.ts';
import { ask, type Protocol, type RunningBedrock, signed, startBedrock } from '../start-bedrock.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

type Request = ConstructorParameters<typeof ConverseStreamCommand>[0];

async function stream(protocol: Protocol, request: Request) {
  const { stream: events } = await bedrock.client(protocol).send(new ConverseStreamCommand(request));
  const seen: ConverseStreamOutput[] = [];
  for await (const event of events ?? []) seen.push(event);
  const text = seen.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');
  const stopReason = seen.find((event) => event.messageStop)?.messageStop?.stopReason;
  const metadata = seen.find((event) => event.metadata)?.metadata;
  return { seen, text, stopReason, metadata, names: seen.map((event) => Object.keys(event)[0]) };
}

const whole = async (protocol: Protocol, request: Request) => {
  const answer = await bedrock.client(protocol).send(new ConverseCommand(request));
  return { answer, text: answer.output?.message?.content?.map(({ text }) => text ?? '').join('') ?? '' };
};

describe.each<Protocol>(['HTTP/1.1', 'HTTP/2'])('over %s', (protocol) => {
  test('Converse answers a message, a stop reason, usage and latency', async () => {
    const { answer, text } = await whole(protocol, ask('Tell me about tides, s’il vous plaît 🌊'));
    expect(answer.output?.message?.role).toBe('assistant');
    expect(text).toContain('Daypass local stand-in');
    expect(text).toContain('> Tell me about tides, s’il vous plaît 🌊');
    expect(answer.stopReason).toBe('end_turn');
    const { inputTokens = 0, outputTokens = 0, totalTokens } = answer.usage ?? {};
    expect(inputTokens).toBe(countTokens('Tell me about tides, s’il vous plaît 🌊'));
    expect(outputTokens).toBe(countTokens(text));
    expect(totalTokens).toBe(inputTokens + outputTokens);
    expect(answer.usage).toMatchObject({ cacheReadInputTokens: 0, cacheWriteInputTokens: 0 });
    expect(answer.metrics?.latencyMs).toBeGreaterThanOrEqual(0);
  });

  test('ConverseStream sends the same answer token by token in the documented order of events', async () => {
    const request = ask('Say it in pieces: é, €, 日本, 🚀');
    const { names, text, metadata, stopReason } = await stream(protocol, request);
    const deltas = names.filter((name) => name === 'contentBlockDelta').length;
    expect(names).toEqual([
      'messageStart',
      ...Array(deltas).fill('contentBlockDelta'),
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
    expect(deltas).toBeGreaterThan(36);
    expect(deltas).toBe(metadata?.usage?.outputTokens);
    expect(stopReason).toBe('end_turn');
    expect(text).toBe((await whole(protocol, request)).text);
  });

  test('maxTokens ends the answer after exactly that many tokens', async () => {
    const request = { ...ask('Hello'), inferenceConfig: { maxTokens: 7 } };
    const streamed = await stream(protocol, request);
    const { answer, text } = await whole(protocol, request);
    expect(streamed.stopReason).toBe('max_tokens');
    expect(answer.stopReason).toBe('max_tokens');
    expect(answer.usage?.outputTokens).toBe(7);
    expect(countTokens(text)).toBe(7);
    expect(streamed.text).toBe(text);
  });

  test('a stop sequence that spans tokens cuts the text before it', async () => {
    const request = {
      ...ask('one two three four five'),
      inferenceConfig: { stopSequences: ['never said', 'two three fo'] },
    };
    const streamed = await stream(protocol, request);
    const { answer, text } = await whole(protocol, request);
    expect(streamed.text.endsWith('> one ')).toBe(true);
    expect(streamed.stopReason).toBe('stop_sequence');
    expect(text).toBe(streamed.text);
    expect(answer.stopReason).toBe('stop_sequence');
  });

  test('an answer stopped before its first character has no content block', async () => {
    const request = { ...ask('Hi'), inferenceConfig: { stopSequences: ['**Daypass'] } };
    expect((await stream(protocol, request)).names).toEqual(['messageStart', 'messageStop', 'metadata']);
    expect((await whole(protocol, request)).answer.output?.message?.content).toEqual([]);
  });

  test('model ids, inference profiles and ARNs are all accepted', async () => {
    const ids = [
      'amazon.nova-lite-v1:0',
      'global.anthropic.claude-haiku-4-5-20251001-v1:0',
      'openai.gpt-oss-120b-1:0',
      'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0',
      'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
    ];
    for (const modelId of ids) {
      expect((await whole(protocol, { ...ask('Hi'), modelId })).text).toContain(modelId);
    }
  });
});

test('the same conversation always gets the same answer', async () => {
  const request = { ...ask('Again?'), system: [{ text: 'Be brief.' }] };
  expect((await whole('HTTP/1.1', request)).text).toBe((await whole('HTTP/2', request)).text);
});

test('generations are counted, and the counters can be read over HTTP', async () => {
  const before = bedrock.stats();
  await whole('HTTP/1.1', ask('Count me'));
  await stream('HTTP/2', ask('And me'));
  const response = await fetch(`${bedrock.url}/_stand-in/bedrock/stats`);
  expect(await response.json()).toEqual({
    ...before,
    started: before.started + 2,
    completed: before.completed + 2,
    liveStreams: 0,
  });
});

test('unsupported operations are refused by name', async () => {
  const response = await fetch(`${bedrock.url}/model/amazon.nova-lite-v1:0/invoke-with-response-stream`, {
    method: 'POST',
    headers: signed,
    body: '{}',
  });
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('has no InvokeModelWithResponseStream');
});
