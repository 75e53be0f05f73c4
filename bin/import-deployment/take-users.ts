import { randomBytes } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Connection } from '../connect.ts';
import { type Deployment, toUser } from '../deployment.ts';
import type { ExportedUser } from './read-export.ts';

export interface TakenUsers {
  /** Ids here, by those at the other place. */
  ids: Map<string, string>;
  made: number;
  wereHere: number;
  left: { email: string; reason: string }[];
}

/** Nobody confirmed the address, or the user exists only at a provider of logins. */
const leftStatuses: Readonly<Record<string, string>> = {
  UNCONFIRMED: 'has not confirmed the address: has to sign up anew',
  EXTERNAL_PROVIDER: 'logs in by a provider: is made by the first login here',
};

export function whyLeft({ status }: ExportedUser): string | undefined {
  return leftStatuses[status];
}

/** Makes the users in Cognito, each with a password that nobody knows: without one, "Forgot password?" is refused. */
export async function takeUsers(
  connection: Connection,
  deployment: Deployment,
  users: readonly ExportedUser[],
): Promise<TakenUsers> {
  const client = connection.cognito();
  const taken: TakenUsers = { ids: new Map(), made: 0, wereHere: 0, left: [] };
  for (const user of users) {
    const { email } = user;
    const reason = whyLeft(user);
    if (reason !== undefined) {
      taken.left.push({ email, reason });
      continue;
    }
    try {
      const { userId, isNew } = await takeUser(client, deployment, user);
      taken.ids.set(user.userId, userId);
      taken[isNew ? 'made' : 'wereHere'] += 1;
    } catch (error) {
      // Such as a domain that the settings here don't let in.
      if (!(error instanceof Error) || error.name !== 'UserLambdaValidationException') throw error;
      taken.left.push({ email, reason: `Cognito refused the address: ${error.message}` });
    }
  }
  return taken;
}

async function takeUser(
  client: CognitoIdentityProviderClient,
  { userPoolId: UserPoolId, adminGroup: GroupName }: Deployment,
  { email, emailVerified, enabled, isAdmin }: ExportedUser,
): Promise<{ userId: string; isNew: boolean }> {
  const isNew = await create(client, UserPoolId, email, emailVerified);
  const { UserAttributes = [], ...found } = await client.send(
    new AdminGetUserCommand({ UserPoolId, Username: email }),
  );
  const { userId, status } = toUser({ Attributes: UserAttributes, UserStatus: found.UserStatus });
  const Username = userId;
  // So it stays if an earlier import was cut off before the password: until then nobody can use the account.
  if (status === 'FORCE_CHANGE_PASSWORD') {
    if (!enabled) await client.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: unknownPassword(), Permanent: true }),
    );
  }
  if (isAdmin) await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
  return { userId, isNew };
}

async function create(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  email: string,
  emailVerified: boolean,
): Promise<boolean> {
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: String(emailVerified) },
  ];
  try {
    await client.send(
      new AdminCreateUserCommand({ UserPoolId, Username: email, UserAttributes, MessageAction: 'SUPPRESS' }),
    );
    return true;
  } catch (error) {
    if (error instanceof UsernameExistsException) return false;
    throw error;
  }
}

const unknownPassword = () => `Aa1${randomBytes(32).toString('base64url')}`;
