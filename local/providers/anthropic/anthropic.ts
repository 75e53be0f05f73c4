import type { RoutedService } from '../../aws/dispatch.ts';
import type { AwsRequest } from '../../aws/service.ts';
import type { Faults } from '../../faults.ts';
import { ApiError, createStandIn, keyOf } from '../stand-in.ts';
import { countMessageTokens, message } from './messages.ts';

/** Anthropic's API, as far as chats need it. */
export function createAnthropic(deps: { faults: Faults; pauseMs: number }): RoutedService {
  return createStandIn(
    {
      name: 'anthropic',
      operations: {
        '/v1/messages': { name: 'CreateMessage', answer: message },
        '/v1/messages/count_tokens': { name: 'CountMessageTokens', answer: countMessageTokens },
      },
      requireKey,
      errorBody,
      errorEvent: (error, requestId) =>
        `event: error\ndata: ${JSON.stringify(errorBody(error, requestId))}\n\n`,
    },
    deps,
  );
}

function requireKey(request: AwsRequest): void {
  if (!/^sk-ant-[\w-]{8,}$/.test(keyOf(request)) || request.headers.authorization !== undefined) {
    throw new ApiError(401, 'authentication_error', 'invalid x-api-key');
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(String(request.headers['anthropic-version']))) {
    throw new ApiError(400, 'invalid_request_error', 'anthropic-version: header is required');
  }
}

function errorBody({ message: text, type }: ApiError, requestId: string) {
  return { type: 'error', error: { type, message: text }, request_id: requestId };
}
