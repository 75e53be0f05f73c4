import type { TokenUsage } from '../../metering/token-usage.ts';
import type { ConverseUsage } from './converse-shapes.ts';

/** How much of an answer was thought: Bedrock counts it among the output and tells no number of its own. */
export interface ThoughtShare {
  thought: number;
  said: number;
}

/** Thought's share of the text is the best estimate of its tokens that there is. */
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
