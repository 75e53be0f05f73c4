import type { AwsRequest, AwsResponse } from '../../service.ts';
import type { CognitoState } from '../shared-state.ts';
import { publicJwk } from './signing-keys.ts';

const documentPath = /^\/([\w-]+_[0-9a-zA-Z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

export const isWellKnown = (request: Pick<AwsRequest, 'method' | 'path'>) =>
  request.method === 'GET' && documentPath.test(request.path);

/** A pool's key set and discovery document, which live under its issuer URL. */
export function wellKnownDocument(
  state: Pick<CognitoState, 'keys' | 'tokens'>,
  request: Pick<AwsRequest, 'path'>,
): AwsResponse {
  const [, poolId = '', document] = documentPath.exec(request.path) ?? [];
  const key = state.keys.find(poolId);
  if (!key) return json(404, { message: `User pool ${poolId} does not exist.` });
  if (document === 'jwks.json') return json(200, { keys: [publicJwk(key)] });
  const issuer = state.tokens.issuer(poolId);
  return json(200, {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['public'],
  });
}

function json(status: number, document: object): AwsResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
    body: JSON.stringify(document),
  };
}
