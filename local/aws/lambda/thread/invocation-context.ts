import type { ThreadCall } from '../thread-protocol.ts';

/** The handler's `context`, as Lambda fills it on Node.js 24. */
export function invocationContext(call: ThreadCall) {
  const startedAt = performance.now();
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: call.functionArn,
    awsRequestId: call.requestId,
    // By elapsed time, not by `Date`: moving the runtime's clock must not use up or extend a call's time.
    getRemainingTimeInMillis: () => Math.ceil(call.timeoutMilliseconds - (performance.now() - startedAt)),
  };
}
