import type { APIGatewayProxyResult } from 'aws-lambda';
import { commonMessages, DaypassError } from '../../core/errors.ts';
import { isNetworkFailure } from '../call-time.ts';

/** Keeps our own refusals. A dependency that failed or hung becomes a 503; other errors reveal nothing. */
export function toDaypassError(error: unknown): DaypassError {
  if (error instanceof DaypassError) return error;
  if (isDependencyFailure(error)) {
    return new DaypassError(
      'service_unavailable',
      'A part of this service did not answer. Try again in a moment.',
      {
        retryAfterSeconds: 2,
        cause: error,
      },
    );
  }
  return new DaypassError('internal_error', commonMessages.internal_error, {
    cause: error,
  });
}

/** The body of a refusal in a route's dialect. */
export type ToErrorBody = (refusal: DaypassError, requestId: string) => unknown;

export function toErrorAnswer(
  error: unknown,
  requestId: string,
  toErrorBody: ToErrorBody = (refusal) => refusal.toBody(),
): APIGatewayProxyResult {
  const refusal = toDaypassError(error);
  return {
    statusCode: refusal.status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...refusal.headers },
    body: JSON.stringify(toErrorBody(refusal, requestId)),
  };
}

/** Whether the AWS SDK threw because a service was down, slow or throttling in all attempts. */
function isDependencyFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata: metadata, $fault: fault } = error as { $metadata?: unknown; $fault?: string };
  const thrownByService = metadata !== undefined && (fault === 'server' || throttles.has(error.name));
  return thrownByService || error.name === 'TimeoutError' || isNetworkFailure(error);
}

const throttles = new Set([
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'TransactionConflictException',
]);
