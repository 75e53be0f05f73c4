import { AwsError } from '../../../service.ts';
import { type CodeDelivery, codeDelivery } from '../../codes/messages.ts';
import { keptOriginals } from '../../pools/pool-definition.ts';
import type { Pool } from '../../pools/pools.ts';
import { attributeList, type RequestBody, readRequest, required, token } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { assertChangedAttributes, assertWritable } from '../../users/attributes.ts';
import type { User } from '../../users/users.ts';
import { verifiesEmail } from '../sign-up/sign-up.ts';

type UpdateState = Pick<
  CognitoState,
  'accessTokens' | 'codes' | 'limits' | 'messages' | 'pendingEmails' | 'users'
>;

/**
 * A new address takes effect at once, as an unverified one that is mailed a code, unless the pool keeps the old one until
 * the code is entered. An access token is all it takes.
 */
export async function updateUserAttributes(state: UpdateState, body: RequestBody): Promise<object> {
  const input = readRequest(body, { AccessToken: required(token), UserAttributes: attributeList });
  const { client, pool, user } = state.accessTokens.authorize(input.AccessToken);
  assertWritable(client, input.UserAttributes);
  assertChangedAttributes(pool, input.UserAttributes);
  const { email, ...others } = input.UserAttributes;
  if (email === undefined || email === user.attributes.email) {
    state.users.change(pool, user.sub, ({ attributes }) => ({ attributes: { ...attributes, ...others } }));
    return { CodeDeliveryDetailsList: [] };
  }
  const sent = await changeEmail(state, pool, user, { email, others });
  return { CodeDeliveryDetailsList: sent === undefined ? [] : [sent] };
}

async function changeEmail(
  state: UpdateState,
  pool: Pool,
  user: User,
  { email, others }: { email: string; others: Record<string, string> },
): Promise<CodeDelivery | undefined> {
  if (state.users.find(pool, email) !== undefined) {
    throw new AwsError('AliasExistsException', 'An account with the given email already exists.');
  }
  const waits = keptOriginals(pool.properties).includes('email');
  const now = waits ? {} : { email, email_verified: 'false' };
  state.users.change(pool, user.sub, ({ attributes }) => ({
    attributes: { ...attributes, ...others, ...now },
  }));
  if (!verifiesEmail(pool)) return undefined;
  state.limits.take(pool.id, 'send-code', user.sub);
  state.pendingEmails.put(`${pool.id}/${user.sub}`, email);
  state.messages.sendCode(pool, email, await state.codes.issue(pool.id, 'verify-email', user.sub));
  return codeDelivery(email);
}
