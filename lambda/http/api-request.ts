import type { APIGatewayProxyEvent } from 'aws-lambda';

/** One request as handlers see it: proxy event in, the parts used out. */
export interface ApiRequest<Body = undefined, Query = undefined> {
  /** API Gateway's request id; also the answer's `x-request-id`. */
  id: string;
  body: Body;
  query: Query;
  pathParameters: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Claims of the verified login token, on routes behind the authorizer. */
  claims: Record<string, unknown> | undefined;
  /** API Gateway's id of the key that the call came with, on routes that require one. */
  apiKeyId: string | undefined;
}

export interface ApiAnswer<Content = unknown> {
  status: number;
  body: Content;
  headers?: Record<string, string>;
}

export function toApiRequest(event: APIGatewayProxyEvent): ApiRequest<undefined, undefined> {
  const { requestContext } = event;
  return {
    id: requestContext.requestId,
    body: undefined,
    query: undefined,
    pathParameters: event.pathParameters ?? {},
    headers: event.headers,
    claims: requestContext.authorizer?.['claims'] as Record<string, unknown> | undefined,
    apiKeyId: requestContext.identity.apiKeyId ?? undefined,
  };
}
