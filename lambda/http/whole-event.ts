import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/**
 * API Gateway sends null for missing parts of a call, contrary to their types also for headers if TestInvokeMethod (the
 * console's Test) makes the call. This makes missing headers empty and a missing body null.
 */
export function wholeEvent(): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before({ event }) {
      event.headers ??= {};
      event.multiValueHeaders ??= {};
      event.body ??= null;
    },
  };
}
