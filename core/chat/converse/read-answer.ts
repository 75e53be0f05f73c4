import { DaypassError } from '../../errors.ts';
import type { TokenUsage } from '../../metering.ts';
import type { ChatEvent, FinishReason } from '../chat.ts';
import type { ConverseDelta, ConverseEvent, ConverseUsage } from './shapes.ts';

const finishReasons: Record<string, FinishReason> = {
  end_turn: 'end',
  stop_sequence: 'stop-sequence',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'context-full',
  content_filtered: 'filtered',
  guardrail_intervened: 'guardrail',
};

/** What Bedrock says when the model wrote something it could make no sense of. */
const brokenReasons = new Set(['malformed_model_output', 'malformed_tool_use']);

/**
 * Reads one answer, event by event. Bedrock numbers content blocks as it likes (an answer may begin at 1, with
 * gaps, and tells the start of tool calls only); parts are numbered from 0 in the order in which they begin.
 *
 * @param answerTool name of the tool whose input is the answer itself, where JSON had to be asked for that way
 */
export function createAnswerReader(answerTool?: string): (event: ConverseEvent) => ChatEvent[] {
  const blocks = new Map<number, Block>();
  let parts = 0;
  let calls = 0;
  let thoughtCharacters = 0;
  let saidCharacters = 0;

  const begin = (index: number, kind: Block['kind']): Block => {
    const block = {
      kind,
      part: parts++,
      call: kind === 'call' ? calls++ : -1,
      open: true,
      signature: '',
      hidden: [],
    };
    blocks.set(index, block);
    return block;
  };
  const end = (block: Block): ChatEvent[] => {
    if (!block.open) return [];
    block.open = false;
    const { part, signature, hidden } = block;
    const events: ChatEvent[] = [{ type: 'part-end', part }];
    if (signature !== '') events.unshift({ type: 'reasoning-signature', part, signature });
    if (hidden.length > 0) events.unshift({ type: 'redacted-reasoning', part, bytes: Buffer.concat(hidden) });
    return events;
  };

  const startOfCall = (index: number, id: string, name: string): ChatEvent[] => {
    if (name === answerTool) {
      begin(index, 'answer');
      return [];
    }
    const { part, call } = begin(index, 'call');
    saidCharacters += name.length;
    return [{ type: 'tool-call', part, call, id, name }];
  };

  // Signatures and hidden thought are told once they are whole: Anthropic's clients keep the last piece only.
  const delta = (index: number, said: ConverseDelta): ChatEvent[] => {
    const { reasoningContent: thought } = said;
    const kind = said.text !== undefined ? 'text' : thought !== undefined ? 'reasoning' : 'call';
    const known = blocks.get(index);
    if (kind === 'call') {
      if (known === undefined) throw brokenAnswer();
      const json = said.toolUse?.input ?? '';
      saidCharacters += json.length;
      if (json === '') return [];
      return known.kind === 'answer'
        ? [{ type: 'text', part: known.part, text: json }]
        : [{ type: 'tool-input', part: known.part, call: known.call, json }];
    }
    if (said.text === '') return [];
    const block = known ?? begin(index, kind);
    const { part } = block;
    if (said.text !== undefined) {
      saidCharacters += said.text.length;
      return [{ type: 'text', part, text: said.text }];
    }
    if (thought?.redactedContent !== undefined) {
      thoughtCharacters += thought.redactedContent.length;
      block.hidden.push(thought.redactedContent);
      return [];
    }
    if (thought?.signature !== undefined) {
      block.signature += thought.signature;
      return [];
    }
    thoughtCharacters += thought?.text?.length ?? 0;
    return [{ type: 'reasoning', part, text: thought?.text ?? '' }];
  };

  return (event) => {
    if (event.contentBlockStart) {
      const { contentBlockIndex: index = 0, start } = event.contentBlockStart;
      const { toolUseId, name } = start?.toolUse ?? {};
      return toolUseId === undefined || name === undefined ? [] : startOfCall(index, toolUseId, name);
    }
    if (event.contentBlockDelta) {
      const { contentBlockIndex: index = 0, delta: said } = event.contentBlockDelta;
      return said === undefined ? [] : delta(index, said);
    }
    if (event.contentBlockStop) {
      const block = blocks.get(event.contentBlockStop.contentBlockIndex ?? 0);
      return block === undefined ? [] : end(block);
    }
    if (event.messageStop) {
      const { stopReason = '', additionalModelResponseFields: more } = event.messageStop;
      if (brokenReasons.has(stopReason)) throw brokenAnswer();
      const answered = [...blocks.values()].some((block) => block.kind === 'answer');
      const reason = finishReasons[stopReason] ?? 'end';
      return [
        ...[...blocks.values()].flatMap(end),
        {
          type: 'finish',
          reason: answered && reason === 'tool-calls' ? 'end' : reason,
          ...(reason === 'stop-sequence' && { stopSequence: stopSequenceOf(more) }),
        },
      ];
    }
    const usage = event.metadata?.usage;
    const thoughtShare = thoughtCharacters / Math.max(1, thoughtCharacters + saidCharacters);
    return usage === undefined ? [] : [{ type: 'usage', usage: toUsage(usage, thoughtShare) }];
  };
}

interface Block {
  kind: 'text' | 'reasoning' | 'call' | 'answer';
  part: number;
  call: number;
  open: boolean;
  signature: string;
  hidden: Uint8Array[];
}

/**
 * Bedrock counts thought among the output and tells no number of its own; its share of the text is the best
 * estimate there is.
 */
function toUsage(usage: ConverseUsage, thoughtShare: number): TokenUsage {
  const output = usage.outputTokens ?? 0;
  return {
    input: usage.inputTokens ?? 0,
    output,
    cachedInput: usage.cacheReadInputTokens ?? 0,
    cacheWriteInput: usage.cacheWriteInputTokens ?? 0,
    reasoning: Math.round(output * thoughtShare),
  };
}

/** Where Claude tells which sequence it met, if it was asked to (`/stop_sequence`). */
function stopSequenceOf(fields: unknown): string | undefined {
  const { stop_sequence: sequence } = (fields ?? {}) as { stop_sequence?: unknown };
  return typeof sequence === 'string' ? sequence : undefined;
}

function brokenAnswer(): DaypassError {
  return new DaypassError('model_failed', 'The model’s answer was malformed. Try again.');
}
