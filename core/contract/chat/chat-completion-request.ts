import * as z from 'zod';
import { cacheControl, emptyObject, jsonObject, jsonSchema, toolName } from './every-dialect-fields.ts';
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

/** Both set a cache point. OpenAI's name is of parts alone, Anthropic's stands wherever its clients put it. */
const cached = { prompt_cache_breakpoint: cacheBreakpoint, cache_control: cacheControl };

const textPart = z.strictObject({
  type: z.literal('text'),
  text: z.string().describe('The text'),
  ...cached,
});

const imagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: imageUrl, detail: imageDetail }).describe('The image'),
  ...cached,
});

const filePart = z.strictObject({
  type: z.literal('file'),
  file: z.strictObject(fileFields).describe('The document'),
  ...cached,
});

const refusalPart = z.strictObject({
  type: z.literal('refusal'),
  refusal: z.string().describe('Taken as text of the assistant'),
  cache_control: cacheControl,
});

/** openai-agents writes the other fields of an answer's message into its part, and sends them back there. */
const answeredPart = textPart.extend({
  role: echo,
  refusal: echo,
  reasoning_content: echo,
  annotations: echo,
});

const partError = (types: string) => ({ error: `must be one of the part types ${types}` });
const textContent = z
  .union(
    [
      z.string(),
      z.array(
        z.discriminatedUnion('type', [textPart], { error: "must be 'text': no other parts are taken here" }),
      ),
    ],
    { error: 'must be a string or a list of text parts' },
  )
  .describe('What it says: a text, or a list of text parts');
const userContent = z
  .union(
    [
      z.string(),
      z.array(
        z.discriminatedUnion('type', [textPart, imagePart, filePart], partError('text, image_url and file')),
      ),
    ],
    { error: 'must be a string or a list of parts' },
  )
  .describe('What the user says: a text, or a list of texts, images and documents');
const assistantContent = z.union(
  [
    z.string(),
    z.array(z.discriminatedUnion('type', [answeredPart, refusalPart], partError('text and refusal'))),
  ],
  { error: 'must be a string or a list of parts' },
);

const name = z
  .string()
  .max(64, 'must have at most 64 characters')
  .nullish()
  .describe('The speaker’s name; the model sees it on a line before the message');
const toolCall = z.strictObject({
  id: callId,
  type: z.literal('function', "must be 'function'"),
  function: z
    .strictObject({
      name: toolName,
      arguments: z.string().describe('A JSON object, as text'),
      parsed_arguments: echo,
      provider_specific_fields: echo,
    })
    .describe('The function that was called, and with what'),
  index: echo,
  cache_control: cacheControl,
  provider_specific_fields: echo,
});

const message = z.discriminatedUnion(
  'role',
  [
    z.strictObject({ role: z.literal('system'), content: textContent, name, cache_control: cacheControl }),
    z.strictObject({ role: z.literal('developer'), content: textContent, name, cache_control: cacheControl }),
    z.strictObject({ role: z.literal('user'), content: userContent, name, cache_control: cacheControl }),
    z.strictObject({
      role: z.literal('assistant'),
      content: assistantContent
        .nullish()
        .describe('What the model said; may be left out beside `tool_calls`'),
      name,
      cache_control: cacheControl,
      refusal: z.string().nullish().describe('Taken as text of the assistant'),
      tool_calls: z
        .array(toolCall)
        .max(128, 'must hold at most 128 calls')
        .nullish()
        .describe('The calls that the model made; each is answered by a `tool` message'),
      reasoning_content: echo,
      reasoning: echo,
      reasoning_details: echo,
      thinking_blocks: echo,
      provider_specific_fields: echo,
      annotations: echo,
      parsed: echo,
      audio: neverTaken('answers are text'),
      function_call: neverTaken('use tool_calls'),
    }),
    z.strictObject({
      role: z.literal('tool'),
      tool_call_id: callId,
      content: textContent,
      cache_control: cacheControl,
      name: echo,
      is_error: echo,
      provider_specific_fields: echo,
    }),
  ],
  { error: "must be one of 'system', 'developer', 'user', 'assistant' and 'tool'" },
);

const functionTool = z.strictObject({
  type: z.literal('function', "must be 'function': only functions are offered to models"),
  function: z
    .strictObject({
      name: toolName,
      description: z.string().nullish().describe('What the function does, for the model to read'),
      parameters: jsonSchema.nullish().describe('A JSON Schema of its arguments, an object'),
      strict: strictSchema,
      cache_control: cacheControl,
    })
    .describe('A function that the model may call'),
  cache_control: cacheControl,
});

const namedFunction = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({ name: toolName }).describe('The function that must be called'),
});

const responseFormat = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('text') }),
    z.strictObject({ type: z.literal('json_object') }),
    z.strictObject({
      type: z.literal('json_schema'),
      json_schema: z
        .strictObject({
          name: toolName,
          description: z.string().nullish().describe('What the answer is for, for the model to read'),
          schema: jsonSchema,
          strict: z.boolean().nullish().describe('Every schema is enforced, strict or not'),
        })
        .describe('The schema that the answer must fit'),
    }),
  ],
  { error: "must be one of 'text', 'json_object' and 'json_schema'" },
);

/** The fields of OpenAI's Chat Completions request that are accepted. All others are refused by name. */
export const chatCompletionBody = z
  .strictObject({
    ...sharedFields,
    messages: z
      .array(message)
      .min(1, 'must hold at least one message')
      .describe('The conversation so far, oldest message first'),
    stream_options: z
      .strictObject({
        include_usage: z
          .boolean()
          .nullish()
          .describe('Sends the token counts in the last chunk; default false'),
        ...obfuscation,
      })
      .nullish()
      .describe('What a stream tells besides the answer'),
    max_tokens: outputLimit.describe(
      'The older name of `max_completion_tokens`, which takes precedence if both are sent',
    ),
    max_completion_tokens: outputLimit,
    stop: z
      .union([z.string().min(1), z.array(z.string().min(1)).max(4, 'must hold at most 4 sequences')], {
        error: 'must be a non-empty string or a list of up to 4 of them',
      })
      .nullish()
      .describe('Texts at which the answer stops'),
    tools: z.array(functionTool).nullish().describe('Functions that the model may call'),
    tool_choice: z
      .union([z.enum(['none', 'auto', 'required']), namedFunction], {
        error: "must be 'none', 'auto', 'required' or one function: {type: 'function', function: {name}}",
      })
      .nullish()
      .describe(
        'Whether the model may, must or must not call a function, or the one it must call; default `auto`',
      ),
    response_format: responseFormat
      .nullish()
      .describe('The format of the answer: text, any JSON object, or JSON by a schema; default text'),
    reasoning_effort: reasoningEffort,
    prompt_cache_options: z
      .strictObject({
        mode: z.enum(['implicit', 'explicit']).nullish().describe('`implicit`: cache points are set for you'),
        ttl: z
          .literal('30m')
          .nullish()
          .describe('How long the cache is kept: on Claude an hour, elsewhere 5 minutes'),
      })
      .nullish()
      .describe('`implicit` sets cache points after the instructions and after the last message'),
    n: onlyNeutral(z.literal(1), 'an answer has one choice; make a call for each'),
    seed: hint(z.number(), 'models here take no seed'),
    frequency_penalty: onlyNeutral(z.literal(0)),
    presence_penalty: onlyNeutral(z.literal(0)),
    logit_bias: onlyNeutral(emptyObject),
    logprobs: onlyNeutral(z.literal(false)),
    top_logprobs: onlyNeutral(z.literal(0)),
    verbosity,
    modalities: onlyNeutral(z.tuple([z.literal('text')]), 'answers are text'),
    audio: neverTaken('answers are text'),
    prediction: hint(jsonObject, 'models here take no prediction'),
    web_search_options: neverTaken('nothing is searched here; offer a tool of your own'),
    functions: neverTaken('use tools'),
    function_call: neverTaken('use tool_choice'),
  })
  .meta({ title: 'ChatCompletionRequest' });
export type ChatCompletionBody = z.infer<typeof chatCompletionBody>;
export type ChatCompletionMessage = ChatCompletionBody['messages'][number];
