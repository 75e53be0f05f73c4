import { incorrectPassword, userNotFound } from '../errors.ts';
import { type Client, hidesUserExistence } from '../pools/clients.ts';
import { normalName, type Pool } from '../pools/pools.ts';
import { assertSecretHash } from '../pools/secret-hash.ts';
import type { CognitoState } from '../shared-state.ts';
import { type AfterPasswordState, type AuthAnswer, afterPassword } from './after-password.ts';
import { requiredEntry } from './auth-flows.ts';

/** USER_PASSWORD_AUTH: name and password in one request. */
export async function logInWithPassword(
  state: AfterPasswordState & Pick<CognitoState, 'hashes' | 'users'>,
  pool: Pool,
  client: Client,
  parameters: Record<string, string>,
): Promise<AuthAnswer> {
  const name = requiredEntry(parameters, 'USERNAME');
  const password = requiredEntry(parameters, 'PASSWORD');
  assertSecretHash(client, parameters.SECRET_HASH, [name]);
  const user = state.users.find(pool, name);
  if (!user && !hidesUserExistence(client)) throw userNotFound();

  const who = user?.sub ?? normalName(pool, name);
  state.lockouts.check(pool.id, who);
  const right = await state.hashes.match(password, user?.credential.password);
  // Checked again after the slow comparison, or guesses sent all at once would all be answered.
  state.lockouts.check(pool.id, who);
  if (!user || !right) {
    state.lockouts.failed(pool.id, who);
    throw incorrectPassword();
  }
  const current = state.users.bySub(pool.id, user.sub);
  if (current?.credential.password.hash !== user.credential.password.hash) throw incorrectPassword();
  return afterPassword(state, pool, client, current);
}
