import * as z from 'zod';

/** What Bedrock takes (API reference, `requestMetadata` of Converse). */
const characters = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/;
const wrong = 'must hold at most 256 letters, digits, spaces and : _ @ $ # = / + , . -';

export const metadataValue = z
  .string()
  .regex(characters, wrong)
  .describe('Goes to Bedrock’s invocation logs, where the operator keeps them');

/** `user` and `safety_identifier` go along as entries of their own. */
export const requestMetadata = z
  .record(z.string().min(1, 'must not be empty').regex(characters, wrong), metadataValue)
  .refine((entries) => Object.keys(entries).length <= 14, 'must hold at most 14 entries');
