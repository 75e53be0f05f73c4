import type { ChatEvent, StopReason } from '../../chat/chat.ts';
import { noTokens, type TokenUsage } from '../../metering/token-usage.ts';

interface Block {
  type?: string;
  text?: string;
  thinking?: string;
  signature?: string;
  data?: string;
  id?: string;
  name?: string;
  input?: unknown;
}

interface MessageUsage {
  input_tokens?: number | null;
  output_tokens?: number | null;
  cache_read_input_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
  cache_creation?: { ephemeral_1h_input_tokens?: number } | null;
  output_tokens_details?: { thinking_tokens?: number } | null;
}

interface MessageEvent {
  type?: string;
  index?: number;
  message?: { usage?: MessageUsage };
  content_block?: Block;
  delta?: {
    type?: string;
    text?: string;
    thinking?: string;
    signature?: string;
    partial_json?: string;
    stop_reason?: string | null;
    stop_sequence?: string | null;
  };
  usage?: MessageUsage;
}

/** Reads one answer of Messages, event by event. */
export function createMessageReader(): (event: unknown) => ChatEvent[] {
  let usage: MessageUsage = {};
  let share = { thought: 0, said: 0 };
  let stopped = false;
  const parts = new Map<number, { part: number; call: number }>();
  let calls = 0;

  const start = (index: number, block: Block): ChatEvent[] => {
    const isCall = block.type === 'tool_use';
    const place = { part: parts.size, call: isCall ? calls++ : -1 };
    parts.set(index, place);
    if (isCall) return [{ type: 'tool-call', ...place, id: block.id ?? '', name: block.name ?? '' }];
    if (block.type === 'redacted_thinking') {
      const bytes = Buffer.from(block.data ?? '', 'base64');
      return [{ type: 'redacted-reasoning', part: place.part, bytes }];
    }
    return [];
  };

  const delta = (index: number, piece: NonNullable<MessageEvent['delta']>): ChatEvent[] => {
    const place = parts.get(index);
    if (place === undefined) return [];
    const { part, call } = place;
    const { text = '', thinking = '', signature, partial_json: json = '' } = piece;
    share = { thought: share.thought + thinking.length, said: share.said + text.length + json.length };
    if (signature !== undefined) return [{ type: 'reasoning-signature', part, signature }];
    if (thinking !== '') return [{ type: 'reasoning', part, text: thinking }];
    if (text !== '') return [{ type: 'text', part, text }];
    return json === '' || call < 0 ? [] : [{ type: 'tool-input', part, call, json }];
  };

  return (event) => {
    const {
      type,
      index = 0,
      message,
      content_block: block,
      delta: piece,
      usage: counted,
    } = event as MessageEvent;
    switch (type) {
      case 'message_start':
        usage = { ...message?.usage };
        return [];
      case 'content_block_start':
        return block ? start(index, block) : [];
      case 'content_block_delta':
        return piece ? delta(index, piece) : [];
      case 'content_block_stop': {
        const place = parts.get(index);
        return place === undefined ? [] : [{ type: 'part-end', part: place.part }];
      }
      case 'message_delta': {
        // Counts of an event stand for the whole answer so far; those left out are as before.
        usage = { ...usage, ...withValues(counted) };
        if (stopped || typeof piece?.stop_reason !== 'string') return [];
        stopped = true;
        return [toStop(piece.stop_reason, piece.stop_sequence ?? undefined)];
      }
      case 'message_stop':
        return [{ type: 'usage', usage: toUsage(usage, share) }];
      default:
        return [];
    }
  };
}

/** A whole answer, for its metering. */
export function readMessage(body: unknown): ChatEvent[] {
  const {
    content = [],
    stop_reason,
    stop_sequence,
    usage = {},
  } = body as {
    content?: Block[];
    stop_reason?: string;
    stop_sequence?: string | null;
    usage?: MessageUsage;
  };
  const said = content.map((block) => `${block.text ?? ''}${block.input ? JSON.stringify(block.input) : ''}`);
  const thought = content.map((block) => block.thinking ?? '');
  const share = { thought: thought.join('').length, said: said.join('').length };
  return [
    { type: 'text', part: 0, text: said.join('') },
    toStop(stop_reason ?? '', stop_sequence ?? undefined),
    { type: 'usage', usage: toUsage(usage, share) },
  ];
}

function withValues(usage: MessageUsage | undefined): MessageUsage {
  return Object.fromEntries(Object.entries(usage ?? {}).filter(([, value]) => value !== null));
}

const stopReasons = new Map<string, StopReason>([
  ['end_turn', 'end'],
  ['stop_sequence', 'stop-sequence'],
  ['tool_use', 'tool-calls'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'context-full'],
  ['refusal', 'filtered'],
]);

const longestReason = 100;

function toStop(reason: string, stopSequence: string | undefined): ChatEvent {
  const known = stopReasons.get(reason);
  if (known === undefined) {
    return { type: 'stop', reason: 'unknown', providerReason: reason.slice(0, longestReason) };
  }
  return { type: 'stop', reason: known, ...(stopSequence !== undefined && { stopSequence }) };
}

/** Anthropic counts reasoning as output; where it gives no count of it, its share of the characters is the estimate. */
function toUsage(usage: MessageUsage, { thought, said }: { thought: number; said: number }): TokenUsage {
  const output = usage.output_tokens ?? 0;
  const cacheWriteInput = usage.cache_creation_input_tokens ?? 0;
  const forAnHour = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  return {
    ...noTokens,
    input: usage.input_tokens ?? 0,
    output,
    cachedInput: usage.cache_read_input_tokens ?? 0,
    cacheWriteInput,
    cacheWriteHourInput: Math.min(cacheWriteInput, forAnHour),
    reasoning:
      usage.output_tokens_details?.thinking_tokens ??
      Math.round((output * thought) / Math.max(1, thought + said)),
  };
}
