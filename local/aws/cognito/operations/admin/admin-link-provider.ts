import { AwsError } from '../../../service.ts';
import { invalidParameter, resourceNotFound } from '../../errors.ts';
import { type RequestBody, readRequest, required, textMap, userPoolId } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html */
const mostIdentities = 5;

/** Lets an identity of a provider that has not logged in yet log in as a user of the pool. */
export function adminLinkProviderForUser(
  state: Pick<CognitoState, 'identityProviders' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, {
    UserPoolId: required(userPoolId),
    DestinationUser: required(textMap),
    SourceUser: required(textMap),
  });
  const pool = state.pools.get(input.UserPoolId);
  const { ProviderName: own, ProviderAttributeValue: name = '' } = input.DestinationUser;
  if (own !== 'Cognito') throw invalidParameter('Only users of the pool can be linked to in this stand-in.');
  const {
    ProviderName: provider = '',
    ProviderAttributeName,
    ProviderAttributeValue: subject = '',
  } = input.SourceUser;
  if (state.identityProviders.find(pool.id, provider) === undefined) {
    throw resourceNotFound(`Identity provider ${provider} does not exist.`);
  }
  if (ProviderAttributeName !== 'Cognito_Subject' || subject === '') {
    throw invalidParameter('This stand-in links by Cognito_Subject only.');
  }
  const user = state.users.get(pool, name);
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    throw invalidParameter('A user with a temporary password cannot be linked.');
  }
  const owner = state.identityProviders.linkedUser(pool.id, provider, subject);
  if (owner !== undefined && owner !== user.sub && state.users.bySub(pool.id, owner) !== undefined) {
    throw invalidParameter(
      'Merging is not currently supported, provide a SourceUser that has not been linked',
    );
  }
  if (state.identityProviders.identitiesOf(pool.id, user.sub).length >= mostIdentities) {
    throw new AwsError('LimitExceededException', 'A user can have at most five linked identities.');
  }
  state.identityProviders.link(pool.id, provider, subject, user.sub);
  return {};
}
