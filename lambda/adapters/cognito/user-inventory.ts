import { AdminGetUserCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { UserInventory } from '../../../core/reconcile/ports.ts';
import { createCognitoClient } from './app-client.ts';
import { ownFailure } from './refusals.ts';

/** Cognito's largest page. */
const pageSize = 60;
/**
 * Ten pages a second, or 36,000 users a minute: a third of Cognito's limit on ListUsers for all pools of an account and
 * Region.
 */
const msBetweenPages = 100;

/** All users, for the reconciler. In a pool whose users log in by e-mail address, the username is the user's id. */
export function createUserInventory(UserPoolId: string): UserInventory {
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
          throw ownFailure(error);
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
        throw ownFailure(error);
      }
    },
  };
}
