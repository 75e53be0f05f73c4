import type { Outcome, StreamSink } from './execution-environment.ts';

/** Runs one call to its outcome. @throws LambdaRefusal when it can't run */
export type RunCall = (
  functionName: string,
  event: unknown,
  sink: StreamSink,
) => Promise<Outcome & { requestId: string; logTail: string }>;
