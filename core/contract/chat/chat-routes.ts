import * as z from 'zod';
import { ignoredHeaderContract } from '../ignored-fields.ts';
import type { RouteContract } from '../route-contract.ts';
import { slowRouteSeconds } from '../route-time.ts';
import { chatCompletion } from './chat-completion.ts';
import { chatCompletionBody } from './chat-completion-request.ts';
import { embeddingBody, embeddingList } from './embeddings.ts';
import { message, tokensCount } from './message.ts';
import { countTokensBody, messageBody } from './message-request.ts';
import {
  anthropicModel,
  anthropicModelList,
  anthropicVersion,
  modelAnswer,
  modelList,
} from './model-list.ts';
import { response } from './response.ts';
import { responseBody } from './response-request.ts';

/** Of a key that is unknown or may not make this call. */
const keyErrors = ['invalid_api_key', 'model_not_allowed', 'host_not_allowed', 'model_not_found'] as const;

/** What any metered call may be refused with. */
const chatErrors = [
  'unsupported_parameter',
  'context_length_exceeded',
  'model_refused_request',
  ...keyErrors,
  'quota_exceeded',
  'rate_limit_exceeded',
  'ceiling_reached',
  'model_failed',
  'model_overloaded',
  'model_timeout',
  'provider_key_required',
  'provider_key_refused',
] as const;

/** The most that Lambda and API Gateway allow a streamed answer. */
const chatSeconds = 900;

const answered =
  'The answer; with `stream`, as server-sent events. If a whole answer fails after more than 40 seconds, when its status has already been sent, the body holds the error instead. From a model whose provider speaks this API itself, it is the provider’s own answer, which may have other fields';

export const chatRoutes = {
  createChatCompletion: {
    method: 'post',
    path: '/v1/chat/completions',
    access: 'key',
    transfer: 'stream',
    timeoutSeconds: chatSeconds,
    summary: 'Chat in OpenAI’s Chat Completions format',
    body: chatCompletionBody,
    answers: {
      200: {
        description: answered,
        schema: chatCompletion,
        streams: true,
        headers: ignoredHeaderContract,
      },
    },
    errors: chatErrors,
  },
  createConsoleChatCompletion: {
    method: 'post',
    path: '/v1/console/chat/completions',
    access: 'login',
    transfer: 'stream',
    timeoutSeconds: chatSeconds,
    summary: 'Chat as the console does: by a login, charged to one of your own keys',
    headers: {
      'x-daypass-key-id': {
        description:
          'The id of the key to charge. Its limits, models and hosts hold as if the call came with it',
        required: true,
        schema: z.string(),
      },
    },
    body: chatCompletionBody,
    answers: {
      200: {
        description: answered,
        schema: chatCompletion,
        streams: true,
        headers: ignoredHeaderContract,
      },
    },
    errors: [...chatErrors, 'not_found'],
  },
  createMessage: {
    method: 'post',
    path: '/v1/messages',
    access: 'key',
    transfer: 'stream',
    timeoutSeconds: chatSeconds,
    summary: 'Chat in Anthropic’s Messages format',
    body: messageBody,
    answers: {
      200: {
        description: answered,
        schema: message,
        streams: true,
        headers: ignoredHeaderContract,
      },
    },
    errors: chatErrors,
    refusals: 'anthropic',
  },
  countMessageTokens: {
    method: 'post',
    path: '/v1/messages/count_tokens',
    access: 'key',
    unmetered: true,
    timeoutSeconds: slowRouteSeconds,
    summary: 'Count the tokens of a Messages request; not charged',
    body: countTokensBody,
    answers: { 200: { description: 'The count', schema: tokensCount, headers: ignoredHeaderContract } },
    errors: [
      'unsupported_parameter',
      'context_length_exceeded',
      'model_refused_request',
      ...keyErrors,
      'rate_limit_exceeded',
      'model_failed',
      'model_overloaded',
      'model_timeout',
      'provider_key_required',
      'provider_key_refused',
    ],
    refusals: 'anthropic',
  },
  createResponse: {
    method: 'post',
    path: '/v1/responses',
    access: 'key',
    transfer: 'stream',
    timeoutSeconds: chatSeconds,
    summary: 'Chat in OpenAI’s Responses format; nothing is stored',
    body: responseBody,
    answers: {
      200: {
        description: answered,
        schema: response,
        streams: true,
        headers: ignoredHeaderContract,
      },
    },
    errors: chatErrors,
  },
  createEmbedding: {
    method: 'post',
    path: '/v1/embeddings',
    access: 'key',
    transfer: 'stream',
    timeoutSeconds: 120,
    summary: 'Embed texts in OpenAI’s format',
    body: embeddingBody,
    answers: {
      200: {
        description:
          'A vector for each text, in order. If the answer fails after more than 40 seconds, when its status has already been sent, the body holds the error instead',
        schema: embeddingList,
        headers: ignoredHeaderContract,
      },
    },
    errors: chatErrors,
  },
  listModels: {
    method: 'get',
    path: '/v1/models',
    access: 'public',
    summary: 'List the models, those for embeddings included',
    headers: anthropicVersion,
    answers: {
      200: {
        description: 'Every model',
        schema: modelList,
        otherSchema: anthropicModelList,
      },
    },
    errors: [],
  },
  getModel: {
    method: 'get',
    path: '/v1/models/{id}',
    access: 'public',
    summary: 'Get one model',
    headers: anthropicVersion,
    pathParameters: { id: 'The model’s public name' },
    answers: { 200: { description: 'The model', schema: modelAnswer, otherSchema: anthropicModel } },
    errors: ['model_not_found'],
  },
} as const satisfies Record<string, RouteContract>;
