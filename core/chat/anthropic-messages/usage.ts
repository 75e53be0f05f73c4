import type { TokenUsage } from '../../metering/token-usage.ts';

/**
 * All fields that Anthropic has; what providers don't report is null. So is how long a cache lives: Anthropic's clients
 * read that at the beginning of a stream, when it isn't known yet.
 */
export function toMessageUsage({ input, output, cachedInput, cacheWriteInput }: TokenUsage) {
  return {
    input_tokens: input,
    cache_creation_input_tokens: cacheWriteInput,
    cache_read_input_tokens: cachedInput,
    cache_creation: null,
    output_tokens: output,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: null,
    inference_geo: null,
    speed: null,
  };
}
