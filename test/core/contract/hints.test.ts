import type * as z from 'zod';
import { chatCompletionBody } from '../../../core/contract/chat/chat-completion-request.ts';
import { embeddingBody } from '../../../core/contract/chat/embeddings.ts';
import { countTokensBody, messageBody } from '../../../core/contract/chat/message-request.ts';
import { responseBody } from '../../../core/contract/chat/response-request.ts';
import { exposedHeaders } from '../../../core/contract/cors-headers.ts';
import { ignoredFields, ignoredHeaders } from '../../../core/contract/ignored-fields.ts';
import { fieldsOf, fieldsOfClass } from '../../request-fields.ts';

test('pages of any origin may read which fields had no effect', () => {
  const [header = ''] = Object.keys(ignoredHeaders(['seed']));
  expect(exposedHeaders).toContain(header);
});

const url = 'data:image/png;base64,AA==';
const keepAll = { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] };
const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
const asked = { role: 'user', content: 'Hi' };
const chat = { model: 'm', messages: [asked] };
const message = { model: 'm', max_tokens: 9, messages: [asked] };
const response = { model: 'm', input: 'Hi' };
const tool = { name: 'f', input_schema: {} };

/** A request that sends every hint with a value that asks for something. */
const requests: Record<string, [schema: z.ZodType, body: object]> = {
  'Chat Completions': [
    chatCompletionBody,
    {
      ...chat,
      messages: [
        { role: 'user', content: [{ type: 'image_url', image_url: { url, detail: 'low' } }] },
        { role: 'user', content: [{ type: 'image_url', image_url: { url, detail: 'low' } }] },
      ],
      stream_options: { include_obfuscation: true },
      client_metadata: { a: { b: 1 } },
      store: true,
      prompt_cache_key: 'k',
      prompt_cache_retention: '24h',
      seed: 7,
      prediction: { type: 'content', content: 'x' },
      verbosity: 'low',
    },
  ],
  Messages: [
    messageBody,
    {
      ...message,
      messages: [{ ...asked, output_config: { effort: 'low' } }],
      tools: [{ ...tool, defer_loading: true }],
      thinking: { type: 'adaptive', block_binding: { prefix_mismatch_behavior: 'drop_block' } },
      context_management: keepAll,
    },
  ],
  Responses: [
    responseBody,
    {
      ...response,
      input: [
        { role: 'user', content: [{ type: 'input_image', image_url: url, detail: 'low' }] },
        {
          type: 'function_call_output',
          call_id: 'c',
          output: [{ type: 'input_image', image_url: url, detail: 'low' }],
        },
      ],
      stream_options: { include_obfuscation: true },
      tools: [
        { type: 'function', name: 'f', defer_loading: true },
        { type: 'namespace', name: 'n', tools: [{ type: 'function', name: 'f', defer_loading: true }] },
      ],
      text: { verbosity: 'high' },
      reasoning: { summary: 'detailed', generate_summary: 'concise' },
      client_metadata: { turn: '1' },
      store: true,
      prompt_cache_key: 'k',
      prompt_cache_retention: 'in_memory',
      prompt_cache_options: { mode: 'implicit' },
      max_tool_calls: 3,
    },
  ],
  Embeddings: [embeddingBody, { model: 'm', input: 'Hi', user: 'José' }],
};
const cases = Object.entries(requests).map(([route, [schema, body]]) => [route, schema, body] as const);

test.each(cases)('every hint of %s is taken and named', (_route, schema, body) => {
  const hints = fieldsOfClass(schema, 'hint').filter((field) => !field.startsWith('context_management.'));
  expect(ignoredFields(body, schema.parse(body)).toSorted()).toEqual(hints);
});

test.each(cases)('what is parsed of %s is the same without its hints', (_route, schema, body) => {
  const without = JSON.parse(JSON.stringify(schema.parse(body)));
  const hints = ignoredFields(body, schema.parse(body));
  expect(fieldsSent(without)).toEqual(fieldsSent(body).filter((field) => !isWithin(field, hints)));
});

const isWithin = (field: string, others: string[]) =>
  others.some((other) => field === other || field.startsWith(`${other}.`) || field.startsWith(`${other}[`));

function fieldsSent(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, one]) => {
    const field = Array.isArray(value) ? `${path}[]` : path === '' ? name : `${path}.${name}`;
    return [...(Array.isArray(value) ? [] : [field]), ...fieldsSent(one, field)];
  });
  return [...new Set(inner)].toSorted();
}

test.each<[string, z.ZodType, object]>([
  ['the usual verbosity', chatCompletionBody, { ...chat, verbosity: 'medium' }],
  ['nothing stored', chatCompletionBody, { ...chat, store: false }],
  ['no padding', chatCompletionBody, { ...chat, stream_options: { include_obfuscation: false } }],
  ['reasoning as it comes', responseBody, { ...response, reasoning: { summary: 'auto' } }],
  ['tools at once', messageBody, { ...message, tools: [{ ...tool, defer_loading: false }] }],
  ['null', chatCompletionBody, { ...chat, seed: null, prompt_cache_key: null, store: null }],
  ['no edits', messageBody, { ...message, context_management: null }],
])('a hint that asks for what happens anyway is not named: %s', (_name, schema, body) => {
  expect(ignoredFields(body, schema.parse(body))).toEqual([]);
});

test.each<[string, z.ZodType, object]>([
  ['seed', chatCompletionBody, { ...chat, seed: 'x' }],
  ['verbosity', chatCompletionBody, { ...chat, verbosity: 'loud' }],
  ['reasoning', responseBody, { ...response, reasoning: { summary: 'poem' } }],
  [
    'edits',
    messageBody,
    { ...message, context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } },
  ],
  [
    'fewer thoughts',
    messageBody,
    {
      ...message,
      context_management: {
        edits: [{ type: 'clear_thinking_20251015', keep: { type: 'thinking_turns', value: 1 } }],
      },
    },
  ],
])('a value that is no hint is refused: %s', (_name, schema, body) => {
  expect(schema.safeParse(body).success).toBe(false);
});

test('what other servers add to answers is taken back', () => {
  const extras = {
    reasoning: 'So',
    reasoning_content: 'So',
    reasoning_details: [{ type: 'reasoning.text', text: 'So' }],
    thinking_blocks: [{ type: 'thinking', thinking: 'So', signature: 's' }],
    provider_specific_fields: { refusal: null },
    annotations: [{ type: 'url_citation', url_citation: {} }],
    parsed: { a: 1 },
  };
  const tool_calls = [
    {
      ...call,
      index: 0,
      provider_specific_fields: {},
      function: { ...call.function, parsed_arguments: {}, provider_specific_fields: null },
    },
  ];
  const messages = [
    asked,
    { role: 'assistant', content: null, tool_calls, ...extras },
    {
      role: 'tool',
      tool_call_id: 'c',
      content: '21',
      name: 'f',
      is_error: false,
      provider_specific_fields: null,
    },
  ];
  const parsed = chatCompletionBody.parse({ ...chat, messages });
  expect(ignoredFields({ ...chat, messages }, parsed)).toEqual([]);
  const output = { type: 'function_call_output', call_id: 'c', output: '21', name: 'f', is_error: true };
  const said = { type: 'output_text', text: 'Hi', annotations: [{ type: 'url_citation' }], logprobs: [{}] };
  const input = [
    { type: 'message', id: 'x'.repeat(300), status: 'odd', role: 'assistant', content: [said] },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'So' }], status: null },
    output,
  ];
  expect(responseBody.safeParse({ ...response, input }).error).toBeUndefined();
});

describe.each<[string, z.ZodType, object]>([
  ['Chat Completions', chatCompletionBody, chat],
  ['Messages', messageBody, message],
  ['counting', countTokensBody, { model: 'm', messages: [asked] }],
  ['Responses', responseBody, response],
  ['Embeddings', embeddingBody, { model: 'm', input: 'Hi' }],
])('of %s', (_route, schema, body) => {
  const optional = fieldsOf(schema).filter((field) => !/[.[]/.test(field) && !Object.hasOwn(body, field));

  test.each(optional)('%s may be null', (field) => {
    expect(schema.safeParse({ ...body, [field]: null }).error).toBeUndefined();
  });
});

test.each<[string, z.ZodType, object]>([
  ['a speaker', chatCompletionBody, { ...chat, messages: [{ ...asked, name: null }] }],
  [
    'a function',
    chatCompletionBody,
    {
      ...chat,
      tools: [
        { type: 'function', function: { name: 'f', description: null, parameters: null, strict: null } },
      ],
    },
  ],
  ['usage', chatCompletionBody, { ...chat, stream_options: { include_usage: null } }],
  [
    'a format',
    chatCompletionBody,
    {
      ...chat,
      response_format: { type: 'json_schema', json_schema: { name: 'x', description: null, schema: {} } },
    },
  ],
  ['cache options', chatCompletionBody, { ...chat, prompt_cache_options: { mode: null, ttl: null } }],
  ['a text format', responseBody, { ...response, text: { format: null, verbosity: null } }],
  ['an item', responseBody, { ...response, input: [{ type: null, role: 'user', content: 'Hi', id: null }] }],
  ['a tool', messageBody, { ...message, tools: [{ ...tool, type: null, description: null, strict: null }] }],
  [
    'a choice',
    messageBody,
    { ...message, tools: [tool], tool_choice: { type: 'auto', disable_parallel_tool_use: null } },
  ],
  [
    'a result',
    messageBody,
    {
      ...message,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'c', content: null, is_error: null, cache_control: null },
          ],
        },
      ],
    },
  ],
  ['a user', messageBody, { ...message, metadata: { user_id: null } }],
])('an optional field deeper down may be null: %s', (_name, schema, body) => {
  expect(schema.safeParse(body).error).toBeUndefined();
});
