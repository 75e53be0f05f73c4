import { LambdaThrottled } from '../../lambda/invocation-errors.ts';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';

/**
 * API Gateway doesn't pass on that Lambda throttles: it answers INTEGRATION_FAILURE, without an override as a 500
 * (https://repost.aws/questions/QUL-z6rJbmR4meafB7MzYXxw).
 */
export function integrationFailure(error: unknown): GatewayFailure {
  const status = error instanceof LambdaThrottled ? { status: 500 } : {};
  return new GatewayFailure('INTEGRATION_FAILURE', status);
}
