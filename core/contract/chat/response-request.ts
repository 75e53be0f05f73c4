import * as z from 'zod';
import { deferLoading, jsonObject, jsonSchema, toolName } from './every-dialect-fields.ts';
import {
  cacheBreakpoint,
  callId,
  fileFields,
  imageDetail,
  imageUrl,
  obfuscation,
  outputLimit,
  reasoningEffort,
  sharedFields,
  strictSchema,
  verbosity,
} from './openai-fields.ts';
import { echo, hint, neverTaken, onlyNeutral } from './unhonoured-fields.ts';

const inputText = z.strictObject({
  type: z.literal('input_text'),
  text: z.string().describe('The text'),
  prompt_cache_breakpoint: cacheBreakpoint,
});
const inputImage = z.strictObject({
  type: z.literal('input_image'),
  file_id: neverTaken('files are not stored; send image_url'),
  image_url: imageUrl,
  detail: imageDetail,
  prompt_cache_breakpoint: cacheBreakpoint,
});
const inputFile = z.strictObject({
  type: z.literal('input_file'),
  file_url: neverTaken('nothing is fetched from elsewhere; send file_data'),
  ...fileFields,
  detail: hint(z.enum(['auto', 'low', 'high']), 'files go to the model as they are', ['auto', 'high']),
  prompt_cache_breakpoint: cacheBreakpoint,
});
const outputText = z.strictObject({
  type: z.literal('output_text'),
  text: z.string().describe('Text of an earlier answer'),
  annotations: echo,
  logprobs: echo,
  parsed: echo,
});
const refusal = z.strictObject({
  type: z.literal('refusal'),
  refusal: z.string().describe('Taken as text of the assistant'),
});

const contentPart = z.discriminatedUnion('type', [inputText, inputImage, inputFile, outputText, refusal], {
  error: 'must be one of the part types input_text, input_image, input_file, output_text and refusal',
});
const status = echo;
const id = echo;

const message = z.strictObject({
  type: z.literal('message').nullish().describe('May be left out'),
  role: z
    .enum(['user', 'assistant', 'system', 'developer'], {
      error: "must be one of 'user', 'assistant', 'system' and 'developer'",
    })
    .describe('Who says it; `developer` means `system`'),
  content: z
    .union([z.string(), z.array(contentPart)], { error: 'must be a string or a list of parts' })
    .describe('What it says: a text, or a list of parts'),
  id,
  status,
  phase: echo,
});

const namespace = z.string().max(128).nullish().describe('The namespace that the function stands in');

const functionCall = z.strictObject({
  type: z.literal('function_call'),
  call_id: callId,
  name: toolName,
  namespace,
  arguments: z.string().describe('A JSON object, as text'),
  parsed_arguments: echo,
  id,
  status,
});
const functionCallOutput = z.strictObject({
  type: z.literal('function_call_output'),
  call_id: callId,
  output: z
    .union(
      [
        z.string(),
        z.array(
          z.discriminatedUnion('type', [inputText, inputImage, inputFile], {
            error: 'must be one of the part types input_text, input_image and input_file',
          }),
        ),
      ],
      { error: 'must be a string or a list of parts' },
    )
    .describe('What the function returned: a text, or a list of texts, images and documents'),
  name: echo,
  is_error: echo,
  id,
  status,
});
const reasoningItem = z.strictObject({
  type: z.literal('reasoning'),
  id,
  summary: echo,
  content: z
    .array(z.strictObject({ type: z.literal('reasoning_text'), text: z.string().describe('The reasoning') }))
    .nullish()
    .describe('Reasoning of an earlier answer'),
  encrypted_content: z.string().nullish().describe('Its signature, without which it is left out'),
  status,
});

/** References to our own reasoning may be left out: only Claude wants it back, and nothing else depends on it. */
const itemReference = z.strictObject({
  type: z.literal('item_reference'),
  id: z
    .string()
    .regex(
      /^rs_/,
      'is not supported: nothing is stored here. Set store: false, so that your client sends the items themselves',
    )
    .describe('Of reasoning, which is then left out; other items must be sent themselves'),
});

const item = z.discriminatedUnion(
  'type',
  [message, functionCall, functionCallOutput, reasoningItem, itemReference],
  { error: 'must be one of the item types message, function_call, function_call_output and reasoning' },
);

const functionTool = z.strictObject({
  type: z.literal('function'),
  name: toolName,
  description: z.string().nullish().describe('What the function does, for the model to read'),
  parameters: jsonSchema.nullish().describe('A JSON Schema of its input'),
  strict: strictSchema,
  defer_loading: deferLoading,
});

const namespaceTool = z.strictObject({
  type: z.literal('namespace'),
  name: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,128}$/, 'must be 1 to 128 letters, digits, underscores and hyphens')
    .describe('The namespace of its functions'),
  description: z.string().nullish().describe('What its functions have in common, for the model to read'),
  tools: z.array(functionTool).min(1, 'must hold at least one function').describe('Its functions'),
});

/** Tools that OpenAI runs. */
const hostedTool = z.looseObject({
  type: z
    .enum([
      'web_search',
      'web_search_2025_08_26',
      'web_search_preview',
      'web_search_preview_2025_03_11',
      'file_search',
      'code_interpreter',
      'image_generation',
      'computer',
      'computer_use_preview',
      'local_shell',
      'shell',
      'apply_patch',
      'mcp',
      'tool_search',
    ])
    .describe('A tool that OpenAI runs: left out beside functions if `tool_choice` is `auto`'),
});

const tool = z.discriminatedUnion('type', [functionTool, namespaceTool, hostedTool], {
  error: "must be 'function' or 'namespace': other tools can't be run here",
});

const reasoningSummary = hint(
  z.enum(['auto', 'concise', 'detailed'], "must be one of 'auto', 'concise' and 'detailed'"),
  'reasoning is shown as the model gives it',
  ['auto'],
);

const textFormat = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('text') }),
    z.strictObject({ type: z.literal('json_object') }),
    z.strictObject({
      type: z.literal('json_schema'),
      name: toolName,
      description: z.string().nullish().describe('What the answer is for, for the model to read'),
      schema: jsonSchema,
      strict: z.boolean().nullish().describe('Every schema is enforced, strict or not'),
    }),
  ],
  { error: "must be one of 'text', 'json_object' and 'json_schema'" },
);

/** The fields of OpenAI's Responses request that are accepted. All others are refused by name; nothing is stored. */
export const responseBody = z.strictObject({
  ...sharedFields,
  input: z
    .union([z.string().min(1, 'must not be empty'), z.array(item).min(1, 'must hold at least one item')], {
      error: 'must be a string or a list of items',
    })
    .describe('The question, or the whole conversation so far as a list of items'),
  instructions: z.string().nullish().describe('What the model is told before the conversation'),
  stream_options: z.strictObject(obfuscation).nullish().describe('What a stream tells besides the answer'),
  max_output_tokens: outputLimit,
  tools: z.array(tool).nullish().describe('Functions that the model may call'),
  tool_choice: z
    .union(
      [
        z.enum(['none', 'auto', 'required']),
        z.strictObject({ type: z.literal('function', "must be 'function'"), name: toolName, namespace }),
      ],
      { error: "must be 'none', 'auto', 'required' or one function: {type: 'function', name}" },
    )
    .nullish()
    .describe(
      'Whether the model may, must or must not call a function, or the one it must call; default `auto`',
    ),
  text: z
    .strictObject({
      format: textFormat.nullish().describe('Text, any JSON object, or JSON by a schema; default text'),
      verbosity,
    })
    .nullish()
    .describe('The format of the answer: text, any JSON object, or JSON by a schema; default text'),
  reasoning: z
    .strictObject({
      effort: reasoningEffort,
      summary: reasoningSummary,
      generate_summary: reasoningSummary,
    })
    .nullish()
    .describe('How the model reasons, if it can'),
  include: z
    .array(z.literal('reasoning.encrypted_content', "may only hold 'reasoning.encrypted_content'"))
    .nullish()
    .describe('Answers have `reasoning.encrypted_content` whether or not it is asked for'),
  truncation: onlyNeutral(
    z.literal('disabled'),
    'nothing is dropped from a conversation; leave truncation out, and send fewer items if they don’t fit',
  ),
  background: onlyNeutral(z.literal(false), 'nothing is stored; use stream for long answers'),
  previous_response_id: neverTaken('nothing is stored; send the whole conversation as input'),
  conversation: neverTaken('nothing is stored; send the whole conversation as input'),
  prompt: neverTaken('nothing is stored; send instructions and input'),
  max_tool_calls: hint(z.number(), 'it limits hosted tools, and there are none'),
  context_management: onlyNeutral(z.array(z.unknown()).max(0), 'the context is sent as it is'),
  prompt_cache_options: hint(jsonObject, 'set a prompt_cache_breakpoint where you want a cache point'),
  top_logprobs: onlyNeutral(z.literal(0)),
});
export type ResponseBody = z.infer<typeof responseBody>;
export type ResponseItem = Exclude<ResponseBody['input'], string>[number];
