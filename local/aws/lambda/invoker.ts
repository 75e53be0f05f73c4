import type { Readable } from 'node:stream';

/** Lambda's Invoke and InvokeWithResponseStream, for API Gateway, schedules and triggers. */
export interface LambdaInvoker {
  /**
   * Runs a function to its end.
   * @param functionName its physical name
   * @returns the JSON text of the result; with `functionError` set it is Lambda's error object
   *   (`{"errorType","errorMessage","trace"}`), for example after a crash or `Task timed out after 3.00 seconds`
   */
  invoke(functionName: string, event: unknown): Promise<InvokeResult>;
  /**
   * Runs a response-streaming function. `body` carries the function's raw bytes (for HTTP integrations: JSON
   * prelude, eight NUL bytes, body). What isn't read yet is held, up to 10 MB a response and 256 MB together; past that
   * the function's writes wait. It errors when the function fails before its stream ended. Destroying `body` does not stop the function:
   * as on AWS it is drained until it ends.
   * @param readerGone informs the function, by the event `aborted` on its response stream, that its reader has
   *   left. AWS doesn't; the function may end early or not
   */
  invokeStreaming(functionName: string, event: unknown, readerGone?: AbortSignal): Promise<StreamingResult>;
}

export interface InvokeResult {
  payload: string;
  functionError?: 'Handled' | 'Unhandled';
  /** Of this execution, as its log names it. */
  requestId?: string;
  /** The last 4 KB of its log. */
  logTail?: string;
}

export interface StreamingResult {
  /** As set with `HttpResponseStream.from` or `setContentType`; `application/vnd.awslambda.http-integration-response` for HTTP. */
  contentType: string;
  body: Readable;
}
