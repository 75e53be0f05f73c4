import {
  assistant,
  converse,
  expectAccepted,
  expectRefusal,
  result,
  runBedrock,
  stream,
  text,
  toolConfig,
  use,
  user,
} from './refusal.ts';

runBedrock();

const llama = 'us.meta.llama3-3-70b-instruct-v1:0';
const gptOss = 'openai.gpt-oss-120b-1:0';
const nova = 'amazon.nova-lite-v1:0';
const nova2 = 'global.amazon.nova-2-lite-v1:0';
const highEffort = { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } };
const claude55 = 'global.anthropic.claude-sonnet-5-5';
const haiku55 = 'global.anthropic.claude-haiku-5-5';
const haiku45 = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const point = { cachePoint: { type: 'default' } };
const choose = (toolChoice: object) => ({ toolConfig: { ...toolConfig, toolChoice } });
const looked = (...last: object[]) => [user(text('Look')), assistant(use('a')), user(...last)];

const refused: [name: string, change: object, message: string][] = [
  [
    'a model that only an inference profile can call',
    { modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0' },
    'with on-demand throughput isn’t supported',
  ],
  ...[{ maxTokens: 900 }, { temperature: 0 }, { topP: 0.9 }].map(
    (inferenceConfig): [string, object, string] => [
      `${Object.keys(inferenceConfig)} beside Nova’s high effort`,
      { modelId: nova2, inferenceConfig, additionalModelRequestFields: highEffort },
      'must not be set if maxReasoningEffort is high',
    ],
  ),
  [
    'signed reasoning for another than Claude',
    {
      modelId: nova,
      messages: [
        user(text('Hi')),
        assistant({ reasoningContent: { reasoningText: { text: 'Hm', signature: 'cw==' } } }, text('Hello')),
        user(text('Go on')),
      ],
    },
    "This model doesn't support the reasoningContent.reasoningText.signature field.",
  ],
  [
    'topK beside Nova’s high effort',
    { modelId: nova2, additionalModelRequestFields: { ...highEffort, inferenceConfig: { topK: 5 } } },
    'topK must not be set',
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

const closed = { type: 'object', properties: {}, additionalProperties: false };
const strictTool = {
  tools: [{ toolSpec: { name: 'look', strict: true, inputSchema: { json: closed } } }],
};

test.each([claude55, haiku55, 'us.anthropic.claude-opus-4-7', 'us.anthropic.claude-sonnet-5'])(
  '%s supports neither output schemas nor strict tools',
  async (modelId) => {
    const format = { outputConfig: outputSchema(closed) };
    await expectRefusal({ modelId, ...format }, 'output_config.format: Extra inputs are not permitted');
    await expectRefusal(
      { modelId, toolConfig: strictTool },
      'tools.0.custom.strict: Extra inputs are not permitted',
    );
    await expectAccepted({ modelId: haiku45, ...format, toolConfig: strictTool });
  },
);

test.each(['anthropic.claude-opus-5-5', 'anthropic.claude-sonnet-5-5', 'anthropic.claude-fable-5-1'])(
  '%s can neither be forced to call a tool nor kept from thinking',
  async (id) => {
    const modelId = `global.${id}`;
    const message = 'tool_choice: type "tool" and "any" are not supported for this model.';
    await expectRefusal({ modelId, ...choose({ any: {} }) }, message);
    await expectRefusal({ modelId, ...choose({ tool: { name: 'look' } }) }, message);
    const own = { tool_choice: { type: 'any' } };
    await expectRefusal({ modelId, toolConfig, additionalModelRequestFields: own }, message);
    await expectAccepted({ modelId, toolConfig });
    const off = { additionalModelRequestFields: { thinking: { type: 'disabled' } } };
    await expectRefusal({ modelId, ...off }, '"thinking.type.disabled" is not supported');
    await expectAccepted({ modelId: haiku55, ...off });
  },
);

test('Sonnet 5.5 alone can be asked to think between tools only', async () => {
  const between = { additionalModelRequestFields: { thinking: { type: 'between_tools' } } };
  await expectAccepted({ modelId: claude55, ...between, outputConfig: { effort: 'high' } });
  await expectRefusal({ modelId: claude55, ...between, outputConfig: { effort: 'xhigh' } }, 'needs thinking');
  for (const modelId of [haiku45, haiku55, 'global.anthropic.claude-opus-5-5']) {
    await expectRefusal({ modelId, ...between }, '"thinking.type.between_tools" is not supported');
  }
});

test.each([
  [haiku45, 64_000],
  ['global.anthropic.claude-sonnet-4-6', 128_000],
  [claude55, 128_000],
  [nova, 10_000],
])('%s allows %i tokens, and not one more', async (modelId, limit) => {
  await expectAccepted({ modelId, inferenceConfig: { maxTokens: limit } });
  await expectRefusal(
    { modelId, inferenceConfig: { maxTokens: limit + 1 } },
    `The maximum tokens you requested exceeds the model limit of ${limit}.`,
  );
});

test.each([
  ['global.anthropic.claude-sonnet-4-6', 'max', 'xhigh'],
  [claude55, 'xhigh', 'highest'],
])('%s accepts the effort %s, but not %s', async (modelId, taken, refusedLevel) => {
  const effort = (level: string) => ({ modelId, outputConfig: { effort: level } });
  await expectAccepted(effort(taken));
  await expectRefusal(effort(refusedLevel), `This model does not support effort level '${refusedLevel}'.`);
});

test('an effort is for Claude from 4.6 on, and high at most where thinking is off', async () => {
  await expectRefusal(
    { modelId: haiku45, outputConfig: { effort: 'low' } },
    'This model does not support the effort parameter.',
  );
  const off = { modelId: haiku55, additionalModelRequestFields: { thinking: { type: 'disabled' } } };
  await expectAccepted({ ...off, outputConfig: { effort: 'high' } });
  await expectRefusal({ ...off, outputConfig: { effort: 'max' } }, 'needs thinking, which is turned off');
});

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

test('text beside a tool result is refused for Llama and accepted for Nova', async () => {
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
  haiku45,
  'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-6',
  haiku55,
  gptOss,
])('%s accepts a forced tool, whole and streamed', async (modelId) => {
  await expectAccepted({ modelId, ...choose({ tool: { name: 'look' } }) });
});

test('nothing is refused for an application inference profile, whose model is unknown', async () => {
  const modelId = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
  await expectAccepted({
    modelId,
    messages: [user(text('a'), point)],
    additionalModelRequestFields: { x: 1 },
  });
});

describe('a prompt longer than the model’s window', () => {
  const words = (count: number) => ({ messages: [user(text('a '.repeat(count).trimEnd()))] });

  test.each([
    ['amazon.nova-micro-v1:0', 128_000, 'Input is too long for requested model.'],
    [gptOss, 131_072, 'Input is too long for requested model.'],
    [haiku45, 200_000, 'prompt is too long: 200001 tokens > 200000 maximum'],
  ])('of %s is refused, one that fits to its last token is accepted', async (modelId, window, message) => {
    await expectRefusal({ modelId, ...words(window + 1) }, message);
    const { usage } = await converse({ modelId, ...words(window) });
    expect(usage?.inputTokens).toBe(window);
  });

  test('counts its instructions and tools too', async () => {
    const system = [text('a '.repeat(100_000).trimEnd())];
    await expectRefusal({ modelId: 'amazon.nova-micro-v1:0', system, ...words(28_001) }, 'too long');
  });
});
