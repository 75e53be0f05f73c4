import { AwsError } from '../../../service.ts';
import { notSupportedHere } from '../../errors.ts';
import {
  assertPasswordConforms,
  temporaryPassword,
  temporaryPasswordExpiry,
} from '../../passwords/password-policy.ts';
import { logsInWithEmail, type Pool } from '../../pools/pools.ts';
import {
  attributeList,
  password,
  type RequestBody,
  readRequest,
  required,
  text,
  textList,
  username,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { askPreSignUp } from '../../triggers.ts';
import { assertNewAttributes } from '../../users/attributes.ts';
import { describeUser, loginName, type User } from '../../users/users.ts';
import { withLoginName } from '../sign-up/sign-up.ts';

type CreateState = Pick<
  CognitoState,
  'clock' | 'hashes' | 'invokeFunction' | 'location' | 'messages' | 'pools' | 'randomness' | 'users'
>;

/** Makes a user with a temporary password and mails it, or with RESEND mails a new one. */
export async function adminCreateUser(state: CreateState, body: RequestBody): Promise<object> {
  const input = readRequest(body, {
    UserPoolId: required(userPoolId),
    Username: required(username),
    TemporaryPassword: password,
    UserAttributes: attributeList,
    MessageAction: text({ oneOf: ['RESEND', 'SUPPRESS'] }),
    DesiredDeliveryMediums: textList,
  });
  const pool = state.pools.get(input.UserPoolId);
  const chosen = input.TemporaryPassword || temporaryPassword(pool, state.randomness);
  assertPasswordConforms(pool, chosen);
  if (input.DesiredDeliveryMediums?.includes('EMAIL') === false) {
    throw notSupportedHere('DesiredDeliveryMediums without EMAIL');
  }
  const user =
    input.MessageAction === 'RESEND'
      ? await renewInvitation(state, pool, input.Username, chosen)
      : await createInvited(state, pool, input.Username, input.UserAttributes, chosen);
  if (input.MessageAction !== 'SUPPRESS') invite(state, pool, user, chosen);
  return { User: describeUser(user) };
}

async function createInvited(
  state: CreateState,
  pool: Pool,
  name: string,
  given: Record<string, string>,
  chosen: string,
): Promise<User> {
  const attributes = withLoginName(pool, name, given);
  assertNewAttributes(pool, attributes);
  const sub = state.randomness.uuid();
  const ownName = logsInWithEmail(pool) ? sub : name;
  // AWS passes no client here and ignores automatic confirmation.
  await askPreSignUp(state, pool, {
    source: 'PreSignUp_AdminCreateUser',
    clientId: 'CLIENT_ID_NOT_APPLICABLE',
    userName: ownName,
    userAttributes: attributes,
    validationData: {},
    clientMetadata: {},
  });
  state.users.assertFree(pool, name);
  return state.users.create(pool, {
    sub,
    username: ownName,
    status: 'FORCE_CHANGE_PASSWORD',
    enabled: true,
    attributes,
    groups: [],
    credential: { password: await state.hashes.make(chosen) },
    temporaryUntil: temporaryPasswordExpiry(pool, state.clock.now()),
    generation: 0,
  });
}

async function renewInvitation(state: CreateState, pool: Pool, name: string, chosen: string): Promise<User> {
  const user = state.users.get(pool, name);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new AwsError(
      'UnsupportedUserStateException',
      `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
    );
  }
  const credential = { password: await state.hashes.make(chosen) };
  const temporaryUntil = temporaryPasswordExpiry(pool, state.clock.now());
  return state.users.change(pool, user.sub, () => ({ credential, temporaryUntil }));
}

function invite(state: CreateState, pool: Pool, user: User, chosen: string): void {
  const { email } = user.attributes;
  if (!email) throw notSupportedHere('Inviting a user without an email attribute');
  state.messages.sendInvitation(pool, email, loginName(pool, user), chosen);
}
