import type { MessageBody } from '../../contract/chat/message-request.ts';
import { noTokens, type TokenUsage } from '../../metering/token-usage.ts';
import type { PartEvent } from '../answer/folded-answer.ts';
import { sseNamedEvent, sseTextEvent } from '../answer/server-sent-events.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerHead, AnswerStream } from '../dialect.ts';
import { toErrorEvent } from './error-body.ts';
import { openMessage, toMessageUsage } from './fold.ts';
import { createThoughtOmitter, omitsThought } from './omitted-thought.ts';
import { toStop } from './stop-reason.ts';

type Stop = Extract<ChatEvent, { type: 'stop' }>;

/** Anthropic’s stream events of one answer. */
export function createMessageStream(
  head: AnswerHead,
  { thinking }: Pick<MessageBody, 'thinking'> = {},
): AnswerStream {
  const toShown = omitsThought(thinking) ? createThoughtOmitter() : (event: ChatEvent) => event;
  const open = new Set<number>();
  const textEvents = new Map<number, (text: string) => string>();
  const textEventOf = (part: number) => {
    const known =
      textEvents.get(part) ?? sseTextEvent((text) => write(deltaOf({ type: 'text', part, text })));
    textEvents.set(part, known);
    return known;
  };
  let stop: Stop = { type: 'stop', reason: 'unknown' };
  let usage: TokenUsage = noTokens;
  return {
    opening: () => write([{ type: 'message_start', message: openMessage(head) }, { type: 'ping' }]),
    next(next) {
      const event = toShown(next);
      if (event.type === 'stop') stop = event;
      else if (event.type === 'usage') usage = event.usage;
      else if ('part' in event) {
        const start = open.has(event.part) ? undefined : startOf(event);
        if (start === undefined && event.type === 'text') return textEventOf(event.part)(event.text);
        if (start === undefined) return write(deltaOf(event));
        open.add(event.part);
        return write([start, ...deltaOf(event)]);
      }
      return '';
    },
    /** Anthropic reports stop reason and usage together, and the usage comes last. */
    closing: () =>
      write([
        {
          type: 'message_delta',
          delta: { ...toStop(stop.reason, stop.stopSequence), container: null },
          usage: toMessageUsage(usage),
        },
        { type: 'message_stop' },
      ]),
    failure: (refusal) => write([toErrorEvent(refusal, head)]),
  };
}

function write(events: readonly MessageEvent[]): string {
  return events.map(sseNamedEvent).join('');
}

type MessageEvent = { type: string } & Record<string, unknown>;

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
      return event.text === '' ? [] : delta({ type: 'thinking_delta', thinking: event.text });
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
