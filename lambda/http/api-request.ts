import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { DaypassError } from '../../core/errors.ts';
import { clientAddress, edgeHost, withoutEdgeHeaders } from '../../core/metering/client-address.ts';

/** The parts of a proxy event that handlers use. */
export interface ApiRequest<Body = undefined, Query = undefined> {
  /** The call's id in the answer's `x-request-id`, in all logs and in the access log. */
  id: string;
  /** The path of the route, as the contract has it. */
  route: string;
  body: Body;
  query: Query;
  /** The body as it was sent, on routes that ask for it. */
  bytes?: Buffer;
  /** The body's fields that have no effect: see ignored-fields.ts. */
  ignored: readonly string[];
  /** Percent-decoded. */
  pathParameters: Readonly<Record<string, string | undefined>>;
  /** Names in lower case, without those by which CloudFront proves itself. */
  headers: Readonly<Record<string, string | undefined>>;
  /** All cookies as one text, however many headers they came in. Empty without cookies. */
  cookies: string;
  /** Claims of the verified login token, on routes behind the authorizer. */
  claims: Record<string, unknown> | undefined;
  /** API Gateway's id of the call's key, on routes that require one. */
  apiKeyId: string | undefined;
  /** The address the call came from, which no header of the caller can change. */
  clientAddress: string;
  /** Where this deployment was called: the console's origin, unless API Gateway's stage was called itself. */
  base: { console: string | undefined; stage: string };
}

export interface ApiAnswer<Content = unknown> {
  status: number;
  body: Content;
  headers?: Record<string, string>;
  /** Headers that occur more than once, such as cookies. */
  multiValueHeaders?: Record<string, readonly string[]>;
}

/**
 * API Gateway's extended request id, or Lambda's for an event without one: no caller can choose them. The plain `requestId`
 * is whatever the caller sent in `X-Amzn-RequestId` ([AWS][1]).
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
 */
export function requestIdOf({ requestContext }: APIGatewayProxyEvent, { awsRequestId }: Context): string {
  return requestContext.extendedRequestId ?? awsRequestId;
}

/**
 * @param event with header names in lower case
 * @throws DaypassError `not_found` for a path parameter that is not valid percent-encoding
 */
export function toApiRequest(
  event: APIGatewayProxyEvent,
  context: Context,
): ApiRequest<undefined, undefined> {
  const { requestContext, headers } = event;
  return {
    id: requestIdOf(event, context),
    route: event.resource,
    body: undefined,
    query: undefined,
    ignored: [],
    pathParameters: decodeParameters(event.pathParameters ?? {}),
    headers: withoutEdgeHeaders(headers),
    cookies: (event.multiValueHeaders?.cookie ?? []).join('; '),
    claims: requestContext.authorizer?.claims as Record<string, unknown> | undefined,
    apiKeyId: requestContext.identity.apiKeyId ?? undefined,
    clientAddress: clientAddress(requestContext.identity.sourceIp, headers, event.stageVariables?.edgeProof),
    base: {
      console: originOf(edgeHost(headers, event.stageVariables?.edgeProof)),
      stage: `${originOf(requestContext.domainName)}/${requestContext.stage}`,
    },
  };
}

/** CloudFront and API Gateway are called by HTTPS only; one machine's own runtime has no certificate. */
function originOf(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  return `${/^localhost(:\d+)?$/.test(host) ? 'http' : 'https'}://${host}`;
}

/** REST APIs pass path parameters on still encoded. */
function decodeParameters(parameters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, decodeParameter(value ?? '')]),
  );
}

function decodeParameter(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new DaypassError('not_found', 'This path is not validly percent-encoded, so nothing is there.');
  }
}
