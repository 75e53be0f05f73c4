import type { IncomingMessage } from 'node:http';
import type { Randomness } from '../../../randomness.ts';
import type { MappingSource } from '../rest-api/mapping-expressions.ts';
import type { Method, Resource, RestApi, Stage } from '../rest-api/rest-api.ts';

/** One HTTP call as it arrived, before its route is known. */
export interface Call {
  /** The caller's own if it sent `X-Amzn-RequestId`, so it identifies nothing. */
  readonly requestId: string;
  /** `x-amz-apigw-id`; callers can't choose it. */
  readonly extendedRequestId: string;
  /** Value of `x-amzn-trace-id`. */
  readonly traceId: string;
  /** Milliseconds since the epoch, by the runtime's clock. */
  readonly receivedAt: number;
  readonly httpMethod: string;
  readonly protocol: string;
  /** Stage included, query left out, as sent. */
  readonly path: string;
  /** Decoded, in the order sent. */
  readonly query: readonly (readonly [string, string])[];
  /** As sent: case, order and repetitions kept. */
  readonly headers: readonly (readonly [string, string])[];
  /** Of the TCP peer, whatever the headers say. */
  readonly sourceIp: string;
  readonly localPort: number | undefined;
  readonly host: string;
}

/** Where a call goes. */
export interface Route {
  readonly api: RestApi;
  readonly stage: Stage;
  readonly resource: Resource;
  readonly method: Method;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Who calls, as far as the method requires it. */
export interface Caller {
  readonly claims: Readonly<Record<string, string>> | undefined;
  readonly apiKey: { readonly id: string; readonly value: string } | undefined;
}

export function readCall(
  request: IncomingMessage,
  deps: { clock: { now(): number }; randomness: Randomness },
): Call {
  const target = request.url ?? '/';
  const queryAt = target.indexOf('?');
  const headers = headerPairs(request.rawHeaders);
  const receivedAt = deps.clock.now();
  return {
    ...requestIds(headers, deps.randomness),
    traceId: lastHeader(headers, 'x-amzn-trace-id') ?? newTraceId(receivedAt, deps.randomness),
    receivedAt,
    httpMethod: request.method ?? 'GET',
    protocol: `HTTP/${request.httpVersion}`,
    path: queryAt === -1 ? target : target.slice(0, queryAt),
    query: queryAt === -1 ? [] : [...new URLSearchParams(target.slice(queryAt + 1))],
    headers,
    sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    localPort: request.socket.localPort,
    host: lastHeader(headers, 'host') ?? '',
  };
}

/** A header's token (RFC 9110), which is what API Gateway accepts as a request id. */
const acceptedId = /^[\w!#$%&'*+.^`|~-]{1,128}$/;

/**
 * A caller may choose `requestId` by `X-Amzn-RequestId`; an id of another form is ignored. `extendedRequestId` is API
 * Gateway's own, whatever the call carries ([AWS][1]).
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
 */
function requestIds(
  headers: Call['headers'],
  randomness: Randomness,
): Pick<Call, 'requestId' | 'extendedRequestId'> {
  const chosen = lastHeader(headers, 'x-amzn-requestid') ?? '';
  return {
    requestId: acceptedId.test(chosen) ? chosen : randomness.uuid(),
    extendedRequestId: `${randomness.bytes(11).toString('base64url')}=`,
  };
}

/** AWS gives functions the last of a repeated header. */
export const lastHeader = (headers: Call['headers'], name: string): string | undefined =>
  headers.findLast(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

/** @param caller absent until it is known */
export function mappingSource(
  call: Call,
  route: Partial<Route>,
  account: { accountId: string },
  caller?: Caller,
): MappingSource {
  const context = contextVariables(call, route, account, caller);
  return {
    context: (name) =>
      name.startsWith('authorizer.claims.')
        ? caller?.claims?.[name.slice('authorizer.claims.'.length)]
        : context[name],
    stageVariable: (name) => route.stage?.variables?.[name],
    request: (part, name) => {
      if (part === 'header') return lastHeader(call.headers, name);
      if (part === 'path') return route.pathParameters?.[name];
      return call.query.findLast(([key]) => key === name)?.[1];
    },
  };
}

function contextVariables(
  call: Call,
  { api, stage, resource }: Partial<Route>,
  { accountId }: { accountId: string },
  caller: Caller | undefined,
): Record<string, string | undefined> {
  return {
    accountId,
    apiId: api?.id,
    domainName: call.host,
    domainPrefix: call.host.split(/[.:]/, 1)[0],
    extendedRequestId: call.extendedRequestId,
    httpMethod: call.httpMethod,
    'identity.apiKey': caller?.apiKey?.value,
    'identity.apiKeyId': caller?.apiKey?.id,
    'identity.sourceIp': call.sourceIp,
    'identity.userAgent': lastHeader(call.headers, 'user-agent'),
    path: call.path,
    protocol: call.protocol,
    requestId: call.requestId,
    requestTime: requestTime(call.receivedAt),
    requestTimeEpoch: String(call.receivedAt),
    resourceId: resource?.id,
    resourcePath: resource?.path,
    stage: stage?.name,
    xrayTraceId: call.traceId,
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `09/Apr/2015:12:34:56 +0000` */
export function requestTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  const day = String(time.getUTCDate()).padStart(2, '0');
  return `${day}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
}

function headerPairs(raw: readonly string[]): [string, string][] {
  const names = raw.filter((_, index) => index % 2 === 0);
  return names.map((name, index) => [name, raw[index * 2 + 1] ?? '']);
}

const newTraceId = (now: number, randomness: Randomness): string =>
  `Root=1-${Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')}-${randomness.bytes(12).toString('hex')}`;
