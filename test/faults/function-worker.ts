// First, for what the handlers find when they load.
import './worker-globals.ts';

import { parentPort } from 'node:worker_threads';
import { handler as deleteMe } from '../../lambda/handlers/accounts/delete-me.ts';
import { handler as login } from '../../lambda/handlers/accounts/login.ts';
import { handler as chatCompletions } from '../../lambda/handlers/chat/chat-completions.ts';
import { handler as countMessageTokens } from '../../lambda/handlers/chat/count-message-tokens.ts';
import { handler as embeddings } from '../../lambda/handlers/chat/embeddings.ts';
import { handler as messages } from '../../lambda/handlers/chat/messages.ts';
import { handler as responses } from '../../lambda/handlers/chat/responses.ts';
import { handler as createApiKey } from '../../lambda/handlers/keys/create-api-key.ts';
import { handler as revokeApiKey } from '../../lambda/handlers/keys/revoke-api-key.ts';
import { handler as rotateApiKey } from '../../lambda/handlers/keys/rotate-api-key.ts';
import { handler as updateApiKey } from '../../lambda/handlers/keys/update-api-key.ts';
import { handler as usage } from '../../lambda/handlers/keys/usage.ts';
import { handler as oneTimeMessages } from '../../lambda/handlers/one-time-messages/one-time-messages.ts';
import { handler as providerKeys } from '../../lambda/handlers/provider-keys/provider-keys.ts';
import { handler as reconcile } from '../../lambda/handlers/schedules/reconcile.ts';
import { isStreaming, type LoadedFunction } from '../../local/aws/lambda/thread/awslambda-global.ts';
import { runHandler } from '../../local/aws/lambda/thread/run-handler.ts';
import { retainedBytes } from './retained-bytes.ts';
import { clockOffset } from './worker-globals.ts';

/** A thread or process that is several functions at once, as bundled for Lambda. It lives until it is ended. */
const functions = {
  'chat-completions': chatCompletions,
  'count-message-tokens': countMessageTokens,
  'create-api-key': createApiKey,
  'delete-me': deleteMe,
  embeddings,
  login,
  messages,
  'one-time-messages': oneTimeMessages,
  'provider-keys': providerKeys,
  reconcile,
  responses,
  'retained-bytes': retainedBytes,
  'revoke-api-key': revokeApiKey,
  'rotate-api-key': rotateApiKey,
  'update-api-key': updateApiKey,
  usage,
} as unknown as Record<string, LoadedFunction['call']>;

export type FunctionName =
  | 'chat-completions'
  | 'count-message-tokens'
  | 'create-api-key'
  | 'delete-me'
  | 'embeddings'
  | 'login'
  | 'messages'
  | 'one-time-messages'
  | 'provider-keys'
  | 'reconcile'
  | 'responses'
  | 'retained-bytes'
  | 'revoke-api-key'
  | 'rotate-api-key'
  | 'update-api-key'
  | 'usage';

export interface WorkerCall {
  id: number;
  name: FunctionName;
  event: unknown;
  offsetMs: number;
}

export interface WorkerAnswer {
  id: number;
  result?: unknown;
  error?: string;
}

const context = {
  requestId: 'invocation',
  traceId: 'Root=1-0-0',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
  // Longer than any call here: what a function's own timeout does is the matrix' `killed` columns.
  timeoutMilliseconds: 3_600_000,
};

const send = (message: WorkerAnswer) =>
  parentPort === null ? process.send?.(message) : parentPort.postMessage(message);

(parentPort ?? process).on('message', async ({ id, name, event, offsetMs }: WorkerCall) => {
  const answer: WorkerAnswer = { id };
  try {
    answer.result = await clockOffset.run(offsetMs, () => run(name, event));
  } catch (error) {
    answer.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  send(answer);
});

async function run(name: FunctionName, event: unknown): Promise<unknown> {
  const handler = functions[name];
  if (handler === undefined) throw new Error(`no function ${name}`);
  const chunks: Uint8Array[] = [];
  const sink = {
    open: () => {},
    chunk: (bytes: Uint8Array) => void chunks.push(bytes),
    end: () => {},
    waiting: () => {},
  };
  const call = { ...context, event: JSON.stringify(event) };
  const text = await runHandler(handler, call as never, sink, Number.POSITIVE_INFINITY).result;
  if (!isStreaming(handler)) return JSON.parse(text ?? 'null');
  const bytes = Buffer.concat(chunks);
  const at = bytes.indexOf(Buffer.alloc(8));
  return { ...JSON.parse(bytes.subarray(0, at).toString()), body: bytes.subarray(at + 8).toString() };
}
