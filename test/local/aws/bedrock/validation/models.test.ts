import {
  assistant,
  converse,
  expectAccepted,
  expectRefusal,
  result,
  stream,
  text,
  toolConfig,
  use,
  user,
} from './refusal.ts';

const llama = 'us.meta.llama3-3-70b-instruct-v1:0';
const gptOss = 'openai.gpt-oss-120b-1:0';
const nova = 'amazon.nova-lite-v1:0';
const claude55 = 'global.anthropic.claude-sonnet-5-5';
const point = { cachePoint: { type: 'default' } };
const choose = (toolChoice: object) => ({ toolConfig: { ...toolConfig, toolChoice } });
const looked = (...last: object[]) => [user(text('Look')), assistant(use('a')), user(...last)];

const refused: [name: string, change: object, message: string][] = [
  [
    'a model that only an inference profile can call',
    { modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0' },
    'with on-demand throughput isn’t supported',
  ],
  [
    'a system prompt for Titan',
    { modelId: 'amazon.titan-text-express-v1', system: [{ text: 'a' }] },
    "doesn't support system messages",
  ],
  ['tools for DeepSeek R1', { modelId: 'us.deepseek.r1-v1:0', toolConfig }, "doesn't support tool use."],
  [
    'a forced tool for Llama 4 Scout',
    { modelId: 'us.meta.llama4-scout-17b-instruct-v1:0', ...choose({ any: {} }) },
    "doesn't support",
  ],
  [
    'stop sequences for gpt-oss',
    { modelId: gptOss, inferenceConfig: { stopSequences: ['x'] } },
    "This model doesn't support the stopSequences field. Remove stopSequences and try again.",
  ],
  [
    'the status of a tool result for gpt-oss',
    { modelId: gptOss, toolConfig, messages: looked(result('a', { status: 'error' })) },
    "doesn't support the status field",
  ],
  [
    'an output schema for Nova',
    { modelId: nova, outputConfig: outputSchema({ type: 'object' }) },
    "doesn't support the outputConfig.textFormat field",
  ],
  [
    'more output than Nova gives',
    { modelId: nova, inferenceConfig: { maxTokens: 10_001 } },
    'The maximum tokens you requested exceeds the model limit of 10000.',
  ],
  [
    "a field that Nova doesn't know",
    { modelId: nova, additionalModelRequestFields: { top_k: 5 } },
    'Malformed input request: #: extraneous key [top_k] is not permitted',
  ],
  [
    'a cache point among the tools of Nova',
    { modelId: nova, toolConfig: { tools: [...toolConfig.tools, point] } },
    '#/toolConfig/tools/1: extraneous key [cachePoint] is not permitted',
  ],
  [
    'a prefilled answer for Claude 5.5',
    { modelId: claude55, messages: [user(text('a')), assistant(text('b'))] },
    'This model does not support assistant message prefill.',
  ],
  [
    'a temperature for Claude 5.5',
    { modelId: claude55, inferenceConfig: { temperature: 0.5 } },
    '`temperature` is deprecated for this model.',
  ],
];

function outputSchema(schema: object) {
  return {
    textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: JSON.stringify(schema) } } },
  };
}

test.each(refused)('%s is refused', async (_name, change, message) => {
  await expectRefusal(change, message);
});

test('tools for Llama 3.3 are refused in a stream only', async () => {
  await expect(stream({ modelId: llama, toolConfig })).rejects.toMatchObject({
    message: "This model doesn't support tool use in streaming mode.",
  });
  expect((await converse({ modelId: llama, toolConfig })).stopReason).toBe('end_turn');
});

test('a forced tool for Llama 3.3 is refused by the name of the choice', async () => {
  await expect(converse({ modelId: llama, ...choose({ any: {} }) })).rejects.toMatchObject({
    message:
      "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
  });
});

test('text beside a tool result is refused for Llama and taken for Nova', async () => {
  const messages = looked(result('a'), text('So?'));
  await expect(converse({ modelId: llama, toolConfig, messages })).rejects.toMatchObject({
    message:
      'messages.2.content: Conversation blocks and tool result blocks cannot be provided in the same turn.',
  });
  await expectAccepted({ modelId: nova, toolConfig, messages });
});

test('a cache point for a model without prompt cache is an AccessDeniedException', async () => {
  await expectRefusal(
    { modelId: gptOss, messages: [user(text('a'), point)] },
    'You invoked an unsupported model or your request did not allow prompt caching.',
    'AccessDeniedException',
  );
});

test.each([
  'amazon.nova-micro-v1:0',
  'global.amazon.nova-2-lite-v1:0',
  'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-6',
  claude55,
  gptOss,
])('%s takes a forced tool, whole and streamed', async (modelId) => {
  await expectAccepted({ modelId, ...choose({ tool: { name: 'look' } }) });
});

test('what an application inference profile leads to is not known, so nothing is refused', async () => {
  const modelId = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
  await expectAccepted({
    modelId,
    messages: [user(text('a'), point)],
    additionalModelRequestFields: { x: 1 },
  });
});
