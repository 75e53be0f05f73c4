import { notAuthorized, userDisabled } from '../errors.ts';
import type { Client } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';
import { assertSecretHash } from '../pools/secret-hash.ts';
import type { CognitoState } from '../shared-state.ts';
import { type AuthAnswer, loginAnswer } from './after-password.ts';
import { requiredEntry } from './auth-flows.ts';
import { takeCode } from './software-token.ts';

export type SoftwareTokenState = Pick<
  CognitoState,
  'challenges' | 'clock' | 'lockouts' | 'logins' | 'tokens' | 'users'
>;

/** The answer to SOFTWARE_TOKEN_MFA. A wrong code counts as a wrong password does, and leaves the challenge open. */
export function answerSoftwareToken(
  state: SoftwareTokenState,
  pool: Pool,
  client: Client,
  session: string | undefined,
  responses: Record<string, string>,
): AuthAnswer {
  const name = requiredEntry(responses, 'USERNAME');
  const code = requiredEntry(responses, 'SOFTWARE_TOKEN_MFA_CODE');
  assertSecretHash(client, responses.SECRET_HASH, [name]);
  const challenge = state.challenges.get(session ?? '', client.id);
  const user = state.users.find(pool, name);
  const invalid = () => notAuthorized('Invalid session for the user.');
  if (challenge.kind !== 'SOFTWARE_TOKEN_MFA' || !user || user.sub !== challenge.sub) throw invalid();
  if (!user.enabled) throw userDisabled();
  if (user.softwareToken === undefined) throw invalid();
  state.lockouts.check(pool.id, user.sub);
  let lastStep: number;
  try {
    lastStep = takeCode(user.softwareToken, code, state.clock.now());
  } catch (error) {
    state.lockouts.failed(pool.id, user.sub);
    throw error;
  }
  if (!session || !state.challenges.close(session)) throw invalid();
  state.lockouts.succeeded(pool.id, user.sub);
  const used = state.users.change(pool, user.sub, ({ softwareToken }) => ({
    softwareToken: softwareToken && { ...softwareToken, lastStep },
  }));
  return loginAnswer(state, pool, client, used);
}
