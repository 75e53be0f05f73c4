import type { AwsRequest } from './service.ts';
import { AwsError } from './service.ts';

const scope = /\bCredential=[^,\s/]+\/\d{8}\/[^/,\s]*\/([^/,\s]+)\/aws4_request\b/;

/** The service in the credential scope of a SigV4 signature. Never the query: a page can choose that. */
export const signedService = ({ headers }: Pick<AwsRequest, 'headers'>): string | undefined =>
  scope.exec(headers.authorization ?? '')?.[1];

/**
 * Signatures are not verified here, but a complete one is required, as on AWS.
 * @throws AwsError
 */
export function requireSignature({ headers }: Pick<AwsRequest, 'headers'>): void {
  const { authorization } = headers;
  // The services of the JSON protocols say 400, and those with paths 403.
  const status = headers['x-amz-target'] === undefined ? 403 : 400;
  if (authorization === undefined)
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', status);
  const missing = ['Credential', 'SignedHeaders', 'Signature'].filter(
    (part) => !new RegExp(`\\b${part}=[^,\\s]`).test(authorization),
  );
  if (missing.length === 0 && scope.test(authorization)) return;
  throw new AwsError(
    'IncompleteSignatureException',
    missing.length === 0
      ? 'Credential must have a date, a Region, a service and aws4_request as its scope.'
      : missing.map((part) => `Authorization header requires '${part}' parameter.`).join(' '),
    status,
  );
}
