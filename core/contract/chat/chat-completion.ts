import * as z from 'zod';

export const completionUsage = z
  .strictObject({
    prompt_tokens: z.int().describe('Tokens of the prompt, those read from or written to its cache included'),
    completion_tokens: z.int().describe('Tokens of the answer, reasoning included'),
    total_tokens: z.int(),
    prompt_tokens_details: z.strictObject({
      cached_tokens: z.int().describe('Tokens read from the prompt cache'),
      cache_write_tokens: z.int().describe('Tokens written to the prompt cache'),
    }),
    completion_tokens_details: z.strictObject({
      reasoning_tokens: z
        .int()
        .describe('Estimated from the length of the reasoning: Bedrock reports no separate count'),
    }),
  })
  .meta({ title: 'CompletionUsage' });

const finishReason = z
  .enum(['stop', 'length', 'tool_calls', 'content_filter'])
  .describe(
    'Why the answer ended. `length`: at its token limit, in a full context, or for a reason unknown to this version; `content_filter`: also by a guardrail',
  );
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
        finish_reason: finishReason.nullable(),
      }),
    ),
    usage: completionUsage.optional(),
  })
  .meta({ title: 'ChatCompletionChunk' });
