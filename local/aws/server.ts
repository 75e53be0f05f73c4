import { randomUUID } from 'node:crypto';
import { type IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule, Faults } from '../faults.ts';
import { isLoopbackHost } from '../http/loopback-host.ts';
import { isFromPage } from '../http/web-page.ts';
import type { Log } from '../log.ts';
import type { CloudWatch } from './cloudwatch/cloudwatch.ts';
import { measureTableThrottle } from './cloudwatch/service-metrics.ts';
import { cutConnection } from './cut-connection.ts';
import { askedService, chooseService, type RoutedService } from './dispatch.ts';
import { errorAnswer } from './error-answer.ts';
import { faultError } from './fault-errors.ts';
import { listenH1AndH2c } from './listen-h1-h2c.ts';
import { RequestAborted, readBody } from './read-body.ts';
import { AwsError, type AwsRequest, type AwsResponse } from './service.ts';

const bodyLimitBytes = 25 * 1024 * 1024;

export interface AwsServer {
  readonly port: number;
  readonly url: string;
  /** Breaks open connections; resolves when the port is free. */
  close(): Promise<void>;
}

interface Dependencies {
  services: readonly RoutedService[];
  faults: Faults;
  log: Log;
  /** Gets what services measure. @default nothing is measured */
  cloudWatch?: Pick<CloudWatch, 'put'>;
}

/** The AWS control plane: every stand-in behind one port. @param options.port 0 for a free one */
export async function startAwsServer(options: Dependencies & { port: number }): Promise<AwsServer> {
  const listener = await listenH1AndH2c(options.port, (request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      options.log.warn('aws', `answering failed: ${describe(error)}`);
      cutConnection(request);
    });
  });
  return { ...listener, url: `http://localhost:${listener.port}` };
}

async function serve(deps: Dependencies, incoming: IncomingMessage, response: ServerResponse) {
  const startedAt = performance.now();
  let service: RoutedService | undefined;
  let operation: string | undefined;
  let answer: AwsResponse | 'dropped';
  const request: AwsRequest = {
    ...readHead(incoming),
    body: Buffer.of(),
    raw: { request: incoming, response },
  };
  try {
    refuseStrangers(request);
    request.body = await readBody(incoming, bodyLimitBytes);
    service = chooseService(deps.services, request);
    operation = service.operationName(request);
    answer = await applyWithFaults(deps.faults, service, operation, request);
  } catch (error) {
    if (error instanceof RequestAborted) return;
    if (error instanceof AwsError && service?.signingName === 'dynamodb' && deps.cloudWatch !== undefined)
      measureTableThrottle(deps.cloudWatch.put, operation, error, request.body);
    answer = refusal(error, request, service, (text) => deps.log.warn('aws', text));
  }
  if (answer === 'dropped') cutConnection(incoming);
  else if (!('handled' in answer)) send(response, request.requestId, answer);
  const outcome = answer === 'dropped' ? 'reply dropped' : 'handled' in answer ? 'streamed' : answer.status;
  const milliseconds = Math.round(performance.now() - startedAt);
  deps.log.detail('aws', `${service?.signingName ?? '-'} ${operation ?? '-'} ${outcome} ${milliseconds} ms`);
}

function readHead(request: IncomingMessage): Omit<AwsRequest, 'body' | 'raw'> {
  const target = request.url ?? '/';
  const queryAt = target.indexOf('?');
  return {
    requestId: randomUUID(),
    method: request.method ?? 'GET',
    path: queryAt === -1 ? target : target.slice(0, queryAt),
    query: new URLSearchParams(queryAt === -1 ? '' : target.slice(queryAt + 1)),
    headers: request.headers,
  };
}

/** This port gives access to every key and function. @throws AwsError for a call that a web page has sent */
function refuseStrangers({ headers }: AwsRequest): void {
  const host = headers.host ?? headers[':authority'];
  if (typeof host !== 'string' || !isLoopbackHost(host)) {
    throw new AwsError(
      'AccessDeniedException',
      'The local runtime answers to loopback host names only.',
      403,
    );
  }
  if (isFromPage(headers)) {
    throw new AwsError(
      'AccessDeniedException',
      'The AWS port takes no calls of web pages. Use an AWS SDK or the AWS CLI, which send neither Origin nor Sec-Fetch-Site.',
      403,
    );
  }
}

async function applyWithFaults(
  faults: Faults,
  service: RoutedService,
  operation: string | undefined,
  request: AwsRequest,
): Promise<AwsResponse | 'dropped'> {
  const call = { service: service.signingName, operation };
  const struck = faults.striking(call, ['delay', 'error', 'throttle', 'drop-reply']);
  const of = (...kinds: FaultRule['kind'][]) => struck.find(({ kind }) => kinds.includes(kind));

  const delayMs = of('delay')?.delayMs ?? 0;
  if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
  const failing = of('error', 'throttle');
  if (failing !== undefined) throw faultError(failing, service.signingName);
  if (of('drop-reply') === undefined) return service.handle(request);
  await service.handle({ ...request, raw: { ...request.raw, response: nowhere(request.raw.request) } });
  return 'dropped';
}

/** A response that goes nowhere, for operations that write their own answer. */
function nowhere(request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  const sink = new Socket();
  sink._write = (_chunk, _encoding, done) => done();
  sink._writev = (_chunks, done) => done();
  response.assignSocket(sink);
  return response;
}

function refusal(
  error: unknown,
  request: AwsRequest,
  service: RoutedService | undefined,
  warn: (text: string) => void,
): AwsResponse {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError('InternalFailure', 'The local runtime failed; its terminal says why.', 500);
  if (known !== error) warn(`${service?.signingName ?? 'no service'}: ${describe(error)}`);
  return (
    service?.serializeError?.(known, request.requestId) ?? errorAnswer(known, request, askedService(request))
  );
}

function send(
  response: ServerResponse,
  requestId: string,
  answer: Exclude<AwsResponse, { handled: true }>,
): void {
  if (response.destroyed) return;
  const headers = Object.entries(answer.headers ?? {});
  response.writeHead(answer.status, {
    'x-amzn-requestid': requestId,
    'content-length': Buffer.byteLength(answer.body),
    // The DynamoDB engine lets every origin read its answers.
    ...Object.fromEntries(headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'))),
  });
  response.end(answer.body);
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
