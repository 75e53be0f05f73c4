import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { LambdaInvoker } from '../../lambda/invoker.ts';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';
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

function relay(body: Readable, { call, response }: Invocation, watch: Watch): Promise<void> {
  const splitter = createPreludeSplitter();
  let begun = false;
  const take = (chunk: Buffer) => {
    watch.refresh();
    if (watch.isAbandoned() || response.destroyed) return;
    const split = begun ? { body: chunk } : splitter.push(chunk);
    if (split === undefined) return;
    if ('prelude' in split) start(split.prelude, response, call);
    begun = true;
    if (split.body.length === 0 || response.write(split.body)) return;
    // Waits for a slow reader, or for it to leave.
    body.pause();
    const go = () => {
      response.off('drain', go).off('close', go);
      body.resume();
    };
    response.on('drain', go).on('close', go);
  };
  return new Promise((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        body.destroy();
        reject(error);
      }
    });
    body.on('error', reject);
    body.on('end', () => {
      const isGone = watch.isAbandoned() || response.destroyed;
      if (!isGone && !begun) reject(new Error('the stream ended before its prelude did'));
      if (!isGone && begun) response.end();
      resolve();
    });
  });
}

function start(prelude: string, response: ServerResponse, call: Call): void {
  const head = parseStreamedHead(prelude);
  if (head === undefined) throw new Error('malformed prelude');
  writeHead(response, call, { ...head, contentType: 'application/json' });
  response.flushHeaders();
}
