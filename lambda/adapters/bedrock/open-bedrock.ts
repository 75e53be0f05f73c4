import { requestIds } from '../../request-ids.ts';
import { type Attempt, createLightClient } from '../aws/light-client.ts';

export interface BedrockCall {
  modelId: string;
  operation: 'converse-stream' | 'count-tokens' | 'invoke';
  body: object;
}

/** Bedrock's runtime over the transport of our own. @param silenceMs how long a connection may be silent */
export function openBedrock(silenceMs: number) {
  const callAws = createLightClient({
    service: 'bedrock',
    endpoint: { prefix: 'bedrock-runtime', variable: 'BEDROCK_RUNTIME' },
    attempts: 2,
    connectMs: 2000,
    silenceMs,
  });
  const headers = { 'content-type': 'application/json' };
  return <T>({ modelId, operation, body }: BedrockCall, signal: AbortSignal, attempt: Attempt<T>) =>
    callAws(
      {
        path: `/model/${encodedLabel(modelId)}/${operation}`,
        headers,
        body: JSON.stringify(body, withBase64),
      },
      signal,
      notingId(attempt),
    );
}

/** Notes Bedrock's own id of the request, for the lines that are logged about it. */
function notingId<T>(attempt: Attempt<T>): Attempt<T> {
  // The connection is another request's as well, so its events don't run in this one's context.
  const ids = requestIds();
  return (send) =>
    attempt((listener) =>
      send({
        ...listener,
        head(status, headers) {
          ids.providerRequestId = headers.get('x-amzn-requestid');
          listener.head(status, headers);
        },
      }),
    );
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
