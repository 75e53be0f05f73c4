import type { AwsError } from '../../../service.ts';
import { type BedrockErrorName, bedrockError } from '../../errors.ts';
import { isObject } from '../../json-fields.ts';
import type { OpenAiServer } from './openai-server.ts';

const namesByStatus: Readonly<Record<number, BedrockErrorName>> = {
  400: 'ValidationException',
  401: 'AccessDeniedException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  413: 'ValidationException',
  422: 'ValidationException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
  504: 'ModelTimeoutException',
};

/** A model server's error under Bedrock's name for it, in the server's words. */
export async function statusError(response: Response, server: OpenAiServer): Promise<AwsError> {
  const full = messageOf(await response.text());
  // Some servers repeat the key they refuse.
  const message = server.apiKey === undefined ? full : full.replaceAll(server.apiKey, '…');
  // llama.cpp answers 503 "Loading model" until its weights are read.
  const loading = response.status === 503 && /loading/i.test(message);
  const name = loading ? 'ModelNotReadyException' : (namesByStatus[response.status] ?? 'ModelErrorException');
  return bedrockError(
    name,
    `The model server answered ${response.status}: ${message}${hintFor(response.status, server)}`,
  );
}

function hintFor(status: number, { apiKey, modelName }: OpenAiServer): string {
  if (status === 404 && modelName === undefined) return ' Set DAYPASS_MODEL_NAME to a model it has.';
  return status === 401 && apiKey === undefined ? ' Set DAYPASS_MODEL_API_KEY.' : '';
}

export function connectionError(url: URL, error: unknown): AwsError {
  const cause = error instanceof Error ? error.cause : undefined;
  const reason = isObject(cause) && typeof cause.code === 'string' ? cause.code : 'no answer';
  return bedrockError(
    'ServiceUnavailableException',
    `The model server at ${url.origin} (DAYPASS_MODEL_URL) can't be reached: ${reason}.`,
  );
}

/** OpenAI's, Ollama's and llama.cpp's error bodies; anything else is quoted in part. */
function messageOf(body: string): string {
  try {
    const { error, message } = JSON.parse(body);
    const text = isObject(error) ? error.message : (error ?? message);
    if (typeof text === 'string') return text;
  } catch {
    // Not JSON: quoted below.
  }
  return body.slice(0, 200);
}
