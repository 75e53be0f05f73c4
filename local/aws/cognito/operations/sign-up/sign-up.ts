import { codeDelivery } from '../../codes/mails.ts';
import { invalidParameter, notAuthorized } from '../../errors.ts';
import { assertPasswordConforms } from '../../passwords/password-policy.ts';
import { logsInWithEmail, normalName, type Pool } from '../../pools/pools.ts';
import { assertSecretHash } from '../../pools/secret-hash.ts';
import {
  attributeList,
  clientId,
  password,
  type RequestBody,
  readRequest,
  required,
  secretHash,
  textMap,
  username,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { askPreSignUp } from '../../triggers.ts';
import { assertNewAttributes, assertWritable, isEmail } from '../../users/attributes.ts';

export async function signUp(
  state: Pick<
    CognitoState,
    'clients' | 'codes' | 'hashes' | 'invokeFunction' | 'location' | 'messages' | 'randomness' | 'users'
  >,
  body: RequestBody,
): Promise<object> {
  const input = readRequest(body, {
    ClientId: required(clientId),
    Username: required(username),
    // Optional in the service model, for pools without passwords; those aren't supported here.
    Password: required(password),
    SecretHash: secretHash,
    UserAttributes: attributeList,
    ValidationData: attributeList,
    ClientMetadata: textMap,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  assertSecretHash(client, input.SecretHash, [input.Username]);
  if (pool.properties.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
    throw notAuthorized('SignUp is not permitted for this user pool');
  }
  assertPasswordConforms(pool, input.Password);
  assertWritable(client, input.UserAttributes);
  const attributes = withLoginName(pool, input.Username, input.UserAttributes);
  assertNewAttributes(pool, attributes);
  const sub = state.randomness.uuid();
  const name = logsInWithEmail(pool) ? sub : input.Username;
  const decision = await askPreSignUp(state, pool, {
    source: 'PreSignUp_SignUp',
    clientId: client.id,
    userName: name,
    userAttributes: attributes,
    validationData: input.ValidationData,
    clientMetadata: input.ClientMetadata,
  });
  state.users.assertFree(pool, input.Username);

  const user = state.users.create(pool, {
    sub,
    username: name,
    status: decision.confirms ? 'CONFIRMED' : 'UNCONFIRMED',
    enabled: true,
    attributes: {
      ...attributes,
      ...(attributes.email ? { email_verified: String(decision.verifiesEmail) } : {}),
    },
    groups: [],
    credential: { password: await state.hashes.make(input.Password) },
    generation: 0,
  });
  if (decision.confirms) return { UserConfirmed: true, UserSub: sub };
  const { email } = user.attributes;
  if (!email || !verifiesEmail(pool)) return { UserConfirmed: false, UserSub: sub };
  const code = await state.codes.issue(pool.id, 'confirm-sign-up', sub);
  state.messages.sendCode(pool, email, code);
  return { UserConfirmed: false, UserSub: sub, CodeDeliveryDetails: codeDelivery(email) };
}

export const verifiesEmail = (pool: Pool) =>
  pool.properties.AutoVerifiedAttributes?.includes('email') ?? false;

/** Where users log in by email, the given username is the email. */
export function withLoginName(
  pool: Pool,
  name: string,
  attributes: Record<string, string>,
): Record<string, string> {
  if (!logsInWithEmail(pool)) return attributes;
  if (!isEmail(name)) throw invalidParameter('Username should be an email.');
  const { email = name } = attributes;
  if (normalName(pool, email) !== normalName(pool, name)) {
    throw invalidParameter('The email attribute and the username must be the same.');
  }
  return { ...attributes, email: name };
}
