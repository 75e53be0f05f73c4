import { randomUUID } from 'node:crypto';
import { isNetworkFailure } from '../../call-time.ts';
import { createConnectionPool } from './connection-pool.ts';
import { currentCredentials, forgetCredentials } from './credentials.ts';
import { type ConnectionBounds, ConnectionError, type Exchange, type Listener } from './http-connection.ts';
import { awsRegion } from './region.ts';
import { createSign } from './signature-v4.ts';

/** What a service refused, with the fields by which the SDK's exceptions are known. */
export class AwsError extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: { httpStatusCode: number };
  /** The service's clock, from the answer's head. */
  readonly date: number;
  /** Of failed conditions: see `ItemCalls` in table.ts. */
  Item?: Record<string, unknown>;
  CancellationReasons?: { Code?: string; Item?: Record<string, unknown> }[];

  constructor(name: string, message: string, status: number, date?: string | undefined) {
    super(message);
    this.name = name;
    this.$fault = status >= 500 ? 'server' : 'client';
    this.$metadata = { httpStatusCode: status };
    this.date = Date.parse(date ?? '');
  }
}

export interface AwsCall {
  /** @default POST */
  method?: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  /** JSON. */
  body: string;
}

export interface LightClientOptions extends ConnectionBounds {
  /** In signatures. */
  service: string;
  /** Of its host, and of `AWS_ENDPOINT_URL_…`. */
  endpoint: { prefix: string; variable: string };
  attempts: number;
}

/** Sends one attempt and reads its answer. @throws AwsError for an answer that refuses, ConnectionError */
export type Attempt<T> = (send: (listener: Listener) => Exchange) => Promise<T>;

/** As the SDK's (`@smithy/core` 3.26, `retries-2026-config.js`): the longest wait before the second attempt, doubled after. */
const firstWaitMs = 50;
const firstWaitThrottledMs = 1000;
const longestWaitMs = 20_000;
/** Retries use up this store, and successes refill it, so that an outage isn't answered with a multiple of the calls. */
const retryTokens = { all: 500, retry: 14, throttled: 5 };
/** A clock that is off by more than this is corrected by the service's. */
const skewMs = 240_000;

/** Milliseconds that AWS's clock is ahead of this one. */
let aheadMs = 0;

/**
 * Calls to one AWS service over a transport of our own, for the calls that every chat makes: what the SDK's client does
 * (signing, credentials, retries with back-off, correction of the clock, limits on time), at a fifth of its CPU.
 * test/lambda/adapters/aws/ holds it to the SDK.
 */
export function createLightClient({ service, endpoint, attempts, ...bounds }: LightClientOptions) {
  const region = awsRegion();
  const url = endpointUrl(endpoint, region);
  const host = url.host;
  const base = url.pathname.replace(/\/$/, '');
  const connections = createConnectionPool(url, bounds);
  const sign = createSign(service, region);
  let tokens = retryTokens.all;

  async function signed({ method = 'POST', ...call }: AwsCall): Promise<string> {
    const credentials = currentCredentials();
    const path = base + call.path;
    const headers = sign(
      { method, path, headers: { ...call.headers, host }, body: call.body },
      credentials instanceof Promise ? await credentials : credentials,
      Date.now() + aheadMs,
    );
    let head = `${method} ${path} HTTP/1.1\r\n`;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    return `${head}content-length: ${Buffer.byteLength(call.body)}\r\n\r\n${call.body}`;
  }

  return async function callAws<T>(
    { headers, ...rest }: AwsCall,
    signal: AbortSignal,
    attempt: Attempt<T>,
  ): Promise<T> {
    // As every SDK sends it: one id for all attempts of a call.
    const call = { ...rest, headers: { ...headers, 'amz-sdk-invocation-id': randomUUID() } };
    for (let tries = 1; ; tries += 1) {
      const request = await signed(call);
      signal.throwIfAborted();
      try {
        const answer = await attempt((listener) => connections.send(request, listener));
        tokens = Math.min(retryTokens.all, tokens + 1);
        return answer;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const kind = kindOf(error);
        const cost = kind === 'throttled' ? retryTokens.throttled : retryTokens.retry;
        if (kind === 'final' || tries >= attempts || tokens < cost) throw error;
        tokens -= cost;
        if (error instanceof ConnectionError && error.wasKept) connections.dropIdle();
        else await pause(waitMs(kind, tries - 1), signal);
      }
    }
  };
}

/** As the SDK chooses it: for one service, for all, or AWS's own. */
function endpointUrl({ prefix, variable }: LightClientOptions['endpoint'], region: string): URL {
  const { [`AWS_ENDPOINT_URL_${variable}`]: own, AWS_ENDPOINT_URL: all } = process.env;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(own || all || `https://${prefix}.${region}.${domain}`);
}

/** Also ends when the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

type Kind = 'final' | 'passing' | 'throttled';

function waitMs(kind: Kind, retry: number): number {
  const first = kind === 'throttled' ? firstWaitThrottledMs : firstWaitMs;
  return Math.random() * Math.min(longestWaitMs, first * 2 ** retry);
}

/** Whether a later attempt may succeed. Corrects what keeps it from that: a clock that is off, credentials that expired. */
function kindOf(error: unknown): Kind {
  if (error instanceof ConnectionError) {
    return error.name === 'TimeoutError' || isNetworkFailure(error) ? 'passing' : 'final';
  }
  if (!(error instanceof AwsError)) return 'final';
  const status = error.$metadata.httpStatusCode;
  if (status === 429 || throttles.has(error.name)) return 'throttled';
  if (passingStatuses.has(status) || error.name.startsWith('RequestTimeout')) return 'passing';
  if (expired.has(error.name) && forgetCredentials()) return 'passing';
  if (!skewed.has(error.name) || !(Math.abs(error.date - Date.now() - aheadMs) > skewMs)) return 'final';
  aheadMs = error.date - Date.now();
  return 'passing';
}

const passingStatuses = new Set([500, 502, 503, 504]);
const expired = new Set(['ExpiredTokenException', 'ExpiredToken', 'UnrecognizedClientException']);
const skewed = new Set([
  'AccessDeniedException',
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);
const throttles = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

/** Reads the whole answer. @param seen called with its headers @throws AwsError unless it succeeded */
export function wholeAnswer(
  signal: AbortSignal,
  seen?: (headers: ReadonlyMap<string, string>) => void,
): Attempt<Record<string, unknown>> {
  return (send) =>
    new Promise((resolve, reject) => {
      let head: { status: number; headers: ReadonlyMap<string, string> };
      const pieces: Buffer[] = [];
      const exchange = send({
        head(status, headers) {
          head = { status, headers };
        },
        data: (bytes) => void pieces.push(bytes),
        end() {
          stop();
          const text = (pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)).toString();
          try {
            if (head.status >= 300) throw refusal(head, text);
            seen?.(head.headers);
            resolve(JSON.parse(text));
          } catch (error) {
            reject(error);
          }
        },
        failed(error) {
          stop();
          reject(error);
        },
      });
      const stop = endWith(signal, exchange);
    });
}

/** Ends an exchange when the signal aborts. @returns what stops that */
export function endWith(signal: AbortSignal, exchange: Exchange): () => void {
  const abort = () => exchange.abort(new ConnectionError('AbortError', 'The call was aborted'));
  signal.addEventListener('abort', abort);
  return () => signal.removeEventListener('abort', abort);
}

/** The exception of an answer: named in a header by services with paths, in the body by the others. */
export function refusal(
  { status, headers }: { status: number; headers: ReadonlyMap<string, string> },
  text: string,
): AwsError {
  const body = parseObject(text);
  const type = headers.get('x-amzn-errortype') ?? body.__type ?? body.code ?? `Status${status}`;
  const name = String(type).split(':')[0]?.split('#').at(-1) ?? '';
  const message = String(body.message ?? body.Message ?? name);
  return Object.assign(new AwsError(name, message, status, headers.get('date')), {
    ...(body.Item !== undefined && { Item: body.Item }),
    ...(body.CancellationReasons !== undefined && { CancellationReasons: body.CancellationReasons }),
  });
}

/** Proxies before a service answer in HTML. */
function parseObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
