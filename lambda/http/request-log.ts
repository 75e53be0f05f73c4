import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { DaypassError } from '../../core/errors.ts';
import { describeCause, logger } from '../log.ts';
import { requestIdOf } from './api-request.ts';

/** Logs one line per request, with the cause of a 5xx. */
export function logRequest(
  event: APIGatewayProxyEvent,
  context: Context,
  { status, startedAt, error }: { status: number; startedAt: number; error: unknown },
): void {
  const { requestContext } = event;
  const fields = {
    requestId: requestIdOf(event, context),
    method: event.httpMethod,
    route: event.resource,
    status,
    durationMs: Math.round(performance.now() - startedAt),
    userId: requestContext.authorizer?.claims?.sub as string | undefined,
    apiKeyId: requestContext.identity.apiKeyId ?? undefined,
    ...(error instanceof DaypassError && { code: error.code }),
  };
  if (status >= 500) logger.error('request failed', { ...fields, cause: describeCause(error) });
  else logger.info('request', fields);
}
