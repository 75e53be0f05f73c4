import type { Distribution } from '../distribution/distribution.ts';
import type { EdgeRequest, EdgeResponse } from '../edge-request.ts';
import { type HeaderMap, joined } from '../header-map.ts';
import { isHidden } from './function-headers.ts';
import type { FunctionEvent, FunctionRequest, FunctionValue } from './function-message.ts';

/** The event a viewer-request function gets: docs.aws.amazon.com → CloudFront Functions event structure. */
export function requestEvent(request: EdgeRequest, distribution: Distribution): FunctionEvent {
  return {
    version: '1.0',
    context: {
      distributionDomainName: distribution.domainName,
      distributionId: distribution.id,
      eventType: 'viewer-request',
      requestId: request.id,
    },
    viewer: { ip: request.viewerAddress },
    request: functionRequest(request),
  };
}

export function responseEvent(
  request: EdgeRequest,
  response: EdgeResponse,
  statusDescription: string,
  distribution: Distribution,
): FunctionEvent {
  const event = requestEvent(request, distribution);
  const headers = new Map(response.headers);
  headers.delete('set-cookie');
  return {
    ...event,
    context: { ...event.context, eventType: 'viewer-response' },
    response: {
      statusCode: response.status,
      statusDescription,
      headers: visible(headers),
      cookies: responseCookies(response.headers.get('set-cookie') ?? []),
    },
  };
}

function functionRequest({ method, path, query, headers }: EdgeRequest): FunctionRequest {
  const withoutCookies = new Map(headers);
  withoutCookies.delete('cookie');
  return {
    method,
    uri: path,
    querystring: grouped(query.split('&')),
    headers: visible(withoutCookies),
    cookies: grouped((joined(headers, 'cookie') ?? '').split(/; */)),
  };
}

function visible(headers: HeaderMap): Record<string, FunctionValue> {
  return Object.fromEntries(
    [...headers].filter(([name]) => !isHidden(name)).map(([name, values]) => [name, wrapped(values)]),
  );
}

/** Values stay percent-encoded, as CloudFront passes them. */
function grouped(pairs: readonly string[]): Record<string, FunctionValue> {
  const groups = new Map<string, string[]>();
  for (const pair of pairs) {
    if (pair === '') continue;
    const [name = '', ...rest] = pair.split('=');
    groups.set(name, [...(groups.get(name) ?? []), rest.join('=')]);
  }
  return Object.fromEntries([...groups].map(([name, values]) => [name, wrapped(values)]));
}

function wrapped(values: readonly string[]): FunctionValue {
  const [value = ''] = values;
  return values.length > 1 ? { value, multiValue: values.map((each) => ({ value: each })) } : { value };
}

function responseCookies(setCookies: readonly string[]): Record<string, FunctionValue> {
  return Object.fromEntries(
    setCookies.map((line) => {
      const [pair = '', ...attributes] = line.split(/; */);
      const [name = '', ...value] = pair.split('=');
      return [name, { value: value.join('='), attributes: attributes.join('; ') }];
    }),
  );
}
