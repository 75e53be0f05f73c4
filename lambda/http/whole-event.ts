import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/**
 * API Gateway writes null for a part that a call doesn't have: for its headers too when the console's Test makes the
 * call, or TestInvokeMethod, though their type says otherwise. Behind this they are empty, and absent is null.
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
