import * as z from 'zod';
import { metadataValue, requestMetadata } from './request-metadata.ts';
import { jsonSchema, toolName } from './tools.ts';
import { leftByHelpers, neverTaken, onlyNeutral } from './unsupported.ts';

const cacheBreakpoint = z
  .strictObject({
    mode: z.literal('explicit'),
    ttl: z.literal('30m', "must be '30m': Bedrock keeps a cache for an hour at most").optional(),
  })
  .optional();

const inputText = z.strictObject({
  type: z.literal('input_text'),
  text: z.string(),
  prompt_cache_breakpoint: cacheBreakpoint,
});
const inputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.string().regex(/^data:/i, 'must be a data URL: pictures are not fetched from elsewhere'),
  detail: onlyNeutral(z.literal('auto')),
  file_id: neverTaken('files are not stored; send image_url'),
  prompt_cache_breakpoint: cacheBreakpoint,
});
const inputFile = z.strictObject({
  type: z.literal('input_file'),
  file_data: z.string().min(1, 'must not be empty').describe('Base64, or a data URL'),
  filename: z.string().max(255).optional(),
  detail: onlyNeutral(z.literal('auto')),
  file_id: neverTaken('files are not stored; send file_data'),
  file_url: neverTaken('nothing is fetched from elsewhere; send file_data'),
  prompt_cache_breakpoint: cacheBreakpoint,
});
const outputText = z.strictObject({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(z.unknown()).max(0, 'must be empty').optional(),
  logprobs: z.array(z.unknown()).max(0, 'must be empty').optional(),
  parsed: leftByHelpers,
});
const refusal = z.strictObject({ type: z.literal('refusal'), refusal: z.string() });

const contentPart = z.discriminatedUnion('type', [inputText, inputImage, inputFile, outputText, refusal], {
  error: 'must be one of the part types input_text, input_image, input_file, output_text and refusal',
});
const status = z.enum(['in_progress', 'completed', 'incomplete']).nullish();
const id = z.string().max(256).nullish();

const message = z.strictObject({
  type: z.literal('message').optional().describe('May be left out'),
  role: z.enum(['user', 'assistant', 'system', 'developer'], {
    error: "must be one of 'user', 'assistant', 'system' and 'developer'",
  }),
  content: z.union([z.string(), z.array(contentPart)], { error: 'must be a string or a list of parts' }),
  id,
  status,
  phase: z.enum(['commentary', 'final_answer']).nullish(),
});

const callId = z.string().min(1).max(256);
const functionCall = z.strictObject({
  type: z.literal('function_call'),
  call_id: callId,
  name: toolName,
  arguments: z.string().describe('JSON text'),
  parsed_arguments: leftByHelpers,
  id,
  status,
});
const functionCallOutput = z.strictObject({
  type: z.literal('function_call_output'),
  call_id: callId,
  output: z.union(
    [
      z.string(),
      z.array(
        z.discriminatedUnion('type', [inputText, inputImage, inputFile], {
          error: 'must be one of the part types input_text, input_image and input_file',
        }),
      ),
    ],
    { error: 'must be a string or a list of parts' },
  ),
  id,
  status,
});
const reasoningItem = z.strictObject({
  type: z.literal('reasoning'),
  id,
  summary: z.array(z.strictObject({ type: z.literal('summary_text'), text: z.string() })).optional(),
  content: z.array(z.strictObject({ type: z.literal('reasoning_text'), text: z.string() })).nullish(),
  encrypted_content: z.string().nullish(),
  status,
});

const item = z.discriminatedUnion('type', [message, functionCall, functionCallOutput, reasoningItem], {
  error: 'must be one of the item types message, function_call, function_call_output and reasoning',
});

const functionTool = z.strictObject({
  type: z.literal('function', "must be 'function': hosted tools are not offered"),
  name: toolName,
  description: z.string().nullish(),
  parameters: jsonSchema.nullish(),
  strict: z.boolean().nullish(),
  defer_loading: onlyNeutral(z.literal(false)),
});

const textFormat = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('text') }),
    z.strictObject({ type: z.literal('json_object') }),
    z.strictObject({
      type: z.literal('json_schema'),
      name: toolName,
      description: z.string().optional(),
      schema: jsonSchema,
      strict: z.boolean().nullish(),
    }),
  ],
  { error: "must be one of 'text', 'json_object' and 'json_schema'" },
);

/** What is taken of OpenAI's Responses request. Every other field is refused by name; nothing is stored. */
export const responseBody = z.strictObject({
  model: z.string().min(1, 'must not be empty').max(200),
  input: z.union(
    [z.string().min(1, 'must not be empty'), z.array(item).min(1, 'must hold at least one item')],
    {
      error: 'must be a string or a list of items',
    },
  ),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_obfuscation: onlyNeutral(z.literal(false)) }).nullish(),
  max_output_tokens: z.int('must be a whole number').min(1, 'must be at least 1').nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  tools: z.array(functionTool).nullish(),
  tool_choice: z
    .union(
      [z.enum(['none', 'auto', 'required']), z.strictObject({ type: z.literal('function'), name: toolName })],
      { error: "must be 'none', 'auto', 'required' or one function: {type: 'function', name}" },
    )
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z.strictObject({ format: textFormat.optional(), verbosity: neverTaken() }).nullish(),
  reasoning: z
    .strictObject({
      effort: z
        .enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'], {
          error: "must be one of 'none', 'minimal', 'low', 'medium', 'high', 'xhigh' and 'max'",
        })
        .nullish(),
      summary: onlyNeutral(z.literal('auto'), 'thought is shown as the model gives it'),
    })
    .nullish(),
  include: z
    .array(z.literal('reasoning.encrypted_content', "may only hold 'reasoning.encrypted_content'"))
    .nullish(),
  service_tier: z
    .enum(['auto', 'default', 'flex', 'priority'], {
      error: "must be one of 'auto', 'default', 'flex' and 'priority'",
    })
    .nullish(),
  metadata: requestMetadata.nullish(),
  user: metadataValue.nullish(),
  safety_identifier: metadataValue.nullish(),
  truncation: onlyNeutral(z.literal('disabled')),
  store: onlyNeutral(z.literal(false), 'nothing is stored; leave it out or say false'),
  background: onlyNeutral(z.literal(false)),
  previous_response_id: neverTaken('nothing is stored; send the whole conversation as input'),
  conversation: neverTaken('nothing is stored; send the whole conversation as input'),
  prompt: neverTaken('nothing is stored; send instructions and input'),
  max_tool_calls: neverTaken(),
  moderation: neverTaken(),
  context_management: neverTaken(),
  prompt_cache_key: neverTaken('Bedrock caches by prompt_cache_breakpoint alone'),
  prompt_cache_retention: neverTaken('say it as ttl of prompt_cache_breakpoint'),
  prompt_cache_options: neverTaken('say prompt_cache_breakpoint where a cache point shall stand'),
  top_logprobs: onlyNeutral(z.literal(0)),
});
export type ResponseBody = z.infer<typeof responseBody>;
export type ResponseItem = Exclude<ResponseBody['input'], string>[number];
