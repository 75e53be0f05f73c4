import type { ChatRequest } from '../../../../core/chat/chat.ts';
import { toConverse } from '../../../../core/providers/bedrock/to-converse.ts';
import { fieldNames, someLimits, someModel } from '../../chat/model-fixture.ts';

const request: ChatRequest = {
  model: 'nova-lite',
  system: [],
  turns: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  stopSequences: [],
  fieldNames,
};
const claude = { family: 'claude', structuredOutput: 'native', reasoning: 'budget' } as const;
const tool = { name: 'find', schema: { type: 'object' }, strict: false };
const auto = { tools: [tool], choice: { type: 'auto' }, single: false } as const;
const called: ChatRequest['turns'] = [
  ...request.turns,
  { role: 'assistant', parts: [{ type: 'tool-call', id: 'c1', name: 'find', input: {} }] },
  { role: 'user', parts: [{ type: 'tool-result', id: 'c1', failed: false, parts: [] }] },
];
const sent = (
  fields: Partial<ChatRequest>,
  model: Parameters<typeof someModel>[0] = {},
  settings: Partial<typeof someLimits> = {},
) => toConverse({ ...request, ...fields }, someModel(model), { ...someLimits, ...settings }).request;

test('an unset output limit is sent as the default, never left to reserve the model’s maximum', () => {
  expect(sent({}).inferenceConfig).toEqual({ maxTokens: 4096 });
  expect(sent({}, { maxOutputTokens: 100 }).inferenceConfig.maxTokens).toBe(100);
});

test('every parameter that was given is sent', () => {
  const full: Partial<ChatRequest> = {
    system: [{ type: 'text', text: 'Be brief.' }, { type: 'cache-point' }],
    maxOutputTokens: 9,
    temperature: 0,
    topP: 0.5,
    stopSequences: ['END'],
    serviceTier: 'flex',
    metadata: { team: 'blue' },
  };
  expect(sent(full)).toEqual({
    modelId: 'amazon.nova-lite-v1:0',
    system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
    messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
    inferenceConfig: { maxTokens: 9, temperature: 0, topP: 0.5, stopSequences: ['END'] },
    serviceTier: { type: 'flex' },
    requestMetadata: { team: 'blue' },
  });
});

test('the deployment’s guardrail and service tier go with every call', () => {
  const guardrail = { id: 'abc', version: '1', streamMode: 'sync' as const };
  expect(sent({}, {}, { guardrail, serviceTier: 'priority' })).toMatchObject({
    guardrailConfig: { guardrailIdentifier: 'abc', guardrailVersion: '1', streamProcessingMode: 'sync' },
    serviceTier: { type: 'priority' },
  });
});

test('cache points are left out for models without a prompt cache', () => {
  const cached = { system: [{ type: 'text', text: 'x' }, { type: 'cache-point' }] } as const;
  expect(sent(cached, { accepts: [] }).system).toEqual([{ text: 'x' }]);
});

test('documents get unique names that Bedrock accepts', () => {
  const document = {
    type: 'document',
    format: 'pdf',
    name: 'Q3 – “größe”.pdf',
    bytes: new Uint8Array(1),
  } as const;
  const [message] = sent({ turns: [{ role: 'user', parts: [document, document] }] }).messages;
  expect(message?.content).toMatchObject([
    { document: { name: 'Q3 gr e' } },
    { document: { name: 'Q3 gr e 2' } },
  ]);
});

describe('tools', () => {
  test('are offered with the tool choice', () => {
    expect(sent({ tools: auto }).toolConfig).toEqual({
      tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }],
    });
    expect(sent({ tools: { ...auto, choice: { type: 'any' } } }).toolConfig?.toolChoice).toEqual({ any: {} });
    const named = { ...auto, choice: { type: 'tool', name: 'find' } } as const;
    expect(sent({ tools: named }).toolConfig?.toolChoice).toEqual({ tool: { name: 'find' } });
  });

  test('that must not be called are offered only if earlier turns hold calls', () => {
    const none = { ...auto, choice: { type: 'none' } } as const;
    expect(sent({ tools: none })).not.toHaveProperty('toolConfig');
    const later = sent({ tools: none, turns: called }, claude);
    expect(later.toolConfig?.tools).toHaveLength(1);
    expect(later.additionalModelRequestFields).toEqual({ tool_choice: { type: 'none' } });
  });

  test('one call at a time is asked of Claude in its own field, which then holds the choice alone', () => {
    const single = { ...auto, choice: { type: 'any' }, single: true } as const;
    const claudes = sent({ tools: single }, claude);
    expect(claudes.toolConfig).not.toHaveProperty('toolChoice');
    expect(claudes.additionalModelRequestFields).toEqual({
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
    });
  });

  test('that only earlier turns call are offered by name, and may not be called', () => {
    const { request: claudes, calls } = toConverse(
      { ...request, turns: called },
      someModel(claude),
      someLimits,
    );
    const offered = [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }];
    expect(claudes.toolConfig).toEqual({ tools: offered });
    expect(claudes.additionalModelRequestFields).toEqual({ tool_choice: { type: 'none' } });
    expect(calls).toBe('any');
    const novas = toConverse({ ...request, turns: called }, someModel(), someLimits);
    expect(novas).toMatchObject({ calls: 'none', request: { toolConfig: { tools: offered } } });
    expect(novas.request.system).toEqual([
      { text: expect.stringContaining('Call none of them in this answer') },
    ]);
  });

  test('are called once an answer where the model can’t be told so, by ending the answer', () => {
    const single = { ...auto, single: true } as const;
    expect(toConverse({ ...request, tools: single }, someModel(), someLimits).calls).toBe('one');
    expect(toConverse({ ...request, tools: single }, someModel(claude), someLimits).calls).toBe('any');
  });

  test('a result keeps the id of its call and says whether it failed', () => {
    expect(sent({ tools: auto, turns: called }).messages.at(-1)?.content).toEqual([
      { toolResult: { toolUseId: 'c1', content: [], status: 'success' } },
    ]);
  });
});

describe('JSON', () => {
  const schema = { type: 'object', properties: { a: { type: 'number' } } };
  const format = { type: 'json-schema', name: 'shape', schema } as const;

  test('is requested in the model’s own way where it supports schemas', () => {
    const { outputConfig, toolConfig } = sent({ format }, claude);
    expect(outputConfig?.textFormat?.structure.jsonSchema).toEqual({
      schema: JSON.stringify({ ...schema, additionalProperties: false }),
      name: 'shape',
    });
    expect(toolConfig).toBeUndefined();
  });

  test('loses the schema limits that Claude doesn’t know, which are checked in the answer instead', () => {
    const limited = {
      type: 'object',
      properties: { a: { type: 'array', minItems: 1, items: { type: 'integer', minimum: 3 } } },
    };
    const call = toConverse(
      { ...request, format: { ...format, schema: limited } },
      someModel(claude),
      someLimits,
    );
    const told = JSON.parse(call.request.outputConfig?.textFormat?.structure.jsonSchema.schema ?? '');
    expect(told).toEqual({
      type: 'object',
      properties: { a: { type: 'array', minItems: 1, items: { type: 'integer' } } },
      additionalProperties: false,
    });
    expect(call.promised.format).toMatchObject({ schema: limited });
  });

  test('with open objects is requested from Claude as the input of a tool', () => {
    const open = { ...format, schema: { type: 'object', additionalProperties: { type: 'string' } } };
    expect(sent({ format: open }, claude).toolConfig?.toolChoice).toEqual({ tool: { name: 'json_answer' } });
  });

  test.each([
    [format, { structuredOutput: 'tool' }, schema],
    [{ type: 'json' }, claude, { type: 'object' }],
  ] as const)('is asked as a tool’s input otherwise: %j of %j', (wish, model, input) => {
    const call = toConverse({ ...request, format: wish }, someModel(model), someLimits);
    expect(call.request.toolConfig).toMatchObject({
      tools: [{ toolSpec: { name: 'json_answer', inputSchema: { json: input } } }],
      toolChoice: { tool: { name: 'json_answer' } },
    });
    expect(call).toMatchObject({ answerTool: 'json_answer', promised: { format: wish } });
  });

  const listed = { ...format, schema: { type: 'array' } } as const;
  test.each([
    ['beside the caller’s own tools', { format: { type: 'json' }, tools: auto }, claude],
    ['beside Claude’s reasoning', { format: { type: 'json' }, reasoning: { type: 'adaptive' } }, claude],
    ['for a schema of another type than object', { format: listed }, {}],
    ['of a model that can’t be made to call a tool', { format }, { accepts: ['tools'] }],
    ['of a model that only follows a prompt', { format }, { structuredOutput: 'prompt' }],
  ] as const)('is asked for in the prompt %s, and checked in the answer', (_when, fields, model) => {
    const call = toConverse({ ...request, ...fields }, someModel(model), someLimits);
    const told = call.request.system?.at(-1);
    const wanted = fields.format.type === 'json' ? { type: 'object' } : fields.format.schema;
    expect(told).toMatchObject({
      text: expect.stringContaining(`<json_schema>${JSON.stringify(wanted)}</json_schema>`),
    });
    expect(call).toMatchObject({
      answerTool: undefined,
      mayBeFenced: true,
      promised: { format: fields.format },
    });
  });
});

describe('reasoning', () => {
  test.each([
    [{ type: 'budget', tokens: 2000 }, claude, { thinking: { type: 'enabled', budget_tokens: 2000 } }],
    [{ type: 'off' }, claude, { thinking: { type: 'disabled' } }],
    [{ type: 'off' }, { ...claude, reasoning: 'between-tools' }, { thinking: { type: 'between_tools' } }],
    [
      { type: 'between-tools' },
      { ...claude, reasoning: 'between-tools' },
      { thinking: { type: 'between_tools' } },
    ],
    [
      { type: 'effort', effort: 'high' },
      { ...claude, reasoning: 'adaptive' },
      { thinking: { type: 'adaptive', display: 'summarized' } },
    ],
    [
      { type: 'effort', effort: 'high' },
      { ...claude, reasoning: 'both' },
      { thinking: { type: 'adaptive' } },
    ],
    [
      { type: 'effort', effort: 'minimal' },
      { reasoning: 'effort' },
      { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } },
    ],
    [
      { type: 'effort', effort: 'max' },
      { reasoning: 'effort', family: 'gpt-oss' },
      { reasoning_effort: 'high' },
    ],
  ] as const)('%j of %j is told as %j', (reasoning, model, fields) => {
    expect(sent({ reasoning }, model).additionalModelRequestFields).toEqual(fields);
  });

  test.each([
    [{ type: 'effort', effort: 'max' }, 'adaptive', 'max'],
    [{ type: 'effort', effort: 'xhigh' }, 'adaptive', 'xhigh'],
    [{ type: 'effort', effort: 'xhigh' }, 'both', 'high'],
    [{ type: 'effort', effort: 'minimal' }, 'both', 'low'],
    [{ type: 'budget', tokens: 2000, effort: 'max' }, 'both', 'max'],
    [{ type: 'off', effort: 'high' }, 'adaptive', 'high'],
  ] as const)('%j for a model with %s reasoning is sent with the effort %s', (reasoning, kind, effort) => {
    expect(sent({ reasoning }, { ...claude, reasoning: kind }).outputConfig).toEqual({ effort });
  });

  test('an effort sent as a token budget is added to the default output limit', () => {
    const wish = { reasoning: { type: 'effort', effort: 'high' } } as const;
    const thinks = { ...claude, maxOutputTokens: 64_000 };
    expect(sent(wish, thinks)).toMatchObject({
      inferenceConfig: { maxTokens: 4096 + 16_384 },
      additionalModelRequestFields: { thinking: { budget_tokens: 16_384 } },
    });
    expect(sent({ ...wish, maxOutputTokens: 3000 }, thinks)).toMatchObject({
      inferenceConfig: { maxTokens: 3000 },
      additionalModelRequestFields: { thinking: { budget_tokens: 1976 } },
    });
  });
});

test.each([
  ['temperature', { temperature: 1.5 }, {}],
  ['temperature', { temperature: 0 }, { sampling: 'none' }],
  ['top_p', { topP: 0.5 }, { sampling: 'none' }],
  ['top_p', { topP: 0.5, temperature: 0 }, { sampling: 'one' }],
  ['top_k', { topK: 5 }, { family: 'gpt-oss' }],
  ['top_k', { topK: 5 }, { family: 'claude', sampling: 'none' }],
  ['stop', { stopSequences: ['x'] }, { takesStopSequences: false }],
  ['tools', { tools: auto }, { accepts: [] }],
  ['messages', { turns: called }, { accepts: [] }],
  ['tool_choice', { tools: { ...auto, choice: { type: 'tool', name: 'other' } } }, {}],
  ['tool_choice', { tools: { ...auto, choice: { type: 'any' } } }, { accepts: ['tools'] }],
  ['response_format', { format: { type: 'json' } }, { structuredOutput: 'none' }],
  [
    'response_format',
    {
      format: { type: 'json' },
      turns: [...request.turns, { role: 'assistant', parts: [{ type: 'text', text: '{' }] }],
    },
    { accepts: ['prefill', 'tools', 'tool-choice'] },
  ],
  ['reasoning_effort', { reasoning: { type: 'off', effort: 'max' } }, { ...claude, reasoning: 'adaptive' }],
  ['reasoning_effort', { reasoning: { type: 'off', effort: 'low' } }, {}],
  [
    'reasoning_effort',
    { reasoning: { type: 'off' }, tools: auto },
    { ...claude, reasoning: 'between-tools' },
  ],
  ['reasoning_effort', { reasoning: { type: 'between-tools' } }, { ...claude, reasoning: 'adaptive' }],
  ['reasoning_effort', { reasoning: { type: 'budget', tokens: 2000, effort: 'low' } }, claude],
  ['reasoning_effort', { reasoning: { type: 'effort', effort: 'low' } }, {}],
  ['reasoning_effort', { reasoning: { type: 'budget', tokens: 100 } }, claude],
  ['reasoning_effort', { reasoning: { type: 'budget', tokens: 2000 }, maxOutputTokens: 2000 }, claude],
  ['reasoning_effort', { reasoning: { type: 'budget', tokens: 2000 } }, { ...claude, reasoning: 'adaptive' }],
  ['reasoning_effort', { reasoning: { type: 'off' } }, { family: 'gpt-oss', reasoning: 'effort' }],
  ['temperature', { reasoning: { type: 'effort', effort: 'low' }, temperature: 0 }, claude],
  [
    'tool_choice',
    { reasoning: { type: 'effort', effort: 'low' }, tools: { ...auto, choice: { type: 'any' } } },
    claude,
  ],
  [
    'messages',
    { turns: [{ role: 'user', parts: [{ type: 'image', format: 'png', bytes: new Uint8Array(1) }] }] },
    { accepts: [] },
  ],
] as const)('%s that the model can’t honour is refused by name: %j of %j', (param, fields, model) => {
  expect(() => sent(fields, model)).toThrow(expect.objectContaining({ status: 400, param }));
});

describe('a service tier', () => {
  const tiers = { default: 1, flex: 0.5 };

  test.each(['priority', 'reserved'] as const)('an unsupported %s is refused by name', (serviceTier) => {
    expect(() => sent({ serviceTier }, {}, { serviceTiers: tiers })).toThrow(
      expect.objectContaining({
        code: 'unsupported_parameter',
        param: 'service_tier',
        message: `The service tier '${serviceTier}' is not on offer here. Leave service_tier out, or ask for one of 'default', 'flex'.`,
      }),
    );
  });

  test('that the model offers is sent', () => {
    expect(sent({ serviceTier: 'flex' }, {}, { serviceTiers: tiers }).serviceTier).toEqual({ type: 'flex' });
    expect(
      sent({ serviceTier: 'reserved' }, {}, { serviceTiers: { reserved: 0 }, serviceTier: 'reserved' }),
    ).toMatchObject({
      serviceTier: { type: 'reserved' },
    });
  });

  test('at the usual price need not be configured', () => {
    const settings = { serviceTiers: { flex: 0.5 }, serviceTier: 'flex' } as const;
    expect(sent({}, {}, settings).serviceTier).toEqual({ type: 'flex' });
    expect(() => sent({ serviceTier: 'default' }, {}, settings)).toThrow("'default' is not on offer");
  });
});
