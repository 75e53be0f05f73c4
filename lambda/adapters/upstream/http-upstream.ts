import type http from 'node:http';
import type { IncomingMessage } from 'node:http';
import type https from 'node:https';
import type { LookupFunction } from 'node:net';
import { createParser } from 'eventsource-parser';
import type { Upstream } from '../../../core/catalog.ts';
import type {
  SendUpstream,
  UpstreamAnswer,
  UpstreamCall,
  UpstreamEvent,
} from '../../../core/chat/upstream.ts';
import { DaypassError } from '../../../core/errors.ts';
import { requestIds } from '../../request-ids.ts';
import type { SignPost } from '../aws/sign-post.ts';
import { isPublicLiteral, PrivateAddressError, publicLookup } from './public-addresses.ts';

const connectMs = 5000;
/** How long an answer may be silent: reasoning models think for minutes, and a whole answer comes at its end. */
const silenceMs = { streamed: 120_000, whole: 840_000 };
/** Between an answer's terminator and its end. */
const endMs = 1000;
/** No answer of text is longer. A server that sends more is broken or hostile. */
const mostBytes = 32 * 1024 * 1024;
const mostErrorBytes = 64 * 1024;

type Target = Pick<Upstream, 'baseUrl' | 'privateNetwork'>;

interface Options {
  /** For an API of AWS. */
  sign?: SignPost;
  /** @default one that allows public addresses only, unless the network is private */
  lookup?: LookupFunction | undefined;
}

/** Calls of one provider's API over HTTP/1.1 with keep-alive. Redirects are not followed: node:http knows none. */
export function createHttpUpstream(
  { baseUrl, privateNetwork }: Target,
  { sign, lookup = privateNetwork ? undefined : publicLookup() }: Options = {},
): SendUpstream {
  const base = new URL(baseUrl);
  let opened: ReturnType<typeof open> | undefined;
  return async (call, signal) => {
    opened ??= open(base.protocol, lookup);
    const { transport, agent } = opened;
    if (!privateNetwork && !isPublicLiteral(base.hostname)) {
      throw unreachable(new PrivateAddressError('The base URL is an address that is not public'));
    }
    const url = new URL(`${base.pathname.replace(/\/$/, '')}${call.path}`, base);
    const headers = (await sign?.(url, call.headers, call.body)) ?? call.headers;
    const answer = toAnswer(await send(transport, url, { ...call, headers }, { agent, signal }));
    // OpenAI's name for it, Anthropic's and AWS's.
    requestIds().providerRequestId =
      answer.header('x-request-id') ?? answer.header('request-id') ?? answer.header('x-amzn-requestid');
    return answer;
  };
}

/** Loaded by the first call, since they would take half of a chat function's start. */
function open(protocol: string, lookup: LookupFunction | undefined) {
  const transport = process.getBuiltinModule(protocol === 'http:' ? 'node:http' : 'node:https');
  return { transport, agent: new transport.Agent({ keepAlive: true, ...(lookup && { lookup }) }) };
}

function send(
  transport: typeof http | typeof https,
  url: URL,
  call: UpstreamCall,
  options: { agent: http.Agent; signal: AbortSignal },
): Promise<IncomingMessage> {
  const { headers, body, streamed } = call;
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const request = transport.request(url, {
      ...options,
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body), 'accept-encoding': 'identity' },
    });
    const connecting = setTimeout(() => request.destroy(new Error('no connection in time')), connectMs);
    const connected = () => {
      isConnected = true;
      clearTimeout(connecting);
    };
    request.on('socket', (socket) => {
      // One that is kept alive is connected.
      if (request.reusedSocket) connected();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    let answer: IncomingMessage | undefined;
    request.setTimeout(streamed ? silenceMs.streamed : silenceMs.whole, () => {
      const silence = new SilenceError('the answer was silent for too long');
      // The answer's own error would be that of any broken connection.
      answer?.destroy(silence);
      request.destroy(silence);
    });
    request.on('response', (response) => {
      answer = response;
      resolve(response);
    });
    request.on('error', (error) => {
      clearTimeout(connecting);
      // Lambda freezes a function between calls, so it doesn't notice when a server ends an idle connection.
      const wasEndedIdle = request.reusedSocket && answer === undefined && isReset(error);
      if (options.signal.aborted) reject(error);
      else if (wasEndedIdle) resolve(send(transport, url, call, options));
      else reject(refusalOf(error, isConnected));
    });
    request.end(body);
  });
}

const isReset = ({ code }: NodeJS.ErrnoException) => code === 'ECONNRESET' || code === 'EPIPE';

class SilenceError extends Error {
  override name = 'TimeoutError';
}

function refusalOf(error: Error, isConnected: boolean): DaypassError {
  if (error instanceof SilenceError) return tookTooLong(error);
  // A connection that breaks before an answer may have brought the request there.
  return isConnected ? failed(error) : unreachable(error);
}

function toAnswer(response: IncomingMessage): UpstreamAnswer {
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    async text() {
      const most = response.statusCode === 200 ? mostBytes : mostErrorBytes;
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of reading(response)) {
        length += chunk.length;
        if (length > most && response.statusCode === 200) throw failed(new Error('the answer is too long'));
        if (length > most) break;
        chunks.push(chunk);
      }
      return Buffer.concat(chunks).toString('utf8');
    },
    events: () => eventsOf(response),
  };
}

async function* eventsOf(response: IncomingMessage): AsyncIterable<UpstreamEvent> {
  const ready: UpstreamEvent[] = [];
  const parser = createParser({
    maxBufferSize: mostBytes,
    onEvent: ({ event, data }) => ready.push({ event, data }),
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') throw failed(error);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of reading(response)) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    // OpenAI's terminator: some servers leave the connection open behind it.
    if (ready.at(-1)?.data === '[DONE]') response.socket.setTimeout(endMs);
    yield* ready.splice(0);
  }
}

/** An answer that breaks off is refused as such, one that is left early is not read to its end. */
async function* reading(response: IncomingMessage): AsyncIterable<Buffer> {
  try {
    yield* response as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof SilenceError ? tookTooLong(error) : failed(error);
  } finally {
    response.destroy();
  }
}

const waitSeconds = 5;

function unreachable(cause: unknown): DaypassError {
  return new DaypassError('service_unavailable', 'The model can’t be reached right now. Try again shortly.', {
    cause,
    retryAfterSeconds: waitSeconds,
  });
}

function failed(cause: unknown): DaypassError {
  return new DaypassError('model_failed', 'The model failed on this request. Try again.', { cause });
}

function tookTooLong(cause: unknown): DaypassError {
  return new DaypassError('model_timeout', 'The model took too long. Try again, or ask for less.', { cause });
}
