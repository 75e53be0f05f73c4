import { bedrockError } from '../../errors.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import type { Model } from '../model-responder.ts';
import { readChatChunks } from './chat-chunks.ts';
import { connectionError, statusError } from './openai-errors.ts';
import type { OpenAiServer } from './openai-server.ts';
import { signReasoningParts } from './sign-reasoning-parts.ts';
import { toChatRequest } from './to-chat-request.ts';

/** Answers from any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, LM Studio. */
export function createOpenAiModel(server: OpenAiServer): Model {
  return {
    description: `the OpenAI-compatible server at ${server.url.origin}`,
    async *generate(request, { signal }) {
      const response = await post(server, request, signal);
      if (!response.ok) throw await statusError(response, server);
      const type = response.headers.get('content-type') ?? 'nothing';
      if (response.body === null || !type.startsWith('text/event-stream')) {
        await response.body?.cancel();
        throw bedrockError('ModelErrorException', `The model server answered ${type}, not an event stream.`);
      }
      yield* signReasoningParts(readChatChunks(response.body, signal), request.modelId);
    },
  };
}

async function post({ apiKey, modelName, url }: OpenAiServer, request: ConverseRequest, signal: AbortSignal) {
  const body = JSON.stringify(toChatRequest(request, modelName ?? request.modelId));
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw connectionError(url, error);
  }
}
