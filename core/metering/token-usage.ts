/** Tokens of one call, as the model's provider counted them. */
export interface TokenUsage {
  /** Neither read from the prompt cache nor written to it. */
  input: number;
  output: number;
  /** Read from the prompt cache. */
  cachedInput: number;
  cacheWriteInput: number;
  /** A part of `cacheWriteInput`: what is kept for an hour, not for five minutes. */
  cacheWriteHourInput: number;
  /** Thought, a part of `output`; estimated where the provider gives no count. */
  reasoning: number;
}

export const noTokens: TokenUsage = {
  input: 0,
  output: 0,
  cachedInput: 0,
  cacheWriteInput: 0,
  cacheWriteHourInput: 0,
  reasoning: 0,
};

/** Everything the model read. */
export function promptTokens({ input, cachedInput, cacheWriteInput }: TokenUsage): number {
  return input + cachedInput + cacheWriteInput;
}
