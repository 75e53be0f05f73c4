import type { BedrockErrorName } from '../../errors.ts';
import { bedrockError } from '../../errors.ts';
import type { StreamEvent, StreamItem } from '../../stream/event-frames.ts';
import { ConnectionCut } from '../../stream/stream-faults.ts';

/**
 * A stream's events for a whole answer: an exception becomes a status, and what would break the stream breaks the
 * connection.
 */
export async function* withoutFlaws(items: AsyncIterable<StreamItem>): AsyncGenerator<StreamEvent> {
  for await (const item of items) {
    if ('exception' in item) {
      const name = item.exception.charAt(0).toUpperCase() + item.exception.slice(1);
      throw bedrockError(name as BedrockErrorName, item.message);
    }
    if ('cut' in item || item.flaw !== undefined) throw new ConnectionCut();
    yield item;
  }
}
