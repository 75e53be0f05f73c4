import { tooManyRequests } from '../errors.ts';
import type { TokenBuckets } from '../token-bucket.ts';

/**
 * AWS's own limits of the control plane, per account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const limits: Readonly<Record<string, { rate: number; burst: number }>> = {
  CreateApiKey: { rate: 5, burst: 5 },
  DeleteApiKey: { rate: 5, burst: 5 },
  UpdateUsagePlan: { rate: 1 / 20, burst: 1 },
};
const everyOther = { rate: 10, burst: 40 };

/** @throws TooManyRequestsException with `Retry-After` */
export function limitRate(buckets: TokenBuckets, operation: string): void {
  const own = limits[operation];
  const wait = own ? buckets.take(operation, own) : buckets.take('every other', everyOther);
  if (wait > 0) throw tooManyRequests(wait);
}
