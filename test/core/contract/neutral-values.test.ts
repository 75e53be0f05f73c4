import { chatCompletionBody } from '../../../core/contract/chat/chat-completion-request.ts';
import { embeddingBody } from '../../../core/contract/chat/embeddings.ts';
import { messageBody } from '../../../core/contract/chat/message-request.ts';
import { responseBody } from '../../../core/contract/chat/response-request.ts';
import { validate } from '../../../lambda/http/validate.ts';

const chat = { model: 'nova-lite', messages: [{ role: 'user', content: 'Hi' }] };
const response = { model: 'nova-lite', input: 'Hi' };
const picture = 'data:image/png;base64,AA==';
const asked = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const input = (...content: object[]) => ({ input: [{ role: 'user', content }] });

test.each([
  { verbosity: 'medium' },
  { logit_bias: {} },
  { top_logprobs: 0 },
  { logprobs: false },
  { n: 1, seed: null, store: false, modalities: ['text'] },
  asked({ type: 'image_url', image_url: { url: picture, detail: 'high' } }),
  asked(),
  {
    messages: [
      { role: 'assistant', content: [] },
      { role: 'tool', tool_call_id: 'c', content: [] },
    ],
  },
])('Chat Completions accepts a field that asks for nothing: %j', (fields) => {
  expect(chatCompletionBody.safeParse({ ...chat, ...fields }).error).toBeUndefined();
});

test.each([
  { text: { verbosity: 'medium' } },
  { truncation: 'disabled', background: false, top_logprobs: 0 },
  input({ type: 'input_image', image_url: picture, detail: 'original' }),
  input(),
])('Responses accepts a field that asks for nothing: %j', (fields) => {
  expect(responseBody.safeParse({ ...response, ...fields }).error).toBeUndefined();
});

test.each([
  ['messages.0.content.0.file.file_id', chatCompletionBody, asked({ type: 'file', file: { file_id: 'f' } })],
  [
    'messages.0.content.0.type',
    chatCompletionBody,
    { messages: [{ role: 'tool', tool_call_id: 'c', content: [{ type: 'image_url' }] }] },
  ],
  ['logit_bias', chatCompletionBody, { ...chat, logit_bias: { 50: 1 } }],
  ['input.0.content.0.file_id', responseBody, input({ type: 'input_file', file_id: 'f' })],
  ['input.0.content.0.file_id', responseBody, input({ type: 'input_image', file_id: 'f' })],
  ['input.0.content.0.file_url', responseBody, input({ type: 'input_file', file_url: 'https://x.test' })],
])('the refusal names %s rather than the field that is missing because of it', (param, schema, fields) => {
  const body = { model: 'nova-lite', ...fields };
  expect(() => validate<unknown>(schema, body, 'body')).toThrow(expect.objectContaining({ param }));
});

test.each([[[1, 'two']], [['one', 2]], [[[1, 2], 'two']], [[1.5]], [[-1]], [[[]]], [[]]])(
  'what is neither a text nor its tokens is not embedded: %j',
  (input) => {
    expect(() => validate<unknown>(embeddingBody, { model: 'titan', input }, 'body')).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: expect.stringMatching(/^input/) }),
    );
  },
);

const bash = { type: 'bash_20250124', name: 'bash' };
test.each([
  ['truncation', responseBody, { ...response, truncation: 'auto' }, 'leave truncation out'],
  ['tools.0.type', messageBody, { ...chat, max_tokens: 9, tools: [bash] }, "Describe it as 'custom'"],
])('what can’t be honoured is refused with the way out: %s', (param, schema, body, wayOut) => {
  expect(() => validate<unknown>(schema, body, 'body')).toThrow(
    expect.objectContaining({
      code: 'unsupported_parameter',
      param,
      message: expect.stringContaining(wayOut),
    }),
  );
});
