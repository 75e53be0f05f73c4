import { AdminGetUserCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { People } from '../../../core/reconcile/ports.ts';
import { createCognitoClient } from './app-client.ts';
import { failureOfOurs } from './refusals.ts';

/** Cognito's most. */
const pageSize = 60;
/**
 * Ten pages a second, a third of what Cognito takes of ListUsers for all pools of an account and Region: 36,000 users a
 * minute.
 */
const msBetweenPages = 100;

/** In a pool that signs in with e-mail addresses, a user's name is their id. */
export function createCognitoPeople(UserPoolId: string): People {
  const client = createCognitoClient();
  return {
    async *list() {
      let PaginationToken: string | undefined;
      do {
        const pause = new Promise((resolve) => setTimeout(resolve, msBetweenPages));
        const command = new ListUsersCommand({
          UserPoolId,
          Limit: pageSize,
          AttributesToGet: ['sub'],
          ...(PaginationToken !== undefined && { PaginationToken }),
        });
        const page = await client.send(command).catch((error: unknown) => {
          throw failureOfOurs(error);
        });
        for (const { Username, Enabled } of page.Users ?? []) {
          if (Username !== undefined) yield { userId: Username, isEnabled: Enabled !== false };
        }
        PaginationToken = page.PaginationToken;
        if (PaginationToken !== undefined) await pause;
      } while (PaginationToken !== undefined);
    },
    async has(userId) {
      try {
        await client.send(new AdminGetUserCommand({ UserPoolId, Username: userId }));
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'UserNotFoundException') return false;
        throw failureOfOurs(error);
      }
    },
  };
}
