import type { ConverseEvent } from '../../../core/providers/bedrock/converse-shapes.ts';
import type { ConverseStream } from '../../../core/providers/bedrock/provider.ts';
import type { Frame } from '../aws/event-frames.ts';
import { eventStream } from '../aws/event-stream.ts';
import { createAwsService } from '../aws/service.ts';
import { brokenOff, refusalOf } from './refusals.ts';

/** Bedrock's ConverseStream over the transport of our own. */
export function createConverseStream(): ConverseStream {
  const callAws = createAwsService({
    service: 'bedrock',
    endpoint: { prefix: 'bedrock-runtime', variable: 'BEDROCK_RUNTIME' },
    attempts: 2,
    connectMs: 2000,
    // Reasoning models may be silent for a long time.
    silenceMs: 120_000,
  });
  const headers = { 'content-type': 'application/json' };
  return async ({ modelId, ...request }, signal) => {
    const path = `/model/${encodedLabel(modelId)}/converse-stream`;
    const body = JSON.stringify(request, withBase64);
    try {
      return withRefusals(await callAws({ path, headers, body }, signal, eventStream(signal, toEvent)));
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

/** As the SDK encodes a part of a path. */
function encodedLabel(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Bytes are base64 in JSON. A Buffer has become an object when its value comes here. */
function withBase64(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const bytes = this[name];
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
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
