import { AwsError } from '../../../service.ts';
import { codeMismatch, combinationNotFound, notAuthorized } from '../../errors.ts';
import { hidesUserExistence } from '../../pools/clients.ts';
import { normalName } from '../../pools/pools.ts';
import { assertSecretHash } from '../../pools/secret-hash.ts';
import {
  clientId,
  confirmationCode,
  type RequestBody,
  readRequest,
  required,
  secretHash,
  username,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';

export async function confirmSignUp(
  state: Pick<CognitoState, 'clients' | 'codes' | 'users'>,
  body: RequestBody,
): Promise<object> {
  const input = readRequest(body, {
    ClientId: required(clientId),
    Username: required(username),
    ConfirmationCode: required(confirmationCode),
    SecretHash: secretHash,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  assertSecretHash(client, input.SecretHash, [input.Username]);
  const user = state.users.find(pool, input.Username);
  if (!user) {
    if (!hidesUserExistence(client)) throw combinationNotFound();
    const who = normalName(pool, input.Username);
    await state.codes.redeem(pool.id, 'confirm-sign-up', who, input.ConfirmationCode);
    throw codeMismatch();
  }
  if (user.status !== 'UNCONFIRMED') {
    // The limits and the slow comparison are the same for everyone, or the time taken would reveal the state.
    await state.codes
      .redeem(pool.id, 'confirm-sign-up', user.sub, input.ConfirmationCode)
      .catch(unlessOverLimit);
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  }
  await state.codes.redeem(pool.id, 'confirm-sign-up', user.sub, input.ConfirmationCode);
  state.users.change(pool, user.sub, ({ attributes }) => ({
    status: 'CONFIRMED',
    attributes: { ...attributes, email_verified: 'true' },
  }));
  return {};
}

function unlessOverLimit(error: unknown): void {
  const isCodeError = error instanceof AwsError && /^(CodeMismatch|ExpiredCode)Exception$/.test(error.code);
  if (!isCodeError) throw error;
}
