import type { ConverseRequest } from '../converse-request.ts';
import { bedrockError } from '../errors.ts';
import { readChatChunks } from './openai-chunks.ts';
import { connectionError, statusError } from './openai-errors.ts';
import type { TextModel } from './text-responder.ts';

export interface OpenAiServer {
  /** Where chat completions are posted. */
  url: URL;
  /** Sent instead of the Bedrock model id. */
  modelName: string | undefined;
}

/** Answers from any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, LM Studio. */
export function createOpenAiModel(server: OpenAiServer): TextModel {
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
      yield* readChatChunks(response.body, signal);
    },
  };
}

async function post({ url, modelName }: OpenAiServer, request: ConverseRequest, signal: AbortSignal) {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(toChatRequest(request, modelName ?? request.modelId)),
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw connectionError(url, error);
  }
}

/**
 * Stop sequences stay here: OpenAI's `finish_reason` can't tell one from a natural end, so the text is scanned
 * as it comes and the server's generation is aborted at the first.
 */
function toChatRequest(request: ConverseRequest, model: string) {
  const system = request.system.map((content) => ({ role: 'system', content }));
  const messages = request.messages.map(({ role, texts }) => ({ role, content: texts.join('\n') }));
  return {
    model,
    messages: [...system, ...messages],
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
  };
}
