import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ConverseEvent } from '../../core/chat/converse/from-converse.ts';
import type { ChatPorts } from '../../core/chat/metered-chat.ts';
import { DaypassError } from '../../core/errors.ts';
import { awsClientSettings } from './aws-client.ts';

/**
 * Bedrock over HTTP/1.1 with keep-alive: beside its HTTP/2 default it needs less memory and less time to the
 * first token, and an aborted call ends in an error rather than in silence.
 */
export function createBedrockModels(): ChatPorts['openModel'] {
  const client = new BedrockRuntimeClient({
    ...awsClientSettings,
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 2000, socketTimeout: 120_000 }),
  });
  return async (request, signal) => {
    try {
      const answer = await client.send(new ConverseStreamCommand(request), { abortSignal: signal });
      if (answer.stream === undefined) throw new Error('ConverseStream answered no stream');
      return withRefusals(answer.stream as AsyncIterable<ConverseEvent>);
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

async function* withRefusals(events: AsyncIterable<ConverseEvent>): AsyncIterable<ConverseEvent> {
  try {
    yield* events;
  } catch (error) {
    throw refusalOf(error);
  }
}

type Refusal = ConstructorParameters<typeof DaypassError>;

const overloaded: Refusal = [
  'model_overloaded',
  'The model has too much to do right now. Try again shortly.',
];
const noAccess: Refusal = [
  'model_failed',
  'This deployment has no access to the model yet. Tell its operator, or choose another model.',
];
const failed: Refusal = ['model_failed', 'The model failed on this request. Try again.'];

/** Bedrock's exceptions by name, those that arrive as answers and those that break a stream (API reference). */
const refusals: Record<string, Refusal> = {
  ThrottlingException: overloaded,
  ModelNotReadyException: overloaded,
  ServiceUnavailableException: overloaded,
  ServiceQuotaExceededException: overloaded,
  ModelTimeoutException: ['model_timeout', 'The model took too long. Try again, or ask for less.'],
  ModelErrorException: failed,
  ModelStreamErrorException: failed,
  InternalServerException: failed,
  AccessDeniedException: noAccess,
  ResourceNotFoundException: noAccess,
  TimeoutError: ['model_timeout', 'The model took too long. Try again, or ask for less.'],
};

/** Whole seconds a caller should wait where Bedrock names no time. */
const overloadWaitSeconds = 5;

function refusalOf(error: unknown): DaypassError {
  const { name = '', message: reason } = (error ?? {}) as Partial<Error>;
  if (name === 'ValidationException') {
    return new DaypassError('model_refused_request', `The model refused this request: ${reason}`, {
      cause: error,
    });
  }
  const [code, message] = refusals[name] ?? failed;
  const isOverload = code === 'model_overloaded';
  return new DaypassError(code, message, {
    cause: error,
    ...(isOverload && { retryAfterSeconds: overloadWaitSeconds }),
  });
}
