import type { TokenUsage } from '../responders/responder.ts';

export const stopReasons = [
  'end_turn',
  'tool_use',
  'max_tokens',
  'stop_sequence',
  'guardrail_intervened',
  'content_filtered',
  'malformed_model_output',
  'malformed_tool_use',
  'model_context_window_exceeded',
] as const;

export type StopReason = (typeof stopReasons)[number];

/** One thing a model says, in the order it says it. Parts of one kind in a row belong to one content block. */
export type AnswerPart =
  | { kind: 'text'; text: string }
  | { kind: 'reasoning'; text: string }
  | { kind: 'signature'; signature: string }
  | { kind: 'redactedReasoning'; bytes: Uint8Array }
  /** Begins a block of its own; its arguments follow as pieces of JSON. */
  | { kind: 'toolUse'; toolUseId: string; name: string }
  | { kind: 'toolInput'; json: string }
  | AnswerEnd;

export interface AnswerEnd {
  kind: 'end';
  stopReason: StopReason;
  /** Counted by the stand-in when absent. */
  usage?: TokenUsage;
  /** The stop sequence that was met, for models that report it. */
  stopSequence?: string;
}
