import { dataUrlOf } from '../attachments/attachment.ts';
import type { Ask } from '../conversation.ts';
import { chatBody } from './chat-body.ts';

type Call = Pick<Ask, 'earlier' | 'question' | 'settings'>;

const streamed = { stream: true, stream_options: { include_usage: true } } as const;

export function callBody({ earlier, question, settings }: Call) {
  return { ...chatBody(earlier, question, settings, dataUrlOf), ...streamed };
}

/** The size of the call's JSON, without building the data URLs: they have nothing to escape. */
export function callBytes({ earlier, question, settings }: Call): number {
  let dataBytes = 0;
  const body = chatBody(earlier, question, settings, (attachment) => {
    dataBytes += dataUrlOf({ ...attachment, base64: '' }).length + attachment.base64.length;
    return '';
  });
  return new TextEncoder().encode(JSON.stringify({ ...body, ...streamed })).length + dataBytes;
}
