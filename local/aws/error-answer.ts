import { cborTexts } from './cbor-texts.ts';
import { jsonError } from './json-error.ts';
import type { AwsError, AwsRequest, AwsResponse } from './service.ts';
import { ec2Error, queryError, s3Error } from './xml-errors.ts';

type Answer = Exclude<AwsResponse, { handled: true }>;

/** REST services that speak XML; those that are asked by `Action=` show it themselves. */
const restXmlServices = new Set(['cloudfront', 'route53']);

/**
 * An error in the caller's own protocol, so that clients of a service that isn't here can read the refusal.
 * @param asked the service's signing name
 */
export function errorAnswer(error: AwsError, request: AwsRequest, asked: string | undefined): Answer {
  const { headers, requestId } = request;
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return cborError(error);
  if (asked === 's3') return s3Error(error, requestId);
  if (asked === 'ec2') return ec2Error(error, requestId);
  const isQuery = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (isQuery || restXmlServices.has(asked ?? '')) return queryError(error, requestId);
  return jsonError(error);
}

const cborError = (error: AwsError): Answer => ({
  status: error.status,
  headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', ...error.headers },
  body: cborTexts({ __type: error.code, message: error.message }),
});
