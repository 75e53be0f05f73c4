import type { Readable } from 'node:stream';
import type { HeaderMap } from './header-map.ts';

/** A viewer's request on its way through the edge. */
export interface EdgeRequest {
  readonly id: string;
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly headers: HeaderMap;
  readonly viewerAddress: string;
  readonly viewerPort: number;
  /** Undefined when the request carries none. */
  readonly body: Readable | undefined;
}

/** An answer on its way to the viewer. */
export interface EdgeResponse {
  readonly status: number;
  readonly headers: HeaderMap;
  readonly body: Readable | Buffer | undefined;
  /** The `x-cache` header: where CloudFront says the answer came from. */
  readonly cacheResult: 'Miss' | 'Error' | 'FunctionGeneratedResponse' | 'FunctionExecutionError';
}

/** Where a behaviour's requests go. Failures to get an answer are thrown as OriginFailure. */
export interface Origin {
  /** @param signal aborted when the viewer is gone */
  fetch(request: EdgeRequest, signal: AbortSignal): Promise<EdgeResponse>;
}

export class OriginFailure extends Error {
  readonly status: 502 | 504;

  constructor(status: 502 | 504, message: string) {
    super(message);
    this.name = 'OriginFailure';
    this.status = status;
  }
}
