import { noTokens, type TokenUsage } from '../../metering/token-usage.ts';
import type { ChatEvent, RelayedEvent, StopReason } from '../chat.ts';

/** A whole answer: its parts in order, why it ended, and the tokens it used. */
export interface FoldedAnswer {
  parts: readonly FoldedPart[];
  reason: StopReason;
  stopSequence: string | undefined;
  usage: TokenUsage;
}

export type FoldedPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string; signature: string | undefined }
  | { type: 'redacted-reasoning'; bytes: Uint8Array }
  /** `json` is the input as text; models write an empty one for a call without arguments. */
  | { type: 'tool-call'; id: string; name: string; json: string };

export function foldAnswer(events: readonly ChatEvent[]): FoldedAnswer {
  const parts = createPartFold();
  let reason: StopReason = 'unknown';
  let stopSequence: string | undefined;
  let usage = noTokens;
  for (const event of events) {
    if (event.type === 'stop') ({ reason, stopSequence } = { stopSequence: undefined, ...event });
    else if (event.type === 'usage') usage = event.usage;
    else if ('part' in event) parts.add(event);
  }
  return { parts: [...parts.entries()].map(([, part]) => part), reason, stopSequence, usage };
}

export type PartEvent = Exclude<ChatEvent, { type: 'stop' } | { type: 'usage' } | RelayedEvent>;

/** Parts as they stand so far, by number, in the order in which they began. */
export function createPartFold() {
  const parts = new Map<number, FoldedPart>();
  return {
    add: (event: PartEvent) => addTo(parts, event),
    at: (part: number) => parts.get(part),
    entries: () => parts.entries(),
  };
}

function addTo(parts: Map<number, FoldedPart>, event: PartEvent): void {
  const part = parts.get(event.part);
  switch (event.type) {
    case 'text':
      if (part?.type === 'text') part.text += event.text;
      else parts.set(event.part, { type: 'text', text: event.text });
      break;
    case 'reasoning':
      if (part?.type === 'reasoning') part.text += event.text;
      else parts.set(event.part, { type: 'reasoning', text: event.text, signature: undefined });
      break;
    case 'reasoning-signature':
      if (part?.type === 'reasoning') part.signature = `${part.signature ?? ''}${event.signature}`;
      else parts.set(event.part, { type: 'reasoning', text: '', signature: event.signature });
      break;
    case 'redacted-reasoning':
      parts.set(event.part, { type: 'redacted-reasoning', bytes: event.bytes });
      break;
    case 'tool-call':
      parts.set(event.part, { type: 'tool-call', id: event.id, name: event.name, json: '' });
      break;
    case 'tool-input':
      if (part?.type === 'tool-call') part.json += event.json;
      break;
    case 'part-end':
      break;
  }
}

/** The text of all parts of one kind. */
export function joinedText({ parts }: FoldedAnswer, type: 'text' | 'reasoning'): string {
  return parts.map((part) => (part.type === type ? part.text : '')).join('');
}
