import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type * as z from 'zod';
import { ignoredFields, ignoredHeaders } from '../../core/contract/ignored-fields.ts';
import { answerSeconds } from '../../core/contract/route-time.ts';
import { acting, whoActs } from '../acting.ts';
import { within } from '../call-time.ts';
import { withRequestId } from '../request-ids.ts';
import { answerHeaders } from './answer-headers.ts';
import { type ApiAnswer, type ApiRequest, requestIdOf, toApiRequest } from './api-request.ts';
import { type ToErrorBody, toErrorAnswer } from './error-answer.ts';
import { type BodyLimits, readJsonBody, smallBody } from './read-body.ts';
import { readRawBody } from './read-raw-body.ts';
import { logRequest, noteModel } from './request-log.ts';
import { callEnd, sourceEnded } from './streaming/call-end.ts';
import { validate } from './validate.ts';

/** How a route reads a request. */
export interface RouteInput<Body, Query> {
  /** Or what chooses it by the JSON that was sent. */
  body?: z.ZodType<Body> | ((json: unknown) => z.ZodType<Body>);
  bodyOptional?: boolean;
  bodyLimits?: BodyLimits;
  /** The name of the model that the JSON asks for, for the log line of a refusal: one of ours, never a caller's own words. */
  modelOf?: (json: unknown) => string | undefined;
  /** Hands the body on unparsed, as `bytes`, up to so many. */
  mostBytes?: number;
  query?: z.ZodType<Query>;
  /** @default OpenAI's shape, as on all our own routes */
  toErrorBody?: ToErrorBody;
  /** Bounds the time of all calls to AWS of a JSON route. @default answerSeconds */
  timeMs?: number;
  /** Called for a request that could not be read, and so never reaches the handler. */
  onUnread?: (request: ApiRequest, refusal: unknown) => Promise<void>;
}

type Work<Request, Content> = (request: Request) => Promise<ApiAnswer<Content>>;

export interface StreamingRequest<Body> extends ApiRequest<Body, undefined> {
  /** Aborts when the caller has left, or the function's time runs out: see call-end.ts. */
  signal: AbortSignal;
}

/** A route that answers JSON within a bounded time. */
export function jsonRoute<Body = undefined, Query = undefined>(
  input: RouteInput<Body, Query>,
  work: Work<ApiRequest<Body, Query>, unknown>,
) {
  const answer = answering(input, async (event, context: Context) => {
    const [{ ignored }, { status, body, headers, multiValueHeaders }] = await within(
      input.timeMs ?? answerSeconds * 1000,
      async () => {
        const request = await readRequest(event, context, input);
        const { id: requestId, clientAddress: address } = request;
        const caller = { as: 'anonymous', actorId: null, address, requestId } as const;
        const who = whoActs().as === 'operator' ? whoActs() : caller;
        return [request, await acting(who, () => work(request))] as const;
      },
    );
    const result = toResult(status, JSON.stringify(body), {
      'content-type': 'application/json',
      // Most answers are about a user or a key, and none is worth caching.
      'cache-control': 'no-store',
      ...ignoredHeaders(ignored),
      ...headers,
    });
    return multiValueHeaders === undefined
      ? result
      : { ...result, multiValueHeaders: { ...multiValueHeaders } as Record<string, string[]> };
  });
  return (event: APIGatewayProxyEvent, context: Context) =>
    withRequestId(requestIdOf(event, context), () => answer(event, context));
}

/**
 * A route whose answer is streamed as it comes. The invocation ends when the body's source has ended, whether or not the
 * caller still reads.
 */
export function streamingRoute<Body = undefined>(
  input: RouteInput<Body, undefined>,
  work: Work<StreamingRequest<Body>, string | Readable>,
) {
  const answer = answering(input, async (event, context: Context & { signal: AbortSignal }) => {
    const request = await readRequest(event, context, input);
    const { status, body, headers } = await work({ ...request, signal: context.signal });
    return toResult(status, body, { ...ignoredHeaders(request.ignored), ...headers });
  });
  return awslambda.streamifyResponse<APIGatewayProxyEvent, void>((event, stream, context) =>
    withRequestId(requestIdOf(event, context), async () => {
      const end = callEnd(stream, context);
      try {
        const { body, ...head } = await answer(event, { ...context, signal: end.signal });
        const response = awslambda.HttpResponseStream.from(stream, head);
        // Sends the head at once.
        response.write('');
        try {
          await send(body, response);
        } finally {
          await sourceEnded(body);
        }
      } finally {
        end.clear();
      }
    }),
  );
}

async function send(body: string | Readable, response: Writable): Promise<void> {
  if (typeof body !== 'string') return pipeline(body, response);
  await new Promise<void>((done, fail) => {
    response.once('error', fail);
    response.end(body, () => done());
  });
}

/** A refusal is always a text. */
type Result<Content> = Omit<APIGatewayProxyResult, 'body'> & { body: Content | string };

/**
 * Every route's pipeline. Middy runs `after` and `onError` from last to first: an error becomes an answer, then every answer
 * gets its headers and is logged.
 */
function answering<Content, RouteContext extends Context>(
  { toErrorBody }: Pick<RouteInput<unknown, unknown>, 'toErrorBody'>,
  work: (event: APIGatewayProxyEvent, context: RouteContext) => Promise<Result<Content>>,
) {
  return middy<APIGatewayProxyEvent, Result<Content>, Error, RouteContext>()
    .use(wholeEvent())
    .use(logRequest())
    .use(answerHeaders())
    .use(errorAnswer(toErrorBody))
    .handler(work);
}

async function readRequest<Body, Query>(
  event: APIGatewayProxyEvent,
  context: Context,
  input: RouteInput<Body, Query>,
): Promise<ApiRequest<Body, Query>> {
  const request = toApiRequest(event, context);
  try {
    return {
      ...request,
      ...(input.body === undefined
        ? { body: undefined as Body, ignored: [] }
        : readBody(event, input.body, input)),
      ...(input.mostBytes !== undefined && { bytes: readRawBody(event, input.mostBytes) }),
      query:
        input.query === undefined
          ? (undefined as Query)
          : validate(input.query, event.queryStringParameters ?? {}, 'query'),
    };
  } catch (error) {
    await input.onUnread?.(request, error);
    throw error;
  }
}

function readBody<Body>(
  event: APIGatewayProxyEvent,
  schema: NonNullable<RouteInput<Body, unknown>['body']>,
  { bodyOptional, bodyLimits, modelOf }: RouteInput<Body, unknown>,
): Pick<ApiRequest<Body>, 'body' | 'ignored'> {
  const json = readJsonBody(event, bodyLimits ?? smallBody);
  // Before it is checked, so that refusals of its fields have it too.
  if (modelOf !== undefined) noteModel(event, modelOf(json));
  const chosen = typeof schema === 'function' ? schema(json) : schema;
  const body = validate(chosen, json === undefined && bodyOptional === true ? {} : json, 'body');
  return { body, ignored: ignoredFields(json, body) };
}

function toResult<Content>(
  statusCode: number,
  body: Content,
  headers: Record<string, string>,
): Result<Content> {
  return { statusCode, headers, body };
}

type Middleware = middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

function errorAnswer(toErrorBody: ToErrorBody | undefined): Middleware {
  return {
    onError(request) {
      const requestId = requestIdOf(request.event, request.context);
      request.response = toErrorAnswer(request.error, requestId, toErrorBody);
    },
  };
}

/**
 * API Gateway sends null for missing parts of a call, contrary to their types also for headers if TestInvokeMethod (the
 * console's Test) makes the call. This makes missing headers empty and a missing body null, and names of headers lower case.
 */
function wholeEvent(): Middleware {
  return {
    before({ event }) {
      event.headers = inLowerCase(event.headers);
      event.multiValueHeaders = inLowerCase(event.multiValueHeaders);
      event.body ??= null;
    },
  };
}

function inLowerCase<T>(headers: Record<string, T> | null | undefined): Record<string, T> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
