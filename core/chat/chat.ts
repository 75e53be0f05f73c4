import type { TokenUsage } from '../metering.ts';

/** The neutral chat that every dialect translates to and from. */
export interface ChatRequest {
  /** Public model name. */
  model: string;
  /** Instructions, in order; dialects allow them anywhere, models take them first. */
  system: readonly string[];
  turns: readonly ChatTurn[];
  maxOutputTokens?: number | undefined;
  temperature?: number | undefined;
  topP?: number | undefined;
  stopSequences: readonly string[];
}

export interface ChatTurn {
  role: 'user' | 'assistant';
  /** Text parts, never blank. */
  texts: readonly string[];
}

export type FinishReason = 'end' | 'length' | 'filtered';

/** What a model says, in order: texts, then one finish, then the usage. */
export type ChatEvent =
  | { type: 'text'; text: string }
  | { type: 'finish'; reason: FinishReason }
  | { type: 'usage'; usage: TokenUsage };
