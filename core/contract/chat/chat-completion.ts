import * as z from 'zod';

export const completionUsage = z
  .strictObject({
    prompt_tokens: z.int(),
    completion_tokens: z.int(),
    total_tokens: z.int(),
    prompt_tokens_details: z.strictObject({ cached_tokens: z.int(), cache_write_tokens: z.int() }),
    completion_tokens_details: z.strictObject({
      reasoning_tokens: z
        .int()
        .describe('Estimated from the length of the reasoning: Bedrock reports no separate count'),
    }),
  })
  .meta({ title: 'CompletionUsage' });

const finishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter']);
const thought = z.string().describe('The model’s reasoning, if the model shows it');

export const chatCompletion = z
  .strictObject({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int().describe('When the answer began, in seconds since 1970'),
    model: z.string().describe('The model that answered: the one asked for, or a fallback'),
    choices: z.array(
      z.strictObject({
        index: z.literal(0),
        message: z.strictObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.string().nullable(),
          reasoning_content: thought.optional(),
          tool_calls: z
            .array(
              z.strictObject({
                id: z.string(),
                type: z.literal('function'),
                function: z.strictObject({ name: z.string(), arguments: z.string() }),
              }),
            )
            .optional(),
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
        delta: z.strictObject({
          role: z.literal('assistant').optional(),
          content: z.string().optional(),
          refusal: z.string().optional(),
          reasoning_content: thought.optional(),
          tool_calls: z
            .array(
              z.strictObject({
                index: z.int(),
                id: z.string().optional(),
                type: z.literal('function').optional(),
                function: z.strictObject({ name: z.string().optional(), arguments: z.string() }),
              }),
            )
            .optional(),
        }),
        logprobs: z.null(),
        finish_reason: finishReason.nullable(),
      }),
    ),
    usage: completionUsage.nullish(),
  })
  .meta({ title: 'ChatCompletionChunk' });
