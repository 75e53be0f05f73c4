import { createParser } from 'eventsource-parser';

/** The text of a streamed answer in any of the three formats, put together. Undefined while, or if, it has none. */
export function streamedText(events: string): string | undefined {
  let text = '';
  const parser = createParser({
    onEvent({ data }) {
      text += textIn(data);
    },
  });
  parser.feed(events);
  return text === '' ? undefined : text;
}

/** The fields that the formats have their text in. */
interface StreamEvent {
  type?: string;
  choices?: readonly { delta?: { content?: string | null } }[];
  delta?: string | { text?: string };
}

function textIn(data: string): string {
  try {
    const { type, choices, delta } = JSON.parse(data) as StreamEvent;
    if (choices !== undefined) return choices[0]?.delta?.content ?? '';
    if (type === 'response.output_text.delta' && typeof delta === 'string') return delta;
    return type === 'content_block_delta' && typeof delta === 'object' ? (delta.text ?? '') : '';
  } catch {
    // `[DONE]`, or what is no JSON.
    return '';
  }
}

export const eventCount = (events: string): number => events.match(/^data:/gm)?.length ?? 0;
