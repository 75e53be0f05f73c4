import * as z from 'zod';

const outputItem = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('message'),
    id: z.string(),
    role: z.literal('assistant'),
    status: z.enum(['in_progress', 'completed', 'incomplete']),
    content: z.array(
      z.strictObject({
        type: z.literal('output_text'),
        text: z.string(),
        annotations: z.array(z.never()),
        logprobs: z.array(z.never()),
      }),
    ),
  }),
  z.strictObject({
    type: z.literal('function_call'),
    id: z.string(),
    call_id: z.string(),
    name: z.string(),
    namespace: z.string().optional().describe('Of a function in a namespace'),
    arguments: z.string(),
    status: z.enum(['in_progress', 'completed', 'incomplete']),
  }),
  z.strictObject({
    type: z.literal('reasoning'),
    id: z.string(),
    summary: z.array(z.never()),
    content: z.array(z.strictObject({ type: z.literal('reasoning_text'), text: z.string() })),
    encrypted_content: z.string().nullable(),
    status: z.enum(['in_progress', 'completed', 'incomplete']),
  }),
]);

export const response = z
  .strictObject({
    id: z.string(),
    object: z.literal('response'),
    created_at: z.int().describe('When the answer began, in seconds since 1970'),
    status: z.enum(['in_progress', 'completed', 'incomplete', 'failed']),
    error: z
      .strictObject({ code: z.literal('server_error'), message: z.string() })
      .nullable()
      .describe('Why an answer failed after the status 200 had been sent; else null'),
    incomplete_details: z
      .strictObject({ reason: z.enum(['max_output_tokens', 'content_filter']) })
      .nullable(),
    instructions: z.string().nullable(),
    max_output_tokens: z.int().nullable(),
    model: z.string().describe('The model that answered: the one asked for, or a fallback'),
    output: z.array(outputItem),
    parallel_tool_calls: z.boolean(),
    previous_response_id: z.null(),
    reasoning: z.strictObject({ effort: z.string().nullable(), summary: z.string().nullable() }),
    store: z.literal(false),
    temperature: z.number().nullable(),
    text: z.strictObject({ format: z.record(z.string(), z.unknown()) }),
    tool_choice: z.union([z.string(), z.record(z.string(), z.unknown())]),
    tools: z.array(z.record(z.string(), z.unknown())),
    top_p: z.number().nullable(),
    truncation: z.literal('disabled'),
    metadata: z.record(z.string(), z.string()),
    usage: z
      .strictObject({
        input_tokens: z
          .int()
          .describe('Tokens of the prompt, those read from or written to its cache included'),
        input_tokens_details: z.strictObject({
          cached_tokens: z.int().describe('Tokens read from the prompt cache'),
          cache_write_tokens: z.int().describe('Tokens written to the prompt cache'),
        }),
        output_tokens: z.int().describe('Tokens of the answer, reasoning included'),
        output_tokens_details: z.strictObject({
          reasoning_tokens: z
            .int()
            .describe('Estimated from the length of the reasoning: Bedrock reports no separate count'),
        }),
        total_tokens: z.int(),
      })
      .nullable(),
  })
  .meta({ title: 'Response' });
