import type { Clock } from '../../../clock.ts';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';
import type { Authorizer } from '../rest-api/rest-api.ts';
import { type Call, lastHeader } from './call.ts';

/** @returns the claims of a valid ID token of that pool, undefined for any other token */
export type VerifyIdToken = (
  userPoolArn: string,
  token: string,
) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** A COGNITO_USER_POOLS authorizer. @throws GatewayFailure when the call carries no valid ID token */
export async function authorize(
  deps: { verifyIdToken: VerifyIdToken; clock: Clock },
  authorizer: Authorizer,
  call: Call,
): Promise<Readonly<Record<string, string>>> {
  const token = (lastHeader(call.headers, authorizer.headerName) ?? '').replace(/^Bearer +/i, '').trim();
  if (token === '') throw new GatewayFailure('UNAUTHORIZED');
  for (const arn of authorizer.userPoolArns) {
    const claims = await verify(deps.verifyIdToken, arn, token);
    if (claims !== undefined) return spellClaims(claims);
  }
  const expired = expiryMilliseconds(token) <= deps.clock.now();
  throw new GatewayFailure('UNAUTHORIZED', expired ? { message: 'The incoming token has expired' } : {});
}

async function verify(verifyIdToken: VerifyIdToken, arn: string, token: string) {
  try {
    return await verifyIdToken(arn, token);
  } catch {
    throw new GatewayFailure('AUTHORIZER_FAILURE');
  }
}

/** As functions get them: text only, lists joined by commas, `exp` and `iat` as dates. */
function spellClaims(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
        return [name, value.join(',')];
      }
      if ((name === 'exp' || name === 'iat') && typeof value === 'number') return [name, javaDate(value)];
      return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
    }),
  );
}

/** `Wed Apr 12 16:24:24 UTC 2017`: REST APIs' form of numeric dates. */
function javaDate(seconds: number): string {
  const [weekday, day, month, year, time] = new Date(seconds * 1000)
    .toUTCString()
    .replace(',', '')
    .split(' ');
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

/** Of an unverified token, only to recognize an expired one; Infinity when it has none. */
function expiryMilliseconds(token: string): number {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const exp = (payload as { exp?: unknown } | null)?.exp;
    return typeof exp === 'number' ? exp * 1000 : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
