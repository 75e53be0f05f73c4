import { noTokens, type TokenUsage } from '../../metering/token-usage.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerHead } from '../dialect.ts';
import { openMessage, toMessageUsage, toStop } from './fold.ts';

type PartEvent = Exclude<ChatEvent, { type: 'finish' } | { type: 'usage' }>;
type Finish = Extract<ChatEvent, { type: 'finish' }>;

/** Anthropic’s stream events of one answer, in their order. */
export function createMessageEvents(head: AnswerHead) {
  const open = new Set<number>();
  let finish: Finish = { type: 'finish', reason: 'end' };
  let usage: TokenUsage = noTokens;
  return {
    opening: () => [
      { type: 'message_start' as const, message: openMessage(head) },
      { type: 'ping' as const },
    ],
    next(event: ChatEvent): MessageEvent[] {
      if (event.type === 'finish') {
        finish = event;
        return [];
      }
      if (event.type === 'usage') {
        usage = event.usage;
        return [];
      }
      const start = open.has(event.part) ? undefined : startOf(event);
      if (start !== undefined) open.add(event.part);
      return [...(start === undefined ? [] : [start]), ...deltaOf(event)];
    },
    /** Why it ended and what it took come together, at the end: Bedrock tells the count last. */
    closing: () => [
      {
        type: 'message_delta' as const,
        delta: { ...toStop(finish.reason, finish.stopSequence), container: null },
        usage: toMessageUsage(usage),
      },
      { type: 'message_stop' as const },
    ],
  };
}

export type MessageEvent = { type: string } & Record<string, unknown>;

function startOf(event: PartEvent): MessageEvent | undefined {
  const block = openBlock(event);
  return block && { type: 'content_block_start', index: event.part, content_block: block };
}

function openBlock(event: PartEvent) {
  switch (event.type) {
    case 'text':
      return { type: 'text', text: '', citations: null };
    case 'reasoning':
    case 'reasoning-signature':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'redacted-reasoning':
      return { type: 'redacted_thinking', data: Buffer.from(event.bytes).toString('base64') };
    case 'tool-call':
      return { type: 'tool_use', id: event.id, name: event.name, input: {}, caller: { type: 'direct' } };
    default:
      return undefined;
  }
}

function deltaOf(event: PartEvent): MessageEvent[] {
  const delta = (inner: Record<string, unknown>): MessageEvent[] => [
    { type: 'content_block_delta', index: event.part, delta: inner },
  ];
  switch (event.type) {
    case 'text':
      return delta({ type: 'text_delta', text: event.text });
    case 'reasoning':
      return delta({ type: 'thinking_delta', thinking: event.text });
    case 'reasoning-signature':
      return delta({ type: 'signature_delta', signature: event.signature });
    case 'tool-input':
      return delta({ type: 'input_json_delta', partial_json: event.json });
    case 'part-end':
      return [{ type: 'content_block_stop', index: event.part }];
    default:
      return [];
  }
}
