export interface TokenCounts {
  /** Including those read from the prompt cache. */
  input: number;
  output: number;
  cached: number;
  reasoning: number;
}

export interface ToolCall {
  id: string;
  name: string;
  /** JSON, incomplete while it streams. */
  arguments: string;
}

/** Part of an answer, whichever dialect it came in. */
export type AnswerEvent =
  | { type: 'model'; name: string }
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'refusal'; text: string }
  | { type: 'tool-call'; index: number; id: string; name: string; arguments: string }
  | { type: 'finish'; reason: string }
  | { type: 'tokens'; counts: TokenCounts };

/** `stopped` by the user; `failed` with or without some text. */
export type AnswerPhase = 'waiting' | 'coming' | 'done' | 'stopped' | 'failed';

export interface Answer {
  id: string;
  phase: AnswerPhase;
  askedModel: string;
  /** The model that answered: a fallback if the one asked for was not available. */
  model: string | undefined;
  text: string;
  reasoning: string;
  refusal: string;
  toolCalls: readonly ToolCall[];
  finishReason: string | undefined;
  tokens: TokenCounts | undefined;
  /** US dollars; undefined where the usage doesn't show this answer alone. */
  cost: number | undefined;
  error: unknown;
  /** Milliseconds, as are the other times. */
  sentAt: number;
  firstAt: number | undefined;
  lastAt: number | undefined;
  endedAt: number | undefined;
}

export function newAnswer(id: string, askedModel: string, now: number): Answer {
  return {
    id,
    phase: 'waiting',
    askedModel,
    model: undefined,
    text: '',
    reasoning: '',
    refusal: '',
    toolCalls: [],
    finishReason: undefined,
    tokens: undefined,
    cost: undefined,
    error: undefined,
    sentAt: now,
    firstAt: undefined,
    lastAt: undefined,
    endedAt: undefined,
  };
}

export function withEvent(answer: Answer, event: AnswerEvent, now: number): Answer {
  switch (event.type) {
    case 'model':
      return answer.model === event.name ? answer : { ...answer, model: event.name };
    case 'finish':
      return { ...answer, finishReason: event.reason };
    case 'tokens':
      return { ...answer, tokens: event.counts };
    case 'tool-call':
      return { ...said(answer, now), toolCalls: withCall(answer.toolCalls, event) };
    default:
      return { ...said(answer, now), [event.type]: answer[event.type] + event.text };
  }
}

export function endedAs(answer: Answer, phase: AnswerPhase, now: number, error?: unknown): Answer {
  return { ...answer, phase, error, endedAt: now };
}

export const isUnderWay = ({ phase }: Answer): boolean => phase === 'waiting' || phase === 'coming';

const said = (answer: Answer, now: number): Answer => ({
  ...answer,
  phase: 'coming',
  firstAt: answer.firstAt ?? now,
  lastAt: now,
});

type CallPart = Extract<AnswerEvent, { type: 'tool-call' }>;

/** A call streams in parts, its name in the first of them. Parts of several calls may alternate. */
function withCall(calls: readonly ToolCall[], part: CallPart): readonly ToolCall[] {
  const known = calls[part.index] ?? { id: '', name: '', arguments: '' };
  const next = [...calls];
  next[part.index] = {
    id: known.id || part.id,
    name: known.name || part.name,
    arguments: known.arguments + part.arguments,
  };
  return next;
}
