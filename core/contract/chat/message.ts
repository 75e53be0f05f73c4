import * as z from 'zod';
import { errorDocsField } from '../route-contract.ts';

const usage = z
  .strictObject({
    input_tokens: z.int().describe('Tokens of the prompt, without those read from or written to its cache'),
    cache_creation_input_tokens: z.int().describe('Tokens written to the prompt cache'),
    cache_read_input_tokens: z.int().describe('Tokens read from the prompt cache'),
    cache_creation: z.null(),
    output_tokens: z.int().describe('Tokens of the answer, reasoning included'),
    output_tokens_details: z.null(),
    server_tool_use: z.null(),
    service_tier: z.null(),
    inference_geo: z.null(),
    speed: z.null(),
  })
  .meta({ title: 'MessageUsage' });

const contentBlock = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string(), citations: z.null() }),
  z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() }),
  z.strictObject({
    type: z.literal('tool_use'),
    id: z.string(),
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
    caller: z.strictObject({ type: z.literal('direct') }),
  }),
]);

export const message = z
  .strictObject({
    id: z.string(),
    type: z.literal('message'),
    role: z.literal('assistant'),
    model: z.string().describe('The model that answered: the one asked for, or a fallback'),
    content: z.array(contentBlock),
    stop_reason: z
      .enum([
        'end_turn',
        'max_tokens',
        'stop_sequence',
        'tool_use',
        'refusal',
        'model_context_window_exceeded',
      ])
      .nullable()
      .describe(
        'Why the answer ended. `max_tokens`: at its token limit, or for a reason unknown to this version; `refusal`: also by a filter or a guardrail',
      ),
    stop_sequence: z.string().nullable(),
    stop_details: z
      .strictObject({ type: z.literal('refusal'), category: z.null(), explanation: z.null() })
      .nullable(),
    container: z.null(),
    diagnostics: z.null(),
    usage,
  })
  .meta({ title: 'Message' });

export const tokensCount = z
  .strictObject({ input_tokens: z.int().describe('The tokens of the whole request') })
  .meta({ title: 'MessageTokensCount' });

/** The shape of refusals on Anthropic's routes. */
export const messageError = z
  .strictObject({
    type: z.literal('error'),
    error: z.strictObject({
      type: z.string().describe('The family of the error, by Anthropic’s names'),
      message: z.string().describe('What went wrong and what to do next, for people to read'),
      docs: errorDocsField,
      details: z
        .strictObject({ error_code: z.string(), unsupported: z.array(z.string()) })
        .optional()
        .describe('Tells Anthropic’s SDK to go on without a thread'),
    }),
    request_id: z.string().describe('The request’s id; quote it when you ask for help'),
  })
  .meta({ title: 'MessageError' });
