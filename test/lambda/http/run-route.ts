import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { LoadedFunction } from '../../../local/aws/lambda/thread/awslambda-global.ts';
import type { ResponseStream } from '../../../local/aws/lambda/thread/response-stream.ts';
import { runHandler } from '../../../local/aws/lambda/thread/run-handler.ts';

const call = {
  requestId: 'invocation-1',
  traceId: 'Root=1-0-0',
  functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:test',
  timeoutMilliseconds: 15_000,
};
const context = { getRemainingTimeInMillis: () => 15_000 } as Context;

/** Runs a buffered route as Lambda does: what it returns has been JSON on the way. */
export async function runRoute(
  route: (event: APIGatewayProxyEvent, context: Context) => unknown,
  event: APIGatewayProxyEvent,
): Promise<APIGatewayProxyResult & { headers: Record<string, string> }> {
  return JSON.parse(JSON.stringify(await route(structuredClone(event), context)));
}

export interface StreamedAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export interface StreamingRun {
  timeoutMilliseconds: number;
  /** How much may be written that nobody reads. */
  windowBytes: number;
}

/** Runs a streaming route on the stand-in’s own response stream, takes prelude and body apart, and unpacks gzip. */
export async function runStreamingRoute(
  route: unknown,
  event: APIGatewayProxyEvent,
  /** Given the response stream as the run begins. */
  onStream: (stream: ResponseStream) => void = () => {},
  {
    timeoutMilliseconds = call.timeoutMilliseconds,
    windowBytes = Number.POSITIVE_INFINITY,
  }: Partial<StreamingRun> = {},
): Promise<StreamedAnswer> {
  const chunks: Uint8Array[] = [];
  const sink = {
    open: () => {},
    chunk: (bytes: Uint8Array) => void chunks.push(bytes),
    end: () => {},
    waiting: () => {},
  };
  const started = { ...call, timeoutMilliseconds, event: JSON.stringify(event) };
  const run = runHandler(route as LoadedFunction['call'], started as never, sink, windowBytes);
  if (run.stream !== undefined) onStream(run.stream);
  await run.result;
  const bytes = Buffer.concat(chunks);
  const at = bytes.indexOf(Buffer.alloc(8));
  const prelude = JSON.parse(bytes.subarray(0, at).toString());
  const body = bytes.subarray(at + 8);
  const isGzip = prelude.headers['content-encoding'] === 'gzip';
  return { ...prelude, body: (isGzip ? gunzipSync(body) : body).toString() };
}
