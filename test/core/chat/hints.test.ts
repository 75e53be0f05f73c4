import fc from 'fast-check';
import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import type { Dialect } from '../../../core/chat/dialect.ts';
import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import { DaypassError } from '../../../core/errors.ts';
import { toConverse } from '../../../core/providers/bedrock/to-converse.ts';
import { anyConversation, type Conversation } from './any-conversation.ts';
import { catalog } from './shown-models.ts';
import { asChatCompletion, asMessage, asResponse } from './write-conversation.ts';

type Json = Record<string, unknown>;

const shared = {
  prompt_cache_key: fc.string(),
  prompt_cache_retention: fc.constantFrom('24h', 'in_memory'),
  client_metadata: fc.dictionary(fc.string(), fc.string()),
  store: fc.boolean(),
  stream_options: fc.record({ include_obfuscation: fc.boolean() }),
};
const chatHints = {
  ...shared,
  seed: fc.integer(),
  verbosity: fc.constantFrom('low', 'medium', 'high'),
  prediction: fc.constant({ type: 'content', content: 'x' }),
};
const messageHints = {
  context_management: fc.constantFrom(
    { edits: [] },
    { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
  ),
};
const responseHints = {
  ...shared,
  max_tool_calls: fc.nat(),
  prompt_cache_options: fc.constant({ mode: 'implicit' }),
};

/** In every member of a list that is an object. */
const inEach = (list: unknown, add: (member: Json) => Json) =>
  Array.isArray(list) ? list.map((member) => add(member)) : list;

const chatEchoes = (body: Json): Json => ({
  ...body,
  messages: inEach(body.messages, (message) => {
    if (message.role === 'tool') return { ...message, name: 'find', is_error: true };
    if (message.role !== 'assistant') return message;
    const tool_calls = inEach(message.tool_calls, (call) => ({ ...call, index: 0 }));
    return {
      ...message,
      ...(tool_calls !== undefined && { tool_calls }),
      reasoning: 'So',
      reasoning_details: [{}],
      thinking_blocks: [{ type: 'thinking' }],
      provider_specific_fields: {},
      annotations: [{}],
    };
  }),
});
const messageEchoes = (body: Json): Json => ({
  ...body,
  messages: inEach(body.messages, (message) => ({ ...message, output_config: { effort: 'low' } })),
  ...(body.tools !== undefined && { tools: inEach(body.tools, (it) => ({ ...it, defer_loading: true })) }),
  ...(body.thinking !== undefined && {
    thinking: { ...(body.thinking as Json), block_binding: { prefix_mismatch_behavior: 'drop_block' } },
  }),
});
const responseEchoes = (body: Json): Json => ({
  ...body,
  input: inEach(body.input, (item) =>
    item.type === 'function_call_output' ? { ...item, name: 'find', is_error: true } : item,
  ),
  ...(body.tools !== undefined && { tools: inEach(body.tools, (it) => ({ ...it, defer_loading: true })) }),
  text: { ...(body.text as Json | undefined), verbosity: 'low' },
  reasoning: { ...(body.reasoning as Json | undefined), summary: 'detailed' },
});

/** What Bedrock is sent, or the refusal. */
function outcome(dialect: Dialect<never>, body: Json, model: (typeof catalog.models)[number]) {
  try {
    const asked = dialect.toChatRequest(dialect.body.parse(body), catalog.chat);
    return toConverse(asked, model, catalog.chat).request;
  } catch (error) {
    if (error instanceof DaypassError) return { refused: error.message };
    throw error;
  }
}

test.each<
  [
    string,
    unknown,
    (talk: Conversation) => unknown,
    Record<string, fc.Arbitrary<unknown>>,
    (body: Json) => Json,
  ]
>([
  ['Chat Completions', openAiChat, asChatCompletion, chatHints, chatEchoes],
  ['Messages', anthropicMessages, asMessage, messageHints, messageEchoes],
  ['Responses', openAiResponses, asResponse, responseHints, responseEchoes],
])(
  'taking hints and echoes away changes nothing that Bedrock is sent: %s',
  (_name, dialect, write, hints, echoed) => {
    const cases = fc.record({
      talk: anyConversation(200_000),
      model: fc.constantFrom(...catalog.models),
      sent: fc.record(hints, { requiredKeys: [] }),
      echoes: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ talk, model, sent, echoes }) => {
        const plain = write(talk) as Json;
        const hinted = { ...(echoes ? echoed(plain) : plain), ...sent };
        const asked = dialect as Dialect<never>;
        expect(outcome(asked, hinted, model)).toEqual(outcome(asked, plain, model));
      }),
      { numRuns: 400 },
    );
  },
);
