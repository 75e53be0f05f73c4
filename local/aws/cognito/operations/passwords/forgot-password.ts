import { codeDelivery, simulatedDelivery } from '../../codes/mails.ts';
import { combinationNotFound, invalidParameter, notAuthorized, userDisabled } from '../../errors.ts';
import { type Client, hidesUserExistence } from '../../pools/clients.ts';
import { normalName, type Pool } from '../../pools/pools.ts';
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
import type { User } from '../../users/users.ts';

/**
 * Mails a reset code. With PreventUserExistenceErrors unknown, disabled and unverified users get the same answer, after
 * the same work.
 */
export async function forgotPassword(
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
  assertSelfService(pool);
  const user = state.users.find(pool, input.Username);
  const who = user?.sub ?? normalName(pool, input.Username);
  state.limits.take(pool.id, 'send-code', who);
  const email = resetAddress(client, user);
  const code = await state.codes.issue(pool.id, 'confirm-forgot-password', who);
  if (email === undefined) return { CodeDeliveryDetails: simulatedDelivery(pool, input.Username) };
  state.messages.sendCode(pool, email, code);
  return { CodeDeliveryDetails: codeDelivery(email) };
}

function assertSelfService(pool: Pool): void {
  const mechanisms = pool.properties.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.some(({ Name }) => Name === 'admin_only')) {
    throw notAuthorized('Contact administrator to reset password.');
  }
}

/** @returns undefined where nothing is to be mailed */
function resetAddress(client: Client, user: User | undefined): string | undefined {
  const email = verifiedEmail(user);
  if (user?.enabled && user.status === 'FORCE_CHANGE_PASSWORD') throw notResettable();
  if (user?.enabled && email !== undefined) return email;
  if (hidesUserExistence(client)) return undefined;
  if (!user) throw combinationNotFound();
  if (!user.enabled) throw userDisabled();
  throw noVerifiedAddress();
}

export const verifiedEmail = (user: User | undefined) =>
  user?.attributes.email_verified === 'true' ? user.attributes.email : undefined;

export const notResettable = () => notAuthorized('User password cannot be reset in the current state.');

export const noVerifiedAddress = () =>
  invalidParameter(
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  );
