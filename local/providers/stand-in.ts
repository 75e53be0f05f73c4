import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { cutConnection } from '../aws/cut-connection.ts';
import type { RoutedService } from '../aws/dispatch.ts';
import type { AwsRequest, AwsResponse } from '../aws/service.ts';
import type { FaultRule, Faults } from '../faults.ts';

/** A request that a provider's API refuses. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly details: { code?: string | null; param?: string | null };

  constructor(
    status: number,
    type: string,
    message: string,
    details: { code?: string | null; param?: string | null } = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.details = details;
  }
}

/** What an API answers: JSON, or the text of server-sent events. */
export type ApiAnswer = { json: unknown } | { events: readonly string[] };

interface StandIn {
  /** Its name in fault rules, and in the path below which it answers. */
  name: 'openai' | 'anthropic' | 'bedrock';
  /** @default `/_stand-in/NAME` */
  root?: string;
  /** By path below the base URL. */
  operations: Readonly<
    Record<string, { name: string; answer(body: unknown, request: AwsRequest): ApiAnswer }>
  >;
  /** @throws ApiError */
  requireKey(request: AwsRequest): void;
  errorBody(error: ApiError, requestId: string): unknown;
  /** One event that ends a stream by an error. */
  errorEvent(error: ApiError, requestId: string): string;
}

interface Deps {
  faults: Faults;
  /** Between the events of a stream. */
  pauseMs: number;
}

const streamKinds = ['cut', 'mid-stream-error'] as const;
const mostRemembered = 50;

/**
 * A stand-in for a provider's API, at `/_stand-in/NAME` of the AWS port. `GET /_stand-in/NAME/requests` has the last
 * requests that came, as they came.
 */
export function createStandIn(standIn: StandIn, { faults, pauseMs }: Deps): RoutedService {
  const { root = `/_stand-in/${standIn.name}` } = standIn;
  const received: { path: string; keyEnd: string; headers: unknown; body: unknown }[] = [];
  const operationOf = ({ path, method }: AwsRequest) =>
    method === 'POST' ? standIn.operations[path.slice(root.length)] : undefined;

  const handle = async (request: AwsRequest): Promise<AwsResponse> => {
    if (request.method === 'GET' && request.path === `${root}/requests`) {
      return { status: 200, body: JSON.stringify({ data: received }) };
    }
    standIn.requireKey(request);
    const operation = operationOf(request);
    if (operation === undefined)
      throw new ApiError(404, 'not_found_error', `Unknown request URL: ${request.path}.`);
    const body = parsed(request.body);
    received.unshift({ path: request.path, keyEnd: keyOf(request).slice(-4), headers: shown(request), body });
    received.splice(mostRemembered);
    const answer = operation.answer(body, request);
    if ('json' in answer) return jsonAnswer(200, answer.json, request.requestId);
    const [fault] = faults.striking({ service: standIn.name, operation: operation.name }, streamKinds);
    await stream(answer.events, request, { fault, pauseMs, standIn });
    return { handled: true };
  };

  return {
    signingName: standIn.name,
    takesUnsigned: ({ path }) => path.startsWith(`${root}/`),
    operationName: (request) => operationOf(request)?.name,
    serializeError: (error, requestId) => {
      const known =
        error.status >= 500 || error.status === 429
          ? new ApiError(error.status, error.code, error.message)
          : new ApiError(error.status, 'invalid_request_error', error.message);
      return jsonAnswer(known.status, standIn.errorBody(known, requestId), requestId);
    },
    async handle(request) {
      try {
        return await handle(request);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return jsonAnswer(error.status, standIn.errorBody(error, request.requestId), request.requestId);
      }
    },
  };
}

async function stream(
  events: readonly string[],
  { raw, requestId }: AwsRequest,
  { fault, pauseMs, standIn }: { fault: FaultRule | undefined; pauseMs: number; standIn: StandIn },
): Promise<void> {
  const { response } = raw;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': requestId });
  const strikeAfter = fault === undefined ? events.length : Math.min(fault.afterEvents ?? 1, events.length);
  for (const event of events.slice(0, strikeAfter)) {
    if (response.destroyed) return;
    await written(response, event);
    if (pauseMs > 0) await pause(pauseMs, undefined, { ref: false });
  }
  if (fault?.kind === 'cut') cutConnection(raw.request);
  else if (fault === undefined) response.end();
  else {
    const error = new ApiError(
      500,
      fault.error ?? 'server_error',
      fault.message ?? 'Made to fail by a fault switch.',
    );
    response.end(standIn.errorEvent(error, requestId));
  }
}

function written(response: ServerResponse, text: string): Promise<unknown> {
  return new Promise((done) => response.write(text, done));
}

function jsonAnswer(status: number, json: unknown, requestId: string): AwsResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-request-id': requestId,
      ...(status === 429 && { 'retry-after': '3' }),
    },
    body: JSON.stringify(json),
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ApiError(400, 'invalid_request_error', 'We could not parse the JSON body of your request.');
  }
}

/** The key that a request came with, in either API's header. */
export function keyOf({ headers }: Pick<AwsRequest, 'headers'>): string {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  return bearer ?? String(headers['x-api-key'] ?? '');
}

function shown({ headers }: AwsRequest): Record<string, unknown> {
  const { authorization: _authorization, 'x-api-key': _key, ...rest } = headers;
  return rest;
}
