import type { ErrorBody } from '../../errors.ts';
import type { ChatEvent } from '../chat.ts';
import { sseDone, sseEvent } from '../server-sent-events.ts';
import { type CompletionHead, openingChunk, toChunk } from './completion.ts';

/**
 * A streamed answer on the wire. It ends with the terminator, or, when the answer breaks off, with one error
 * event and no terminator: OpenAI's SDKs then raise the error instead of taking half an answer for a whole.
 */
export async function* streamCompletion(
  head: CompletionHead,
  events: AsyncIterable<ChatEvent>,
  options: { includeUsage: boolean; toErrorBody(error: unknown): ErrorBody },
): AsyncIterable<string> {
  yield sseEvent(openingChunk(head, options.includeUsage));
  try {
    for await (const event of events) {
      const chunk = toChunk(head, event, options.includeUsage);
      if (chunk !== undefined) yield sseEvent(chunk);
    }
  } catch (error) {
    yield sseEvent(options.toErrorBody(error));
    return;
  }
  yield sseDone;
}
