import type { ConverseEvent, ConverseRequest } from '../../../core/providers/bedrock/converse-shapes.ts';
import type { ConverseStream } from '../../../core/providers/bedrock/provider.ts';
import { requestIds } from '../../request-ids.ts';
import { eventStream } from '../aws/event-stream.ts';
import type { Frame } from '../aws/frame-reader.ts';
import { openBedrock } from './open-bedrock.ts';
import { brokenOff, refusalOf } from './refusals.ts';

/** Bedrock's ConverseStream over the transport of our own. */
export function createConverseStream(): ConverseStream {
  // Reasoning models may be silent for a long time.
  const callBedrock = openBedrock(120_000);
  return async ({ modelId, ...body }, signal) => {
    const call = { modelId, operation: 'converse-stream', body: traced(body) } as const;
    try {
      return withRefusals(await callBedrock(call, signal, eventStream(signal, toEvent)));
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

/**
 * Bedrock's log of invocations shows these entries, so the caller's request id finds the call there too. Sixteen is all that Bedrock
 * takes, and the caller's go first.
 */
function traced<Body extends Pick<ConverseRequest, 'requestMetadata'>>(body: Body): Body {
  const { requestId } = requestIds();
  const { requestMetadata = {} } = body;
  if (requestId === undefined || Object.keys(requestMetadata).length >= 16) return body;
  return { ...body, requestMetadata: { 'daypass-request-id': requestId, ...requestMetadata } };
}

function toEvent({ headers, payload }: Frame): ConverseEvent | undefined {
  const type = headers.get(':event-type');
  if (type === undefined || type === 'initial-response') return undefined;
  const content = JSON.parse(payload.toString());
  const redacted = content?.delta?.reasoningContent?.redactedContent;
  if (typeof redacted === 'string') {
    content.delta.reasoningContent.redactedContent = Buffer.from(redacted, 'base64');
  }
  return { [type]: content };
}

/** An iterator of its own rather than a generator, which would cost each read another turn. */
function withRefusals<Event>(events: AsyncIterable<readonly Event[]>): AsyncIterable<readonly Event[]> {
  const refuse = (error: unknown) => {
    throw brokenOff(error);
  };
  return {
    [Symbol.asyncIterator]() {
      const iterator = events[Symbol.asyncIterator]();
      return {
        next: () => iterator.next().catch(refuse),
        return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
