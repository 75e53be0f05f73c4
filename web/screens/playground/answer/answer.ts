export interface TokenCounts {
  /** Read from the prompt cache too. */
  input: number;
  output: number;
  cached: number;
  reasoning: number;
}

export interface ToolCall {
  id: string;
  name: string;
  /** JSON, in parts while it comes. */
  arguments: string;
}

/** What an answer brings, whichever dialect told it. */
export type AnswerEvent =
  | { type: 'model'; name: string }
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'refusal'; text: string }
  | { type: 'tool-call'; index: number; id: string; name: string; arguments: string }
  | { type: 'finish'; reason: string }
  | { type: 'tokens'; counts: TokenCounts };

/** `stopped` by the person; `failed` with or without some text. */
export type AnswerPhase = 'waiting' | 'coming' | 'done' | 'stopped' | 'failed';

export interface Answer {
  id: string;
  phase: AnswerPhase;
  askedModel: string;
  /** Who answered: another one where the asked one was not available. */
  model: string | undefined;
  text: string;
  reasoning: string;
  refusal: string;
  toolCalls: readonly ToolCall[];
  finishReason: string | undefined;
  tokens: TokenCounts | undefined;
  /** US dollars; undefined where the platform's books don't tell it of this answer alone. */
  cost: number | undefined;
  error: unknown;
  /** Milliseconds of one clock. */
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

/** A call comes in parts, its name with the first of them; several may come by turns. */
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
