import { notAuthorized, userDisabled } from '../errors.ts';
import { assertPasswordConforms } from '../passwords/password-policy.ts';
import type { Client } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';
import { assertSecretHash } from '../pools/secret-hash.ts';
import type { CognitoState } from '../shared-state.ts';
import { assertChangedAttributes, assertWritable } from '../users/attributes.ts';
import { type AuthAnswer, loginAnswer } from './after-password.ts';
import { requiredEntry } from './auth-flows.ts';

export type NewPasswordState = Pick<CognitoState, 'challenges' | 'hashes' | 'logins' | 'tokens' | 'users'>;

/** The answer to NEW_PASSWORD_REQUIRED. A refused password leaves the challenge open for another try. */
export async function answerNewPassword(
  state: NewPasswordState,
  pool: Pool,
  client: Client,
  session: string | undefined,
  responses: Record<string, string>,
): Promise<AuthAnswer> {
  const name = requiredEntry(responses, 'USERNAME');
  const newPassword = requiredEntry(responses, 'NEW_PASSWORD');
  assertSecretHash(client, responses.SECRET_HASH, [name]);
  const challenge = state.challenges.get(session ?? '', client.id);
  const user = state.users.find(pool, name);
  if (challenge.kind !== 'NEW_PASSWORD_REQUIRED' || !user || user.sub !== challenge.sub)
    throw notAuthorized('Invalid session for the user.');
  if (!user.enabled) throw userDisabled();
  assertPasswordConforms(pool, newPassword);
  const attributes = givenAttributes(responses);
  assertWritable(client, attributes);
  assertChangedAttributes(pool, attributes);

  const credential = { password: await state.hashes.make(newPassword) };
  if (!session || !state.challenges.close(session)) throw notAuthorized('Invalid session for the user.');
  const confirmed = state.users.change(pool, user.sub, (current) => ({
    credential,
    status: 'CONFIRMED',
    temporaryUntil: undefined,
    attributes: { ...current.attributes, ...attributes },
  }));
  return loginAnswer(state, pool, client, confirmed);
}

const prefix = 'userAttributes.';

function givenAttributes(responses: Record<string, string>): Record<string, string> {
  const entries = Object.entries(responses).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}
