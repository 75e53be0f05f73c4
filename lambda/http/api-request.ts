import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { DaypassError } from '../../core/errors.ts';
import { clientAddress, withoutEdgeHeaders } from '../../core/metering/client-address.ts';

/** One request as handlers see it: proxy event in, the parts used out. */
export interface ApiRequest<Body = undefined, Query = undefined> {
  /** The call's one name, in the answer's `x-request-id`, in all logs and in the access log. */
  id: string;
  body: Body;
  query: Query;
  /** Percent-decoded. */
  pathParameters: Readonly<Record<string, string | undefined>>;
  /** Names in lower case; those by which CloudFront proves itself are left out. */
  headers: Readonly<Record<string, string | undefined>>;
  /** All cookies as one text, however many headers they came in; empty when there are none. */
  cookies: string;
  /** Claims of the verified login token, on routes behind the authorizer. */
  claims: Record<string, unknown> | undefined;
  /** API Gateway's id of the key that the call came with, on routes that require one. */
  apiKeyId: string | undefined;
  /** The address the call came from; no header that a caller can set changes it. */
  clientAddress: string;
}

export interface ApiAnswer<Content = unknown> {
  status: number;
  body: Content;
  headers?: Record<string, string>;
}

/**
 * API Gateway's extended request id, which nobody can choose, and Lambda's for an event that has none. The plain
 * `requestId` is whatever the caller wrote into `X-Amzn-RequestId` ([AWS][1]).
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
 */
export function requestIdOf({ requestContext }: APIGatewayProxyEvent, { awsRequestId }: Context): string {
  return requestContext.extendedRequestId ?? awsRequestId;
}

/**
 * @param event its header names in lower case
 * @throws DaypassError `not_found` for a path parameter that is no valid percent-encoding
 */
export function toApiRequest(
  event: APIGatewayProxyEvent,
  context: Context,
): ApiRequest<undefined, undefined> {
  const { requestContext, headers } = event;
  return {
    id: requestIdOf(event, context),
    body: undefined,
    query: undefined,
    pathParameters: decodeParameters(event.pathParameters ?? {}),
    headers: withoutEdgeHeaders(headers),
    cookies: (event.multiValueHeaders?.cookie ?? []).join('; '),
    claims: requestContext.authorizer?.claims as Record<string, unknown> | undefined,
    apiKeyId: requestContext.identity.apiKeyId ?? undefined,
    clientAddress: clientAddress(requestContext.identity.sourceIp, headers, event.stageVariables?.edgeProof),
  };
}

/** REST APIs hand path parameters on as they were sent, still encoded. */
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
