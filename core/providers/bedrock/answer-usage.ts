import type { TokenUsage } from '../../metering/token-usage.ts';
import type { ConverseUsage } from './converse-shapes.ts';

/** How much of an answer was reasoning: Bedrock counts it as output and reports no separate count. */
export interface ThoughtShare {
  thought: number;
  said: number;
}

/** Reasoning's share of the characters is the best available estimate of its tokens. */
export function toUsage(usage: ConverseUsage, { thought, said }: ThoughtShare): TokenUsage {
  const output = usage.outputTokens ?? 0;
  const written = usage.cacheWriteInputTokens ?? 0;
  const writtenForAnHour = (usage.cacheDetails ?? [])
    .filter(({ ttl }) => ttl === '1h')
    .reduce((sum, { inputTokens = 0 }) => sum + inputTokens, 0);
  return {
    input: usage.inputTokens ?? 0,
    output,
    cachedInput: usage.cacheReadInputTokens ?? 0,
    cacheWriteInput: written,
    cacheWriteHourInput: Math.min(written, writtenForAnHour),
    reasoning: Math.round((output * thought) / Math.max(1, thought + said)),
  };
}
