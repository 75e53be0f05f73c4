import * as z from 'zod';
import { jsonObject, modelName, requestMetadata, samplingFields } from './every-dialect-fields.ts';
import { hint, neverTaken } from './unhonoured-fields.ts';

/** After a part, in both Chat Completions and Responses. */
export const cacheBreakpoint = z
  .strictObject({
    mode: z.literal('explicit'),
    ttl: z.literal('30m', "must be '30m': Bedrock keeps a cache for an hour at most").optional(),
  })
  .optional()
  .describe('Sets a cache point after this part. It lasts 5 minutes; on Claude, an hour with `ttl: 30m`');
export type CacheBreakpoint = z.infer<typeof cacheBreakpoint>;

export const imageUrl = z
  .string()
  .regex(/^data:/i, 'must be a data URL: images are not fetched from elsewhere')
  .describe('A data URL, `data:image/png;base64,…`, of a PNG, JPEG, GIF or WebP image');

/** A file is part of the request: none is stored or fetched. */
export const fileFields = {
  // First, so that a file by id or URL is refused for that rather than for what is missing.
  file_id: neverTaken('files are not stored; send file_data'),
  file_data: z.string().min(1, 'must not be empty').describe('The file in base64, or a data URL'),
  filename: z
    .string()
    .max(255)
    .optional()
    .describe('The file’s name; its extension gives the type of plain base64'),
};

export const imageDetail = hint(
  z.enum(['auto', 'low', 'high', 'original'], "must be one of 'auto', 'low', 'high' and 'original'"),
  'images go to the model as they are',
  ['auto', 'high', 'original'],
);

export const verbosity = hint(
  z.enum(['low', 'medium', 'high'], "must be one of 'low', 'medium' and 'high'"),
  'models here have no such setting; ask for it in the instructions',
  ['medium'],
);

export const callId = z.string().min(1).max(256).describe('The id of the tool call');

export const outputLimit = z
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .nullish()
  .describe(
    'The most tokens that the answer may have, reasoning included, up to the model’s own limit; default 4096, unless the operator sets another',
  );

export const strictSchema = z
  .boolean()
  .nullish()
  .describe('Whether the input must fit the schema; default false');

export const reasoningEffort = z
  .enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'], {
    error: "must be one of 'none', 'minimal', 'low', 'medium', 'high', 'xhigh' and 'max'",
  })
  .nullish()
  .describe('How much the model reasons, if it can; default the model’s own');

export const obfuscation = {
  include_obfuscation: hint(z.boolean(), 'events are not padded', [false]),
};

/** Both become entries of Bedrock's request metadata, in the characters and the length that it takes. */
const endUser = z
  .string()
  .nullish()
  .describe('Names the end user in Bedrock’s invocation logs, if the operator keeps them');

/** Fields of both requests, under the same names. */
export const sharedFields = {
  model: modelName,
  stream: z.boolean().nullish().describe('Sends the answer as server-sent events; default false'),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .nullish()
    .describe('How random the answer is; the models here take 0 to 1; default the model’s own'),
  ...samplingFields,
  parallel_tool_calls: z
    .boolean()
    .nullish()
    .describe(
      'Whether the model may make several calls at once; with `false`, an answer ends after its first',
    ),
  service_tier: z
    .enum(['auto', 'default', 'flex', 'priority', 'reserved'], {
      error: "must be one of 'auto', 'default', 'flex', 'priority' and 'reserved'",
    })
    .nullish()
    .describe('How Bedrock ranks and prices the call; `auto` is the deployment’s own tier; default `auto`'),
  metadata: requestMetadata
    .nullish()
    .describe('Entries for Bedrock’s invocation logs, if the operator keeps them'),
  user: endUser,
  safety_identifier: endUser,
  client_metadata: hint(jsonObject, 'nothing is done with it'),
  store: hint(z.boolean(), 'nothing is stored', [false]),
  moderation: neverTaken(),
  prompt_cache_key: hint(z.string(), 'Bedrock finds cached prompts without a key'),
  prompt_cache_retention: hint(z.string(), 'use the ttl of a cache point'),
};
const sharedBody = z.strictObject(sharedFields);
export type SharedBody = z.infer<typeof sharedBody>;
