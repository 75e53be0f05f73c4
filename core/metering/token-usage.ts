/** Tokens of one call, as the model's provider counted them. */
export interface TokenUsage {
  /** Neither read from the prompt cache nor written to it. */
  input: number;
  output: number;
  /** Read from the prompt cache. */
  cachedInput: number;
  cacheWriteInput: number;
  /** The part of `cacheWriteInput` that is kept for an hour instead of five minutes. */
  cacheWriteHourInput: number;
  /** A part of `output`; estimated if the provider gives no count. */
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

/** What counts towards limits on tokens: all that the model read and wrote, from a cache or not. */
export function countedTokens(usage: TokenUsage): number {
  return promptTokens(usage) + usage.output;
}

/** All tokens that the model read. */
export function promptTokens({ input, cachedInput, cacheWriteInput }: TokenUsage): number {
  return input + cachedInput + cacheWriteInput;
}
