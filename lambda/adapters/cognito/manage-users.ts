import { randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  type AttributeType,
  ListUsersCommand,
  paginateAdminListGroupsForUser,
  type UserStatusType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AdminDirectory, DirectoryUser } from '../../../core/admin/ports.ts';
import { invalidCursor } from '../table-reads.ts';
import { createCognitoClient } from './app-client.ts';
import { ownFailure } from './refusals.ts';

interface Described {
  Username?: string | undefined;
  UserStatus?: UserStatusType | undefined;
  Enabled?: boolean | undefined;
  UserCreateDate?: Date | undefined;
}

/** What admins do about users: list, find, invite, enable them. In a pool whose users log in by e-mail address, the username is the user's id. */
export function createAdminDirectory(UserPoolId: string): AdminDirectory {
  const client = createCognitoClient();
  const manage = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw ownFailure(error);
    }
  };
  const get = async (Username: string) => {
    const command = new AdminGetUserCommand({ UserPoolId, Username });
    return manage(
      client.send(command).catch((error: unknown) => {
        if (isNamed(error, 'UserNotFoundException', 'InvalidParameterException')) return undefined;
        throw error;
      }),
    );
  };
  return {
    async list({ email, limit, cursor }) {
      const command = new ListUsersCommand({
        UserPoolId,
        Limit: limit,
        ...(email !== undefined && { Filter: `email ^= "${quoted(email)}"` }),
        ...(cursor !== undefined && { PaginationToken: cursor }),
      });
      const page = await manage(
        client.send(command).catch((error: unknown) => {
          // Nothing else in the call is the caller's choice but the filter, which is always valid.
          throw cursor !== undefined && isNamed(error, 'InvalidParameterException') ? invalidCursor() : error;
        }),
      );
      return {
        users: (page.Users ?? []).flatMap((user) => toUser(user, user.Attributes) ?? []),
        nextCursor: page.PaginationToken ?? null,
      };
    },
    async find(userId) {
      const user = await get(userId);
      // Cognito also finds users by their address.
      if (user?.Username !== userId) return undefined;
      const described = toUser(user, user.UserAttributes);
      const usesAuthenticator = user.UserMFASettingList?.includes('SOFTWARE_TOKEN_MFA') === true;
      return described && { ...described, usesAuthenticator };
    },
    groupsOf: (userId) =>
      manage(
        (async () => {
          const groups: string[] = [];
          for await (const page of paginateAdminListGroupsForUser(
            { client },
            { UserPoolId, Username: userId },
          )) {
            groups.push(...(page.Groups ?? []).flatMap(({ GroupName }) => GroupName ?? []));
          }
          return groups;
        })().catch((error: unknown) => {
          if (isNamed(error, 'UserNotFoundException')) return [];
          throw error;
        }),
      ),
    async create(email) {
      const command = new AdminCreateUserCommand({
        UserPoolId,
        Username: email,
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
        MessageAction: 'SUPPRESS',
      });
      const made = await manage(
        client.send(command).catch((error: unknown) => {
          if (isNamed(error, 'UsernameExistsException')) return undefined;
          throw error;
        }),
      );
      return made?.User === undefined ? undefined : toUser(made.User, made.User.Attributes);
    },
    async findByEmail(email) {
      const user = await get(email);
      return user === undefined ? undefined : toUser(user, user.UserAttributes);
    },
    async makeUsable(userId) {
      // Of the form that the pool's policy asks for.
      const Password = `Aa1${randomBytes(32).toString('base64url')}`;
      const command = new AdminSetUserPasswordCommand({
        UserPoolId,
        Username: userId,
        Password,
        Permanent: true,
      });
      await manage(client.send(command));
    },
    async enable(userId) {
      await manage(client.send(new AdminEnableUserCommand({ UserPoolId, Username: userId })));
    },
    async turnOffAuthenticator(userId) {
      const command = new AdminSetUserMFAPreferenceCommand({
        UserPoolId,
        Username: userId,
        SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
      });
      await manage(client.send(command));
    },
  };
}

/** A value in a filter of ListUsers. */
function quoted(text: string): string {
  return text.replaceAll(/["\\]/g, String.raw`\$&`);
}

export function toUser(
  user: Described,
  attributes: readonly AttributeType[] = [],
): DirectoryUser | undefined {
  if (user.Username === undefined) return undefined;
  const attribute = (name: string) => attributes.find(({ Name }) => Name === name)?.Value;
  return {
    userId: user.Username,
    email: attribute('email') ?? '',
    emailVerified: attribute('email_verified') === 'true',
    state: stateOf(user.UserStatus),
    isEnabled: user.Enabled !== false,
    createdAt: user.UserCreateDate?.getTime() ?? 0,
  };
}

function stateOf(status: UserStatusType | undefined): DirectoryUser['state'] {
  if (status === 'UNCONFIRMED') return 'unconfirmed';
  return status === 'FORCE_CHANGE_PASSWORD' ? 'invited' : 'confirmed';
}

function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
