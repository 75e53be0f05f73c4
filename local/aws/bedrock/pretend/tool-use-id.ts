import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.ts';

/** In the form of Bedrock's; the same request always gets the same ids. */
export function newToolUseId(request: JsonObject, ordinal: number): string {
  const digest = createHash('sha256')
    .update(`${ordinal} ${JSON.stringify(request)}`)
    .digest('base64url');
  return `tooluse_${digest.slice(0, 22)}`;
}
