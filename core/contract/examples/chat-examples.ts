import type { chatRoutes } from '../chat/chat-routes.ts';
import { atSeconds, countingModel, embeddingModel, hello, keyId, model, prompt } from './example-values.ts';
import { ofFunction } from './refusal-examples.ts';
import type { RefusalExample, RouteExample } from './route-example.ts';
import { namedEvents, unnamedEvents } from './write-events.ts';

const messages = [{ role: 'user', content: prompt }];
const chatBodyLimit: RefusalExample = { message: 'The body must have at most 1048576 bytes.' };

const completionUsage = {
  prompt_tokens: 9,
  completion_tokens: 14,
  total_tokens: 23,
  prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0 },
};
const completionHead = { id: 'chatcmpl-OgO3P98JgqeGLqU', created: atSeconds, model };
const chunk = (delta: object, finish_reason: string | null) => ({
  ...completionHead,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason }],
});
const completion: RouteExample = {
  body: { model, messages, max_tokens: 200 },
  answers: {
    200: {
      ...completionHead,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: hello, refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: completionUsage,
    },
  },
  events: unnamedEvents([
    chunk({ role: 'assistant', content: '' }, null),
    chunk({ content: hello }, null),
    chunk({}, 'stop'),
    '[DONE]',
  ]),
  refusals: { payload_too_large: chatBodyLimit },
};

const messageUsage = {
  input_tokens: 9,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation: null,
  output_tokens: 14,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: null,
  inference_geo: null,
  speed: null,
};
const message = {
  id: 'msg_XECtLEW2fFO9slk',
  type: 'message',
  role: 'assistant',
  model,
  content: [{ type: 'text', text: hello, citations: null }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  stop_details: null,
  container: null,
  diagnostics: null,
  usage: messageUsage,
};
const beginning = {
  ...message,
  content: [],
  stop_reason: null,
  usage: { ...messageUsage, input_tokens: 0, output_tokens: 0 },
};

const responseId = 'resp_xE2IKrsE23TSWAc';
const item = {
  type: 'message',
  id: 'msg_xE2IKrsE23TSWAc_0',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: hello, annotations: [], logprobs: [] }],
};
const response = {
  id: responseId,
  object: 'response',
  created_at: atSeconds,
  status: 'completed',
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: 200,
  model,
  output: [item],
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  store: false,
  temperature: null,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: null,
  truncation: 'disabled',
  metadata: {},
  usage: {
    input_tokens: 9,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: 14,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 23,
  },
};
const begun = { ...response, status: 'in_progress', output: [], usage: null };
const within = { item_id: item.id, output_index: 0, content_index: 0 };

export const chatExamples: Record<keyof typeof chatRoutes, RouteExample> = {
  createChatCompletion: completion,
  createConsoleChatCompletion: {
    ...completion,
    parameters: { 'x-daypass-key-id': keyId },
    refusals: {
      ...completion.refusals,
      ...ofFunction,
      not_found: { message: 'You have no such key. GET /v1/api-keys lists yours.' },
    },
  },
  createMessage: {
    body: { model, max_tokens: 200, messages },
    answers: { 200: message },
    events: namedEvents([
      { type: 'message_start', message: beginning },
      { type: 'ping' },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: hello } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null, container: null },
        usage: messageUsage,
      },
      { type: 'message_stop' },
    ]),
    refusals: { payload_too_large: chatBodyLimit },
  },
  countMessageTokens: {
    body: { model: countingModel, messages },
    answers: { 200: { input_tokens: 9 } },
    refusals: {
      ...ofFunction,
      payload_too_large: chatBodyLimit,
      rate_limit_exceeded: {
        message:
          'This key has counted tokens 100 times this minute, which is its limit. The next minute begins at 2026-11-22T12:01:00.000Z.',
      },
    },
  },
  createResponse: {
    body: { model, input: prompt, max_output_tokens: 200 },
    answers: { 200: response },
    events: namedEvents(
      [
        { type: 'response.created', response: begun },
        { type: 'response.in_progress', response: begun },
        {
          type: 'response.output_item.added',
          output_index: 0,
          item: { ...item, status: 'in_progress', content: [] },
        },
        { type: 'response.content_part.added', ...within, part: { ...item.content[0], text: '' } },
        { type: 'response.output_text.delta', ...within, delta: hello, logprobs: [] },
        { type: 'response.output_text.done', ...within, text: hello, logprobs: [] },
        { type: 'response.content_part.done', ...within, part: item.content[0] },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response },
      ].map((event, sequence_number) => ({ ...event, sequence_number })),
    ),
    refusals: { payload_too_large: chatBodyLimit },
  },
  createEmbedding: {
    body: { model: embeddingModel, input: prompt },
    answers: {
      200: {
        object: 'list',
        data: [{ object: 'embedding', index: 0, embedding: [0.0132, -0.0471, 0.0088] }],
        model: embeddingModel,
        usage: { prompt_tokens: 9, total_tokens: 9 },
      },
    },
    refusals: { payload_too_large: chatBodyLimit },
  },
  listModels: { answers: { 200: { object: 'list', data: [modelExample()] } } },
  getModel: { parameters: { id: model }, answers: { 200: modelExample() } },
};

function modelExample() {
  return {
    id: model,
    object: 'model',
    created: 1_733_184_000,
    owned_by: 'amazon',
    kind: 'chat',
    context_window: 300_000,
    max_output_tokens: 5000,
    accepts: ['images', 'documents', 'tools', 'cache-points', 'tool-choice', 'prefill'],
    sampling: 'both',
    stop_sequences: true,
    structured_output: 'tool',
    reasoning_effort: false,
    pricing: {
      currency: 'USD',
      per_million_tokens: {
        input: 0.06,
        output: 0.24,
        cached_input: 0.015,
        cache_write: 0.06,
        cache_write_hour: 0.06,
      },
      long_context: null,
      service_tiers: { default: 1, flex: 0.5 },
    },
  };
}
