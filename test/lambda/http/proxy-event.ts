import type { APIGatewayProxyEvent } from 'aws-lambda';

/** What API Gateway hands a function, in the parts that ours read. */
export function proxyEvent(parts: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  return {
    resource: '/v1/things',
    path: '/v1/things',
    httpMethod: 'POST',
    headers: { 'Content-Type': 'application/json' },
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: requestContext(),
    body: null,
    isBase64Encoded: false,
    ...parts,
  };
}

/** @param claims of a login token; @param apiKeyId of the key that the call came with */
export function requestContext(parts: { claims?: Record<string, string>; apiKeyId?: string } = {}) {
  const { claims, apiKeyId } = parts;
  return {
    // The caller's to choose, and so read by nothing.
    requestId: 'chosen-by-the-caller',
    extendedRequestId: 'request-1=',
    authorizer: claims && { claims },
    identity: { sourceIp: '192.0.2.1', apiKeyId: apiKeyId ?? null },
  } as unknown as APIGatewayProxyEvent['requestContext'];
}
