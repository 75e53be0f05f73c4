import { promptTokens, type TokenUsage } from '../../metering/token-usage.ts';

export function toCompletionUsage(usage: TokenUsage) {
  const prompt = promptTokens(usage);
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInput,
      cache_write_tokens: usage.cacheWriteInput,
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  };
}
