import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { LambdaInvoker } from '../../lambda/invoker.ts';
import { GatewayFailure } from '../rest-api/gateway-response-types.ts';
import type { LambdaIntegration } from '../rest-api/integration.ts';
import type { Call } from './call.ts';
import { integrationFailure } from './integration-failure.ts';
import { createPreludeSplitter } from './prelude.ts';
import { parseStreamedHead } from './proxy-answer.ts';
import { writeHead } from './write-answer.ts';

/** How long a Regional API waits for a silent stream. */
const idleLimitMilliseconds = 5 * 60_000;

interface Invocation {
  call: Call;
  response: ServerResponse;
  integration: LambdaIntegration;
  event: unknown;
}

/**
 * Passes a function's stream on to the caller. When the caller leaves, or the time is over, the function is informed,
 * and the rest of its stream is read and discarded: as on AWS it runs to its end, only sooner if it listens.
 * @throws GatewayFailure while nothing has been sent; after that a failure breaks the connection
 */
export function invokeStreaming(
  lambda: Pick<LambdaInvoker, 'invokeStreaming'>,
  invocation: Invocation,
): Promise<void> {
  const { response, integration, event } = invocation;
  return new Promise((resolve, reject) => {
    const readerGone = new AbortController();
    let abandoned = false;
    const fail = (failure: GatewayFailure) => {
      abandoned = true;
      readerGone.abort();
      if (response.headersSent) response.destroy();
      reject(failure);
    };
    const overdue = () => fail(new GatewayFailure('INTEGRATION_TIMEOUT'));
    const timer = setTimeout(overdue, integration.timeoutMilliseconds);
    const idle = setTimeout(overdue, idleLimitMilliseconds);
    const stop = () => {
      clearTimeout(timer);
      clearTimeout(idle);
    };
    const leave = () => {
      stop();
      if (!response.writableFinished) readerGone.abort();
    };
    // The caller may have left while the request was being read.
    if (response.destroyed) leave();
    response.once('close', leave);
    lambda
      .invokeStreaming(integration.functionName, event, readerGone.signal)
      .then(({ body }) => {
        const refresh = () => void (abandoned || response.destroyed || idle.refresh());
        return relay(body, invocation, { refresh, isAbandoned: () => abandoned });
      })
      .then(resolve, (error: unknown) => fail(integrationFailure(error)))
      .finally(stop);
  });
}

interface Watch {
  refresh(): void;
  /** Whether the caller has got another answer: the rest is read only to be discarded. */
  isAbandoned(): boolean;
}

async function relay(body: Readable, { call, response }: Invocation, watch: Watch): Promise<void> {
  const splitter = createPreludeSplitter();
  let begun = false;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    watch.refresh();
    if (watch.isAbandoned() || response.destroyed) continue;
    if (begun) {
      await pass(chunk, response);
      continue;
    }
    const split = splitter.push(chunk);
    if (split === undefined) continue;
    begun = true;
    start(split.prelude, response, call);
    await pass(split.body, response);
  }
  if (watch.isAbandoned() || response.destroyed) return;
  if (!begun) throw new Error('the stream ended before its prelude did');
  response.end();
}

function start(prelude: string, response: ServerResponse, call: Call): void {
  const head = parseStreamedHead(prelude);
  if (head === undefined) throw new Error('malformed prelude');
  writeHead(response, call, { ...head, contentType: 'application/json' });
  response.flushHeaders();
}

/** Waits for a slow reader, or for it to leave. */
async function pass(chunk: Buffer, response: ServerResponse): Promise<void> {
  if (chunk.length === 0 || response.write(chunk)) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}
