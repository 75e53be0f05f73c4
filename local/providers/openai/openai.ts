import type { RoutedService } from '../../aws/dispatch.ts';
import type { Faults } from '../../faults.ts';
import { ApiError, createStandIn, keyOf } from '../stand-in.ts';
import { chatCompletion } from './chat-completions.ts';
import { embeddings } from './embeddings.ts';
import { response } from './responses.ts';

/** OpenAI's API, as far as chats and embeddings need it. */
export function createOpenAi(deps: { faults: Faults; pauseMs: number }): RoutedService {
  return createStandIn(
    {
      name: 'openai',
      operations: {
        '/v1/chat/completions': { name: 'CreateChatCompletion', answer: chatCompletion },
        '/v1/embeddings': { name: 'CreateEmbedding', answer: embeddings },
        '/v1/responses': { name: 'CreateResponse', answer: response },
      },
      requireKey(request) {
        const key = keyOf(request);
        if (/^sk-[\w-]{8,}$/.test(key)) return;
        throw new ApiError(
          401,
          'invalid_request_error',
          `Incorrect API key provided: ${key.slice(0, 3)}***. You can find your API key at https://platform.openai.com/account/api-keys.`,
          { code: 'invalid_api_key' },
        );
      },
      errorBody,
      errorEvent: (error) => `data: ${JSON.stringify(errorBody(error))}\n\n`,
    },
    deps,
  );
}

/** Bedrock's own endpoint for OpenAI's API, `/openai/v1`, whose calls are signed. */
export function createBedrockOpenAi(deps: { faults: Faults; pauseMs: number }): RoutedService {
  const withModel = (answer: typeof chatCompletion) => (body: unknown) => answer(atBedrock(body));
  return createStandIn(
    {
      name: 'bedrock',
      root: '/openai',
      operations: {
        '/v1/chat/completions': { name: 'CreateChatCompletion', answer: withModel(chatCompletion) },
        '/v1/responses': { name: 'CreateResponse', answer: withModel(response) },
      },
      requireKey() {},
      errorBody,
      errorEvent: (error) => `data: ${JSON.stringify(errorBody(error))}\n\n`,
    },
    deps,
  );
}

/** Bedrock's ids name the vendor, and the Regions of an inference profile. */
function atBedrock(body: unknown): unknown {
  const { model } = (body ?? {}) as { model?: unknown };
  const own = /^(?:[a-z-]+\.)?openai\.(.+)$/.exec(String(model))?.[1];
  if (own !== undefined) return { ...(body as object), model: own };
  throw new ApiError(404, 'invalid_request_error', `The model '${model}' does not exist.`, {
    code: 'model_not_found',
  });
}

function errorBody({ message, type, details }: ApiError) {
  return { error: { message, type, param: details.param ?? null, code: details.code ?? null } };
}
