import {
  type BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { AwsError } from '../../service.ts';
import { type BedrockErrorName, bedrockError, bedrockStatuses } from '../errors.ts';
import type { StreamEvent } from '../event-frames.ts';
import { isObject } from '../json.ts';
import type { ModelCall, Responder } from './responder.ts';

/** Passes calls on to real Bedrock, whole: it does the checking, the generating and the billing. */
export function createAmazonResponder(client: Pick<BedrockRuntimeClient, 'send'>): Responder {
  return {
    description: 'real Amazon Bedrock, with the credentials of this machine',

    async converse(call) {
      const command = new ConverseCommand(toInput(call));
      const { $metadata, ...answer } = await client
        .send(command, { abortSignal: call.signal })
        .catch((error: unknown) => Promise.reject(toAwsError(error)));
      return answer;
    },

    async *converseStream(call): AsyncGenerator<StreamEvent> {
      try {
        const command = new ConverseStreamCommand(toInput(call));
        const { stream } = await client.send(command, { abortSignal: call.signal });
        for await (const event of stream ?? []) yield toStreamEvent(event);
      } catch (error) {
        throw toAwsError(error);
      }
    },
  };
}

const toInput = ({ modelId, body }: ModelCall) => ({
  ...(revive(body) as Omit<ConverseCommand['input'], 'modelId'>),
  modelId,
});

/** A tool's schema, arguments and results are the caller's own JSON, whatever its fields are called. */
const freeForm = new Set(['additionalModelRequestFields', 'input', 'json']);

/** The members that are blobs in the service model: base64 on the wire, bytes to the client. */
function revive(value: unknown, key = '', parent = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => revive(item, key, parent));
  if (isObject(value)) {
    if (freeForm.has(key)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, revive(member, name, key)]),
    );
  }
  const isBlob = (key === 'bytes' && parent === 'source') || key === 'redactedContent';
  return isBlob && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value;
}

function toStreamEvent(event: object): StreamEvent {
  const [name, payload] = Object.entries(event).find(([, member]) => isObject(member)) ?? [];
  if (name === undefined || name === '$unknown') {
    throw bedrockError('ModelStreamErrorException', 'Bedrock sent an event this SDK version does not know.');
  }
  return { name, payload };
}

function toAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AwsError) return error;
  if (error.name === 'CredentialsProviderError') {
    return bedrockError('AccessDeniedException', `No AWS credentials on this machine: ${error.message}`);
  }
  const metadata = '$metadata' in error && isObject(error.$metadata) ? error.$metadata : {};
  // An exception inside a stream has no status of its own: the answer's was 200.
  const status =
    error.name in bedrockStatuses ? bedrockStatuses[error.name as BedrockErrorName] : metadata.httpStatusCode;
  return typeof status === 'number' ? new AwsError(error.name, error.message, status) : error;
}
