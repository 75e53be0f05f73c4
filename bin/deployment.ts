import { userInfo } from 'node:os';
import { paginateGetApiKeys } from '@aws-sdk/client-api-gateway';
import { paginateListUsers, type UserType } from '@aws-sdk/client-cognito-identity-provider';
import { readGatewayKeyName } from '../core/keys/key-id.ts';
import { gatewayKeyPrefix } from '../lambda/adapters/api-gateway/key-prefix.ts';
import type { Connection } from './connect.ts';

/** What a command works on, with the operator's own rights. */
export interface Deployment {
  stack: string;
  tableName: string;
  userPoolId: string;
  userPoolClientId: string;
  sealingKeyId: string;
  adminGroup: string;
  plans: { name: string; usagePlanName: string }[];
}

/** As operators are named in the audit trail. */
export const operatorName = () => `operator:${userInfo().username}`;

/** @throws Error in an operator's words */
export async function findDeployment(connection: Connection, stack: string): Promise<Deployment> {
  const call = { operator: operatorName(), method: 'GET', resource: '/operator/deployment' };
  const { statusCode, body } = (await connection.invoke(`${stack}-admin`, call)) as {
    statusCode: number;
    body: string;
  };
  if (statusCode !== 200)
    throw new Error(
      `${stack} does not say what it is made of (${statusCode}). Was it deployed with this version?`,
    );
  return { stack, ...(JSON.parse(body) as Omit<Deployment, 'stack'>) };
}

/** A secret of a key of this deployment, in API Gateway. */
export interface GatewaySecret {
  id: string;
  userId: string;
  keyId: string;
  /** The first characters of its SHA-256. */
  valueStart: string;
  createdAt: Date;
  /** Only where it was asked for. */
  value?: string | undefined;
}

/** @param withValues needs the right to read secrets, which no function of Daypass has */
export async function* gatewaySecrets(
  connection: Connection,
  { tableName }: Pick<Deployment, 'tableName'>,
  withValues = false,
): AsyncIterable<GatewaySecret> {
  const prefix = gatewayKeyPrefix(tableName);
  const pages = paginateGetApiKeys(
    { client: connection.apiGateway(), pageSize: 500 },
    { nameQuery: prefix, includeValues: withValues },
  );
  for await (const { items = [] } of pages) {
    for (const { id, name = '', createdDate = new Date(0), value } of items) {
      const read = name.startsWith(prefix) ? readGatewayKeyName(name.slice(prefix.length)) : undefined;
      if (id !== undefined && read !== undefined) yield { id, ...read, createdAt: createdDate, value };
    }
  }
}

export interface DirectoryUser {
  userId: string;
  email: string;
  emailVerified: boolean;
  enabled: boolean;
  /** Cognito's, such as `CONFIRMED`. */
  status: string;
}

export async function* directoryUsers(
  connection: Connection,
  { userPoolId: UserPoolId }: Pick<Deployment, 'userPoolId'>,
): AsyncIterable<DirectoryUser> {
  for await (const { Users = [] } of paginateListUsers({ client: connection.cognito() }, { UserPoolId }))
    for (const user of Users) yield toUser(user);
}

export function toUser({ Attributes = [], Enabled, UserStatus }: UserType): DirectoryUser {
  const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value ?? '';
  return {
    userId: attribute('sub'),
    email: attribute('email'),
    emailVerified: attribute('email_verified') === 'true',
    enabled: Enabled !== false,
    status: UserStatus ?? '',
  };
}
