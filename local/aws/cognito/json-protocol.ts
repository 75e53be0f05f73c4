import { AwsError, type AwsRequest, type AwsResponse } from '../service.ts';
import type { RequestBody } from './request-fields.ts';

const target = /^AWSCognitoIdentityProviderService\.(\w+)$/;

/** The operation an AWS JSON 1.1 request names in `x-amz-target`. */
export function targetOperation(request: Pick<AwsRequest, 'headers'>): string | undefined {
  const header = request.headers['x-amz-target'];
  return typeof header === 'string' ? target.exec(header)?.[1] : undefined;
}

export function parseBody(body: Buffer): RequestBody {
  const parsed = parseJson(body.toString('utf8') || '{}');
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new AwsError('SerializationException', 'The request body must be a JSON object.');
  }
  return parsed as RequestBody;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON.');
  }
}

export function jsonAnswer(requestId: string, result: object): AwsResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify(result),
  };
}

/** An error that isn't modelled becomes an InternalErrorException, whose message reveals nothing. */
export function jsonError(requestId: string, error: unknown): AwsResponse {
  const modelled =
    error instanceof AwsError
      ? error
      : new AwsError('InternalErrorException', 'Something went wrong in the local Cognito stand-in.', 500);
  return {
    status: modelled.status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': `${modelled.code}:`,
      ...modelled.headers,
    },
    body: JSON.stringify({ __type: modelled.code, message: modelled.message }),
  };
}
