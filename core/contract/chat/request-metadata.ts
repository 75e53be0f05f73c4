import * as z from 'zod';
import { jsonObject } from './tools.ts';

/** What Bedrock accepts as metadata of a request (API reference, `requestMetadata`). */
const characters = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/;
const wrong = 'must hold at most 256 letters, digits, spaces and : _ @ $ # = / + , . -';

export const metadataValue = z
  .string()
  .regex(characters, wrong)
  .describe('Recorded in Bedrock’s invocation logs, if the operator keeps them');

const metadataName = z.string().min(1, 'must not be empty').regex(characters, wrong);

/** Zod's records and AWS's clients leave out a member named `__proto__`. */
const everyEntry = jsonObject.refine(
  (entries) => !Object.hasOwn(entries, '__proto__'),
  "must not hold an entry named '__proto__'",
);

/** `user` and `safety_identifier` become entries of their own. */
export const requestMetadata = everyEntry.pipe(
  z
    .record(metadataName, metadataValue)
    .refine((entries) => Object.keys(entries).length <= 14, 'must hold at most 14 entries'),
);
