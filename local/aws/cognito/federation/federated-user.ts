import { AwsError } from '../../service.ts';
import type { Client } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';
import type { CognitoState } from '../shared-state.ts';
import { askPreSignUp } from '../triggers.ts';
import { isEmail } from '../users/attributes.ts';
import type { User } from '../users/users.ts';
import type { IdentityProvider } from './identity-providers.ts';

export type FederationState = Pick<
  CognitoState,
  'identityProviders' | 'invokeFunction' | 'location' | 'users'
>;

/**
 * The user that a provider's claims log in as. The pool's trigger decides on identities that are new.
 * @throws AwsError in Cognito's words
 */
export async function userOfClaims(
  state: FederationState,
  pool: Pool,
  client: Client,
  provider: IdentityProvider,
  claims: Record<string, unknown> & { sub: string },
): Promise<User> {
  const { identityProviders, users } = state;
  const { ProviderName: name } = provider;
  const attributes = mapped(pool, client, provider, claims);
  const sub = identityProviders.linkedUser(pool.id, name, claims.sub);
  const user = sub === undefined ? undefined : users.bySub(pool.id, sub);
  if (user === undefined) {
    if (sub !== undefined) identityProviders.unlink(pool.id, name, claims.sub);
    await askAboutNewUser(state, pool, client, `${name}_${claims.sub}`, attributes);
  }
  if (user === undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'Users that are not linked to one of the pool are not supported by the local Cognito stand-in.',
    );
  }
  if (!user.enabled) throw new AwsError('NotAuthorizedException', 'User is not enabled');
  return users.change(pool, user.sub, (current) => ({
    attributes: { ...current.attributes, ...attributes },
  }));
}

async function askAboutNewUser(
  state: FederationState,
  pool: Pool,
  client: Client,
  userName: string,
  attributes: Record<string, string>,
): Promise<void> {
  const folds = pool.properties.UsernameConfiguration?.CaseSensitive === false;
  await askPreSignUp(state, pool, {
    source: 'PreSignUp_ExternalProvider',
    clientId: client.id,
    userName: folds ? userName.toLowerCase() : userName,
    userAttributes: attributes,
    validationData: {},
    clientMetadata: {},
  });
}

/**
 * A mapped address is unverified unless the provider's own mark is mapped and says otherwise.
 * https://repost.aws/knowledge-center/cognito-email-verified-attribute
 */
function mapped(
  pool: Pool,
  client: Client,
  { AttributeMapping }: IdentityProvider,
  claims: Record<string, unknown>,
): Record<string, string> {
  const entries = Object.entries(AttributeMapping).flatMap(([attribute, claim]) => {
    const value = claims[claim];
    return value === undefined || value === null ? [] : [[attribute, String(value)] as const];
  });
  const attributes = Object.fromEntries(entries);
  const missing = (pool.properties.Schema ?? []).filter(
    ({ Name, Required }) => Required && !attributes[Name],
  );
  if (missing.length > 0) {
    const names = missing.map(({ Name }) => Name).join(', ');
    throw new AwsError('InvalidParameterException', `attributes required: [${names}]`);
  }
  for (const attribute of Object.keys(attributes)) {
    const writable = client.properties.WriteAttributes?.includes(attribute) ?? true;
    if (!writable && !attribute.endsWith('_verified')) {
      throw new AwsError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');
    }
  }
  if (attributes.email === undefined) return attributes;
  if (!isEmail(attributes.email))
    throw new AwsError('InvalidParameterException', 'Invalid email address format.');
  return { ...attributes, email_verified: String(attributes.email_verified === 'true') };
}
