import type { Clock } from '../../../clock.ts';
import type { Clients } from '../pools/clients.ts';
import { type Claims, verifyJwt } from './jwt.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Tokens } from './tokens.ts';

/**
 * Checks what API Gateway's Cognito authorizer does: signature, issuer, audience, use and expiry, but not revocation.
 * @returns undefined for anything invalid
 */
export function verifyIdToken(
  deps: {
    clock: Clock;
    clients: Pick<Clients, 'find'>;
    keys: Pick<SigningKeys, 'find'>;
    tokens: Pick<Tokens, 'issuer'>;
  },
  userPoolArn: string,
  token: string,
): Claims | undefined {
  const poolId = userPoolArn.slice(userPoolArn.lastIndexOf('/') + 1);
  const key = deps.keys.find(poolId);
  const claims = key && verifyJwt(key, token);
  if (!claims) return undefined;
  const { iss, aud, exp, iat, sub, token_use } = claims;
  if (token_use !== 'id' || iss !== deps.tokens.issuer(poolId) || typeof sub !== 'string') return undefined;
  if (typeof aud !== 'string' || deps.clients.find(aud)?.poolId !== poolId) return undefined;
  const now = deps.clock.now() / 1000;
  if (typeof exp !== 'number' || exp <= now || typeof iat !== 'number') return undefined;
  return claims;
}
