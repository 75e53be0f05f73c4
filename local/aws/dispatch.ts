import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from './service.ts';
import { requireSignature, signedService } from './signature.ts';

/** An `AwsService` with what only some need: unsigned calls, and errors that are not JSON. */
export interface RoutedService extends AwsService {
  /** Takes an unsigned request: JWKS documents, bearer tokens, operations that are open to all. */
  takesUnsigned?(request: AwsRequest): boolean;
  serializeError?(error: AwsError, requestId: string): AwsResponse;
}

/** `x-amz-target` prefixes of the JSON protocols; some of their operations are sent unsigned. */
const targetPrefixes: Readonly<Record<string, string>> = {
  AWSCognitoIdentityProviderService: 'cognito-idp',
  DynamoDB_20120810: 'dynamodb',
  GraniteServiceVersion20100801: 'monitoring',
  TrentService: 'kms',
};

/** The signing name of the service that a request is for, as far as it says. */
export function askedService(request: AwsRequest): string | undefined {
  return signedService(request) ?? targetedService(request);
}

/**
 * @throws AwsError for a call that must be signed and isn't, or naming the requested service and those that are here
 */
export function chooseService(services: readonly RoutedService[], request: AwsRequest): RoutedService {
  const asked = askedService(request);
  const service =
    asked === undefined
      ? services.find((candidate) => candidate.takesUnsigned?.(request))
      : services.find((candidate) => candidate.signingName === asked);
  if (service?.takesUnsigned?.(request) === true) return service;
  if (asked !== undefined || request.headers.authorization !== undefined) requireSignature(request);
  if (service !== undefined) return service;
  const subject =
    asked === undefined ? `${request.method} ${request.path}` : serviceAndAction(asked, request);
  const known = services.map(({ signingName }) => signingName).join(', ');
  throw new AwsError(
    'UnsupportedServiceException',
    `The local runtime has nothing that answers ${subject}. It has: ${known}.`,
  );
}

function targetedService({ headers }: AwsRequest): string | undefined {
  const target = headers['x-amz-target'];
  if (typeof target !== 'string') return undefined;
  const prefix = target.split('.', 1)[0] ?? target;
  return targetPrefixes[prefix] ?? prefix;
}

/** Names the operation where it isn't in the path. */
function serviceAndAction(service: string, { headers, body, method, path }: AwsRequest): string {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const action = isForm ? new URLSearchParams(body.toString('utf8')).get('Action') : null;
  const target = headers['x-amz-target'];
  const operation = action ?? (typeof target === 'string' ? target.split('.').at(-1) : `${method} ${path}`);
  return `${operation} of the service '${service}'`;
}
