import { codeDelivery, simulatedDelivery } from '../../codes/mails.ts';
import { combinationNotFound, invalidParameter, userDisabled } from '../../errors.ts';
import { hidesUserExistence } from '../../pools/clients.ts';
import { normalName } from '../../pools/pools.ts';
import { assertSecretHash } from '../../pools/secret-hash.ts';
import {
  clientId,
  type RequestBody,
  readRequest,
  required,
  secretHash,
  username,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { verifiesEmail } from './sign-up.ts';

export async function resendConfirmationCode(
  state: Pick<CognitoState, 'clients' | 'codes' | 'limits' | 'messages' | 'users'>,
  body: RequestBody,
): Promise<object> {
  const input = readRequest(body, {
    ClientId: required(clientId),
    Username: required(username),
    SecretHash: secretHash,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  assertSecretHash(client, input.SecretHash, [input.Username]);
  const user = state.users.find(pool, input.Username);
  if (!hidesUserExistence(client)) {
    if (!user) throw combinationNotFound();
    if (!user.enabled) throw userDisabled();
  }
  if (!verifiesEmail(pool)) throw invalidParameter('Cannot resend codes. Auto verification not turned on.');

  const who = user?.sub ?? normalName(pool, input.Username);
  state.limits.take(pool.id, 'send-code', who);
  const code = await state.codes.issue(pool.id, 'confirm-sign-up', who);
  // Refused only after the same work as for everyone, or the time taken would reveal the state.
  if (user?.enabled && user.status !== 'UNCONFIRMED') {
    state.codes.forget(pool.id, 'confirm-sign-up', who);
    throw invalidParameter('User is already confirmed.');
  }
  const email = user?.enabled ? user.attributes.email : undefined;
  if (email === undefined) return { CodeDeliveryDetails: simulatedDelivery(pool, input.Username) };
  state.messages.sendCode(pool, email, code);
  return { CodeDeliveryDetails: codeDelivery(email) };
}
