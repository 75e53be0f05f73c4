import * as z from 'zod';
import { metadataValue, requestMetadata } from './request-metadata.ts';
import { neverTaken, onlyNeutral } from './unsupported.ts';

/** After a part, in both Chat Completions and Responses. */
export const cacheBreakpoint = z
  .strictObject({
    mode: z.literal('explicit'),
    ttl: z.literal('30m', "must be '30m': Bedrock keeps a cache for an hour at most").optional(),
  })
  .optional()
  .describe('Sets a cache point of Bedrock after this part, for 5 minutes, or an hour with `ttl: 30m`');
export type CacheBreakpoint = z.infer<typeof cacheBreakpoint>;

export const imageUrl = z
  .string()
  .regex(/^data:/i, 'must be a data URL: pictures are not fetched from elsewhere')
  .describe('`data:image/png;base64,…`; PNG, JPEG, GIF or WebP');

/** A file is part of the request: none is stored or fetched. */
export const fileFields = {
  // First, so that a file by id or URL is refused for that rather than for what is missing.
  file_id: neverTaken('files are not stored; send file_data'),
  file_data: z.string().min(1, 'must not be empty').describe('Base64, or a data URL'),
  filename: z.string().max(255).optional(),
};

/** Models here always read the whole picture: less detail can't be requested. */
export const imageDetail = onlyNeutral(
  z.enum(['auto', 'high', 'original']),
  'pictures go to the model as they are',
);

/** How long an answer should be. The usual length asks for nothing. */
export const verbosity = onlyNeutral(z.literal('medium'));

export const callId = z.string().min(1).max(256);

export const outputLimit = z.int('must be a whole number').min(1, 'must be at least 1').nullish();

export const reasoningEffort = z
  .enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'], {
    error: "must be one of 'none', 'minimal', 'low', 'medium', 'high', 'xhigh' and 'max'",
  })
  .nullish();

export const noObfuscation = { include_obfuscation: onlyNeutral(z.literal(false)) };

/** Fields of both requests, under the same names. */
export const sharedFields = {
  model: z.string().min(1, 'must not be empty').max(200),
  stream: z.boolean().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  service_tier: z
    .enum(['auto', 'default', 'flex', 'priority', 'reserved'], {
      error: "must be one of 'auto', 'default', 'flex', 'priority' and 'reserved'",
    })
    .nullish(),
  metadata: requestMetadata.nullish(),
  user: metadataValue.nullish(),
  safety_identifier: metadataValue.nullish(),
  store: onlyNeutral(z.literal(false), 'nothing is stored; leave it out or say false'),
  moderation: neverTaken(),
  prompt_cache_key: neverTaken('Bedrock caches by prompt_cache_breakpoint alone'),
  prompt_cache_retention: neverTaken('say it as ttl of prompt_cache_breakpoint'),
};
const sharedBody = z.strictObject(sharedFields);
export type SharedBody = z.infer<typeof sharedBody>;
