import * as z from 'zod';
import type { RouteContract } from './route-contract.ts';

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const textContent = z.union([z.string(), z.array(textPart).min(1, 'must not be empty')], {
  error: 'must be a string or a list of text parts',
});

const name = z.string().max(64).optional();
const message = z.discriminatedUnion(
  'role',
  [
    z.strictObject({ role: z.literal('system'), content: textContent, name }),
    z.strictObject({ role: z.literal('developer'), content: textContent, name }),
    z.strictObject({ role: z.literal('user'), content: textContent, name }),
    z.strictObject({
      role: z.literal('assistant'),
      content: textContent,
      name,
      refusal: z.null().optional(),
    }),
  ],
  { error: "must be one of 'system', 'developer', 'user' and 'assistant'" },
);

const maxTokens = z.int('must be a whole number').min(1, 'must be at least 1');

/** What is taken of OpenAI's Chat Completions request. Every other field is refused by name. */
export const chatCompletionBody = z.strictObject({
  model: z.string().min(1, 'must not be empty').max(200),
  messages: z.array(message).min(1, 'must hold at least one message'),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.literal(false).optional() })
    .nullish(),
  max_tokens: maxTokens.nullish(),
  max_completion_tokens: maxTokens.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  stop: z
    .union([z.string().min(1), z.array(z.string().min(1)).max(4, 'must hold at most 4 sequences')], {
      error: 'must be a non-empty string or a list of up to 4 of them',
    })
    .nullish(),
  n: z.literal(1, 'must be 1: one choice is given').nullish(),
});
export type ChatCompletionBody = z.infer<typeof chatCompletionBody>;

export const completionUsage = z
  .strictObject({
    prompt_tokens: z.int(),
    completion_tokens: z.int(),
    total_tokens: z.int(),
    prompt_tokens_details: z.strictObject({ cached_tokens: z.int() }),
  })
  .meta({ title: 'CompletionUsage' });

const finishReason = z.enum(['stop', 'length', 'content_filter']);

export const chatCompletion = z
  .strictObject({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.strictObject({
        index: z.literal(0),
        message: z.strictObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.null(),
        }),
        logprobs: z.null(),
        finish_reason: finishReason,
      }),
    ),
    usage: completionUsage,
  })
  .meta({ title: 'ChatCompletion' });

export const chatCompletionChunk = z
  .strictObject({
    id: z.string(),
    object: z.literal('chat.completion.chunk'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.strictObject({
        index: z.literal(0),
        delta: z.strictObject({ role: z.literal('assistant').optional(), content: z.string().optional() }),
        logprobs: z.null(),
        finish_reason: finishReason.nullable(),
      }),
    ),
    usage: completionUsage.nullish(),
  })
  .meta({ title: 'ChatCompletionChunk' });

export const modelAnswer = z
  .strictObject({
    id: z.string(),
    object: z.literal('model'),
    created: z.int(),
    owned_by: z.string(),
  })
  .meta({ title: 'Model' });

export const chatRoutes = {
  createChatCompletion: {
    method: 'post',
    path: '/v1/chat/completions',
    access: 'key',
    summary: 'Chat, in OpenAI’s Chat Completions shape, streamed or whole',
    body: chatCompletionBody,
    answers: {
      200: {
        description: 'The answer; with `stream` as server-sent events',
        schema: chatCompletion,
        streams: true,
      },
    },
    errors: [
      'unsupported_parameter',
      'model_refused_request',
      'invalid_api_key',
      'model_not_allowed',
      'host_not_allowed',
      'model_not_found',
      'quota_exceeded',
      'rate_limit_exceeded',
      'ceiling_reached',
      'model_failed',
      'model_overloaded',
      'model_timeout',
    ],
  },
  listModels: {
    method: 'get',
    path: '/v1/models',
    access: 'public',
    summary: 'The models on offer',
    answers: {
      200: {
        description: 'All models',
        schema: z.strictObject({ object: z.literal('list'), data: z.array(modelAnswer) }),
      },
    },
    errors: [],
  },
  getModel: {
    method: 'get',
    path: '/v1/models/{id}',
    access: 'public',
    summary: 'One model',
    pathParameters: { id: 'The model’s public name' },
    answers: { 200: { description: 'The model', schema: modelAnswer } },
    errors: ['model_not_found'],
  },
} as const satisfies Record<string, RouteContract>;
