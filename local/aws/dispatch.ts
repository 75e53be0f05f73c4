import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from './service.ts';

/** An `AwsService` with what only some need: a claim on unsigned requests, and errors that are not JSON. */
export interface RoutedService extends AwsService {
  /** Claims a request that names no service in its signature or target (JWKS documents, bearer tokens). */
  matches?(request: AwsRequest): boolean;
  serializeError?(error: AwsError): AwsResponse;
}

/** `x-amz-target` prefixes of the JSON protocols; some of their operations are sent unsigned. */
const targetPrefixes: Readonly<Record<string, string>> = {
  AWSCognitoIdentityProviderService: 'cognito-idp',
  DynamoDB_20120810: 'dynamodb',
  TrentService: 'kms',
};

/**
 * @throws AwsError naming what was asked for and the services there are
 */
export function chooseService(services: readonly RoutedService[], request: AwsRequest): RoutedService {
  const asked = scopedService(request) ?? targetedService(request);
  const service =
    asked === undefined
      ? services.find((candidate) => candidate.matches?.(request))
      : services.find((candidate) => candidate.signingName === asked);
  if (service !== undefined) return service;
  const subject = asked === undefined ? `${request.method} ${request.path}` : `the service '${asked}'`;
  const known = services.map(({ signingName }) => signingName).join(', ');
  throw new AwsError(
    'UnsupportedServiceException',
    `The local runtime has nothing that answers ${subject}. It has: ${known}.`,
  );
}

function scopedService({ headers, query }: AwsRequest): string | undefined {
  const signed = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const credential = signed ?? query.get('X-Amz-Credential') ?? '';
  return /\/\d{8}\/[^/]*\/([^/]+)\/aws4_request$/.exec(credential)?.[1];
}

function targetedService({ headers }: AwsRequest): string | undefined {
  const target = headers['x-amz-target'];
  if (typeof target !== 'string') return undefined;
  const prefix = target.split('.', 1)[0] ?? target;
  return targetPrefixes[prefix] ?? prefix;
}
