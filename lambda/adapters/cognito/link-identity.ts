import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { LinkPorts } from '../../../core/accounts/link-identity.ts';
import { createCognitoClient } from './app-client.ts';
import { createAdminDirectory, toUser } from './manage-users.ts';

/**
 * Finds, makes and links the user of a login by a provider, for Cognito's trigger, whose errors Cognito hands on. Whoever
 * logs in with a provider has the attribute `profile`, which providers fill with the user's id and nobody else can write.
 */
export function createLinkPorts(UserPoolId: string): LinkPorts {
  const client = createCognitoClient();
  const { makeUsable } = createAdminDirectory(UserPoolId);
  return {
    makeUsable,
    async findByEmail(email) {
      const command = new AdminGetUserCommand({ UserPoolId, Username: email });
      const found = await client.send(command).catch(unless('UserNotFoundException'));
      const user = found && toUser(found, found.UserAttributes);
      if (user === undefined) return undefined;
      const profile = found?.UserAttributes?.find(({ Name }) => Name === 'profile')?.Value ?? '';
      return { ...user, isOfProvider: profile !== '' };
    },
    async createOfProvider(email, subject) {
      const command = new AdminCreateUserCommand({
        UserPoolId,
        Username: email,
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
          { Name: 'profile', Value: subject },
        ],
        MessageAction: 'SUPPRESS',
      });
      const made = await client.send(command).catch(unless('UsernameExistsException'));
      return made?.User && toUser(made.User, made.User.Attributes);
    },
    async deleteUser(userId) {
      const command = new AdminDeleteUserCommand({ UserPoolId, Username: userId });
      await client.send(command).catch(unless('UserNotFoundException'));
    },
    async link(userId, { provider, subject }) {
      await client.send(
        new AdminLinkProviderForUserCommand({
          UserPoolId,
          DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: userId },
          SourceUser: {
            ProviderName: provider,
            ProviderAttributeName: 'Cognito_Subject',
            ProviderAttributeValue: subject,
          },
        }),
      );
    },
  };
}

const unless =
  (name: string) =>
  (error: unknown): undefined => {
    if (!(error instanceof Error && error.name === name)) throw error;
    return undefined;
  };
