import type { TooManyRequestsException } from '@aws-sdk/client-api-gateway';
import { DaypassError, ThrottledError } from '../../../core/errors.ts';

/** @throws ThrottledError, or DaypassError `service_unavailable` if the account can hold no more keys */
export async function refusingThrottles<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name = '', retryAfterSeconds } = error as Partial<Omit<TooManyRequestsException, 'name'> & Error>;
    if (name === 'LimitExceededException') throw accountIsFull(error);
    if (name !== 'TooManyRequestsException') throw error;
    throw throttled(error, Number(retryAfterSeconds ?? 5) || 5);
  }
}

export function throttled(cause: unknown, retryAfterSeconds: number): ThrottledError {
  return new ThrottledError(
    'API Gateway',
    'Many keys are being created or changed right now. Try again in a moment.',
    { retryAfterSeconds, cause },
  );
}

/** 10,000 keys per account and Region, a fixed quota. docs/scale.md says what to do about it. */
function accountIsFull(cause: unknown): DaypassError {
  return new DaypassError(
    'service_unavailable',
    'This service can’t create any more keys. Tell its operator.',
    {
      retryAfterSeconds: 3600,
      cause,
    },
  );
}
