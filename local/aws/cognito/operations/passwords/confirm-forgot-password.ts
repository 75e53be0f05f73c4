import { codeMismatch, combinationNotFound, userDisabled } from '../../errors.ts';
import { assertPasswordConforms } from '../../passwords/password-policy.ts';
import { hidesUserExistence } from '../../pools/clients.ts';
import { normalName } from '../../pools/pools.ts';
import { assertSecretHash } from '../../pools/secret-hash.ts';
import {
  clientId,
  confirmationCode,
  password,
  type RequestBody,
  readRequest,
  required,
  secretHash,
  username,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';

export async function confirmForgotPassword(
  state: Pick<CognitoState, 'clients' | 'codes' | 'hashes' | 'lockouts' | 'users'>,
  body: RequestBody,
): Promise<object> {
  const input = readRequest(body, {
    ClientId: required(clientId),
    Username: required(username),
    ConfirmationCode: required(confirmationCode),
    Password: required(password),
    SecretHash: secretHash,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  assertSecretHash(client, input.SecretHash, [input.Username]);
  assertPasswordConforms(pool, input.Password);
  const user = state.users.find(pool, input.Username);
  if (!hidesUserExistence(client)) {
    if (!user) throw combinationNotFound();
    if (!user.enabled) throw userDisabled();
  }
  const who = user?.sub ?? normalName(pool, input.Username);
  await state.codes.redeem(pool.id, 'confirm-forgot-password', who, input.ConfirmationCode);
  if (!user?.enabled) throw codeMismatch();

  const credential = { password: await state.hashes.make(input.Password) };
  state.users.change(pool, user.sub, () => ({
    credential,
    status: 'CONFIRMED',
    temporaryUntil: undefined,
  }));
  state.lockouts.succeeded(pool.id, user.sub);
  return {};
}
