import { Readable } from 'node:stream';
import type { RunCall } from './execution-environment.ts';
import { LambdaFunctionError } from './invocation-errors.ts';
import type { StreamingResult } from './invoker.ts';
import { createResponseBody, type ResponseBody } from './response-body.ts';
import type { ResponseMemory } from './response-memory.ts';

/**
 * Lambda's InvokeWithResponseStream. Resolves as the response begins.
 * @throws LambdaFunctionError when the function fails before that; LambdaRefusal when it never ran
 */
export function invokeStreaming(
  { run, memory }: { run: RunCall; memory: ResponseMemory },
  functionName: string,
  event: unknown,
  readerGone: AbortSignal | undefined,
): Promise<StreamingResult> {
  const { promise, resolve, reject } = Promise.withResolvers<StreamingResult>();
  let body: ResponseBody | undefined;
  let hasEnded = false;
  const sink = {
    readerGone,
    open(contentType: string, credit: (bytes: number) => void) {
      body = createResponseBody(credit, memory);
      resolve({ contentType, body: body.readable });
    },
    chunk: (bytes: Uint8Array) => body?.receive(bytes),
    end() {
      hasEnded = true;
      body?.end();
    },
  };
  run(functionName, event, sink).then((outcome) => {
    if (!outcome.ok) {
      const error = new LambdaFunctionError(outcome.error);
      reject(error);
      // After the end the caller has the whole response; the failure is in the log.
      if (!hasEnded) body?.fail(error);
    } else if (outcome.payload !== undefined) {
      resolve({ contentType: 'application/json', body: Readable.from([Buffer.from(outcome.payload)]) });
    }
  }, reject);
  return promise;
}
