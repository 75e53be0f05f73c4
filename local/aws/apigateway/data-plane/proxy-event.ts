import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isBinary, mediaTypeOf } from '../rest-api/media-type.ts';
import { type Call, type Caller, lastHeader, type Route, requestTime } from './call.ts';

/** Headers of the hop, and those API Gateway writes itself. */
const notPassedOn = new Set([
  ...['connection', 'content-length', 'expect', 'keep-alive', 'proxy-authenticate', 'proxy-connection', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade'],
  ...['x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto'],
]);

/**
 * What a function behind a REST API gets.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(
  call: Call,
  route: Route,
  caller: Caller,
  body: Buffer,
  account: { accountId: string },
): APIGatewayProxyEvent {
  const headers = passedHeaders(call);
  const binary = isBinary(route.api.binaryMediaTypes, mediaTypeOf(lastHeader(call.headers, 'content-type')));
  return {
    resource: route.resource.path,
    path: call.path.slice(route.stage.name.length + 1) || '/',
    httpMethod: call.httpMethod,
    headers: Object.fromEntries(headers),
    multiValueHeaders: collect(headers),
    queryStringParameters: call.query.length > 0 ? Object.fromEntries(call.query) : null,
    multiValueQueryStringParameters: call.query.length > 0 ? collect(call.query) : null,
    pathParameters: Object.keys(route.pathParameters).length > 0 ? route.pathParameters : null,
    stageVariables: route.stage.variables ?? null,
    requestContext: requestContext(call, route, caller, account),
    body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && body.length > 0,
  };
}

function requestContext(
  call: Call,
  { api, stage, resource }: Route,
  { apiKey, claims }: Caller,
  { accountId }: { accountId: string },
): APIGatewayProxyEvent['requestContext'] {
  return {
    resourceId: resource.id,
    ...(claims === undefined ? {} : { authorizer: { claims } }),
    resourcePath: resource.path,
    httpMethod: call.httpMethod,
    extendedRequestId: call.extendedRequestId,
    requestTime: requestTime(call.receivedAt),
    path: call.path,
    accountId,
    protocol: call.protocol,
    stage: stage.name,
    domainPrefix: call.host.split(/[.:]/, 1)[0] ?? '',
    requestTimeEpoch: call.receivedAt,
    requestId: call.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      apiKey: apiKey?.value ?? null,
      apiKeyId: apiKey?.id ?? null,
      cognitoIdentityId: null,
      caller: null,
      clientCert: null,
      sourceIp: call.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: lastHeader(call.headers, 'user-agent') ?? null,
      user: null,
    },
    domainName: call.host,
    apiId: api.id,
  } as APIGatewayProxyEvent['requestContext'];
}

function passedHeaders(call: Call): [string, string][] {
  const forwarded = call.headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for');
  return [
    ...call.headers
      .filter(([name]) => !notPassedOn.has(name.toLowerCase()))
      .map(([name, value]): [string, string] => [name, value]),
    ['X-Amzn-Trace-Id', call.traceId],
    ['X-Forwarded-For', [...forwarded.map(([, value]) => value), call.sourceIp].join(', ')],
    ['X-Forwarded-Port', String(call.localPort ?? '')],
    ['X-Forwarded-Proto', 'http'],
  ];
}

function collect(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [value]);
    else list.push(value);
  }
  return Object.fromEntries(lists);
}
