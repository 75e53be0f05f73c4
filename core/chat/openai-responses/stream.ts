import type { ResponseBody } from '../../contract/chat/response-request.ts';
import { noTokens, type TokenUsage } from '../../metering/token-usage.ts';
import { createPartFold, type FoldedPart, type PartEvent } from '../answer/folded-answer.ts';
import { sseNamedEvent } from '../answer/server-sent-events.ts';
import type { StopReason } from '../chat.ts';
import type { AnswerHead, AnswerStream } from '../dialect.ts';
import { toErrorEvent } from './error-body.ts';
import { endResponse, openResponse } from './fold.ts';
import { itemId, outputText, reasoningText, toOutputItem } from './output-items.ts';
import { itemStatus } from './stop-reason.ts';

type ResponseEvent = { type: string } & Record<string, unknown>;

/**
 * OpenAI's Responses events of one answer. The last part's closing events wait for the answer's end: only then is it
 * known whether it is whole.
 */
export function createResponseStream(head: AnswerHead, body: ResponseBody): AnswerStream {
  const open = openResponse(head, body);
  const parts = createPartFold();
  const closed = new Set<number>();
  let reason: StopReason = 'unknown';
  let usage: TokenUsage = noTokens;
  let sequence = 0;
  const write = (events: readonly ResponseEvent[]) =>
    events
      .map((event): ResponseEvent => ({ ...event, sequence_number: sequence++ }))
      .map(sseNamedEvent)
      .join('');

  const close = (at: number, part: FoldedPart, status: 'completed' | 'incomplete'): ResponseEvent[] => {
    if (closed.has(at)) return [];
    closed.add(at);
    return closingEvents(toOutputItem(head, body, part, at, status), at);
  };

  const next = (event: PartEvent): ResponseEvent[] => {
    const known = parts.at(event.part) !== undefined;
    const before = known ? [] : [...parts.entries()].filter(([at]) => at < event.part);
    parts.add(event);
    const part = parts.at(event.part);
    if (part === undefined) return [];
    return [
      ...before.flatMap(([at, earlier]) => close(at, earlier, 'completed')),
      ...(known
        ? []
        : openingEvents(toOutputItem(head, body, emptied(part), event.part, 'in_progress'), event.part)),
      ...deltaEvents(itemId(head, part, event.part), event),
    ];
  };

  return {
    opening: () =>
      write([
        { type: 'response.created', response: open },
        { type: 'response.in_progress', response: open },
      ]),
    next(event) {
      if (event.type === 'stop') reason = event.reason;
      else if (event.type === 'usage') usage = event.usage;
      else if ('part' in event) return write(next(event));
      return '';
    },
    closing: () => {
      const all = [...parts.entries()];
      const statusOf = (index: number) => itemStatus(reason, index === all.length - 1);
      const items = all.map(([at, part], index) => toOutputItem(head, body, part, at, statusOf(index)));
      const response = endResponse(open, items, reason, usage);
      return write([
        ...all.flatMap(([at, part], index) => close(at, part, statusOf(index))),
        { type: `response.${response.status}`, response },
      ]);
    },
    failure: (refusal) => write([toErrorEvent(refusal)]),
  };
}

type Item = ReturnType<typeof toOutputItem>;

function openingEvents(item: Item, at: number): ResponseEvent[] {
  const added = { type: 'response.output_item.added', output_index: at, item };
  const part = { item_id: item.id, output_index: at, content_index: 0 };
  if (item.type === 'message') {
    return [added, { type: 'response.content_part.added', ...part, part: outputText('') }];
  }
  if (item.type === 'reasoning' && item.encrypted_content === null) {
    return [added, { type: 'response.content_part.added', ...part, part: reasoningText('') }];
  }
  return [added];
}

function deltaEvents(id: string, event: PartEvent): ResponseEvent[] {
  const place = { item_id: id, output_index: event.part };
  if (event.type === 'text') {
    const text = { ...place, content_index: 0, delta: event.text, logprobs: [] };
    return [{ type: 'response.output_text.delta', ...text }];
  }
  if (event.type === 'reasoning') {
    return [{ type: 'response.reasoning_text.delta', ...place, content_index: 0, delta: event.text }];
  }
  if (event.type === 'tool-input') {
    return [{ type: 'response.function_call_arguments.delta', ...place, delta: event.json }];
  }
  return [];
}

function closingEvents(item: Item, at: number): ResponseEvent[] {
  const place = { item_id: item.id, output_index: at };
  const done = { type: 'response.output_item.done', output_index: at, item };
  if (item.type === 'function_call') {
    const { name, arguments: json } = item;
    return [{ type: 'response.function_call_arguments.done', ...place, name, arguments: json }, done];
  }
  const [part] = item.content;
  if (part === undefined) return [done];
  const text = { ...place, content_index: 0, text: part.text };
  const textDone =
    part.type === 'output_text'
      ? { type: 'response.output_text.done', ...text, logprobs: [] }
      : { type: 'response.reasoning_text.done', ...text };
  return [textDone, { type: 'response.content_part.done', ...place, content_index: 0, part }, done];
}

/** A part as it was when it began. */
function emptied(part: FoldedPart): FoldedPart {
  if (part.type === 'text') return { ...part, text: '' };
  if (part.type === 'reasoning') return { ...part, text: '', signature: undefined };
  return part.type === 'tool-call' ? { ...part, json: '' } : part;
}
