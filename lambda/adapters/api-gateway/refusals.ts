import { LimitExceededException, TooManyRequestsException } from '@aws-sdk/client-api-gateway';
import { DaypassError, ThrottledError } from '../../../core/errors.ts';

/** @throws ThrottledError, and DaypassError `service_unavailable` where the account is full */
export async function refusingThrottles<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LimitExceededException) throw accountIsFull(error);
    if (!(error instanceof TooManyRequestsException)) throw error;
    throw manyAtOnce(error, Number(error.retryAfterSeconds ?? 5) || 5);
  }
}

export function manyAtOnce(cause: unknown, retryAfterSeconds: number): ThrottledError {
  return new ThrottledError(
    'API Gateway',
    'Many keys are being made or changed right now. Try again in a moment.',
    { retryAfterSeconds, cause },
  );
}

/** 10,000 keys an account and Region, a fixed limit: docs/scale.md says what to do about it. */
function accountIsFull(cause: unknown): DaypassError {
  return new DaypassError('service_unavailable', 'This service can make no more keys. Tell its operator.', {
    retryAfterSeconds: 3600,
    cause,
  });
}
