import {
  type BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { AwsError } from '../../../service.ts';
import { bedrockError, bedrockStatuses, isBedrockErrorName } from '../../errors.ts';
import { isObject } from '../../json-fields.ts';
import type { StreamEvent } from '../../stream/event-frames.ts';
import type { InvokeCall, InvokedModel, ModelCall, Responder } from '../responder.ts';

/** Bedrock's own refusal, passed on under the same name. */
export function toAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AwsError) return error;
  if (error.name === 'CredentialsProviderError') {
    return bedrockError('AccessDeniedException', `No AWS credentials on this machine: ${error.message}`);
  }
  const metadata = '$metadata' in error && isObject(error.$metadata) ? error.$metadata : {};
  // An exception within a stream has no status of its own: the answer's was 200.
  const status = isBedrockErrorName(error.name) ? bedrockStatuses[error.name] : metadata.httpStatusCode;
  return typeof status === 'number' ? new AwsError(error.name, error.message, status) : error;
}

const tokensHeader = 'x-amzn-bedrock-input-token-count';

/** InvokeModel at real Bedrock. The number of tokens is in a header, which the client shows to middleware only. */
export async function invokeAmazonModel(
  client: Pick<BedrockRuntimeClient, 'send'>,
  { accept, body, contentType, modelId, signal }: InvokeCall,
): Promise<InvokedModel> {
  const command = new InvokeModelCommand({
    modelId,
    body: new Uint8Array(body),
    ...(contentType === undefined ? {} : { contentType }),
    ...(accept === undefined ? {} : { accept }),
  });
  let tokens: number | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      tokens = tokensOf(result.response);
      return result;
    },
    { step: 'deserialize', name: 'readInputTokens' },
  );
  const answer = await client
    .send(command, { abortSignal: signal })
    .catch((error: unknown) => Promise.reject(toAwsError(error)));
  return {
    body: Buffer.from(answer.body),
    contentType: answer.contentType ?? 'application/json',
    ...(tokens === undefined ? {} : { inputTokens: tokens }),
  };
}

function tokensOf(response: unknown): number | undefined {
  const headers = isObject(response) && isObject(response.headers) ? response.headers : {};
  const value = headers[tokensHeader];
  return typeof value === 'string' ? Number(value) : undefined;
}

/** Passes calls on to real Bedrock unchanged, which validates, generates and bills. */
export function createAmazonResponder(client: Pick<BedrockRuntimeClient, 'send'>): Responder {
  return {
    description: 'real Amazon Bedrock, with the credentials of this machine',

    async converse(call) {
      const command = new ConverseCommand(toInput<ConverseCommand['input']>(call));
      const { $metadata, ...answer } = await client
        .send(command, { abortSignal: call.signal })
        .catch((error: unknown) => Promise.reject(toAwsError(error)));
      return answer;
    },

    async *converseStream(call): AsyncGenerator<StreamEvent> {
      try {
        const command = new ConverseStreamCommand(toInput<ConverseStreamCommand['input']>(call));
        const { stream } = await client.send(command, { abortSignal: call.signal });
        for await (const event of stream ?? []) yield toStreamEvent(event);
      } catch (error) {
        throw toAwsError(error);
      }
    },

    async countTokens(call) {
      const command = new CountTokensCommand(toInput<CountTokensCommand['input']>(call));
      const { inputTokens = 0 } = await client
        .send(command, { abortSignal: call.signal })
        .catch((error: unknown) => Promise.reject(toAwsError(error)));
      return { inputTokens };
    },

    invokeModel: (call) => invokeAmazonModel(client, call),
  };
}

const toInput = <T extends { modelId: unknown }>({ modelId, body }: ModelCall) =>
  ({ ...(revive(body) as Omit<T, 'modelId'>), modelId }) as T & { modelId: string };

/** Schemas, arguments and results of tools are the caller's JSON, whatever its fields are called. */
const freeForm = new Set(['additionalModelRequestFields', 'json']);

/** The members that are blobs in the service model: base64 on the wire, bytes to the client. */
function revive(value: unknown, key = '', parent = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => revive(item, key, parent));
  if (isObject(value)) {
    if (freeForm.has(key) || (key === 'input' && parent === 'toolUse')) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, revive(member, name, key)]),
    );
  }
  return isBlob(key, parent) && typeof value === 'string'
    ? new Uint8Array(Buffer.from(value, 'base64'))
    : value;
}

const isBlob = (key: string, parent: string): boolean =>
  (key === 'bytes' && parent === 'source') ||
  (key === 'body' && parent === 'invokeModel') ||
  key === 'redactedContent';

function toStreamEvent(event: object): StreamEvent {
  const [name, payload] = Object.entries(event).find(([, member]) => isObject(member)) ?? [];
  if (name === undefined || name === '$unknown') {
    throw bedrockError('ModelStreamErrorException', 'Bedrock sent an event this SDK version does not know.');
  }
  return { name, payload };
}
