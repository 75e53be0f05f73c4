import type { CacheBreakpoint } from '../../contract/openai-fields.ts';
import type { CachePoint } from '../chat.ts';

/** OpenAI's half an hour is an hour on Bedrock, which has nothing between that and five minutes. */
export function toCachePoint(breakpoint: CacheBreakpoint): CachePoint[] {
  if (breakpoint === undefined) return [];
  return [{ type: 'cache-point', lifetime: breakpoint.ttl === undefined ? undefined : '1h' }];
}
