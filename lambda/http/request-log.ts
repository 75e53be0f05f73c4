import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { ErrorCode } from '../../core/errors.ts';
import { describeCause, logger } from '../log.ts';
import { refusalMetrics } from '../metrics.ts';
import { requestIdOf } from './api-request.ts';
import { toDaypassError } from './error-answer.ts';

const refused = (code: ErrorCode) => ({ code, ...refusalMetrics(code) });

const models = new WeakMap<APIGatewayProxyEvent, string | undefined>();

/** @param model what the event's own line names if the request is refused or fails */
export const noteModel = (event: APIGatewayProxyEvent, model: string | undefined) =>
  void models.set(event, model);

/** Logs one line per request, with the cause of a 5xx. */
export function logRequest(): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const startedAt = new WeakMap<object, number>();
  const finish: middy.MiddlewareFn<APIGatewayProxyEvent, APIGatewayProxyResult> = ({
    event,
    context,
    response,
    error,
  }) => {
    const status = response?.statusCode ?? 500;
    const { requestContext } = event;
    const fields = {
      requestId: requestIdOf(event, context),
      method: event.httpMethod,
      route: event.resource,
      status,
      durationMs: Math.round(performance.now() - (startedAt.get(event) ?? performance.now())),
      userId: requestContext.authorizer?.claims?.sub as string | undefined,
      apiKeyId: requestContext.identity.apiKeyId ?? undefined,
      ...(status >= 400 && { model: models.get(event), ...refused(toDaypassError(error).code) }),
    };
    if (status >= 500) logger.error('request failed', { ...fields, cause: describeCause(error) });
    else logger.info('request', fields);
  };
  return {
    before: ({ event }) => void startedAt.set(event, performance.now()),
    after: finish,
    onError: finish,
  };
}
