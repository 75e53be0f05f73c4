import { invalidParameter } from '../../errors.ts';
import { pageOf } from '../../list-page.ts';
import { usesSoftwareToken } from '../../log-in/software-token.ts';
import type { Pool } from '../../pools/pools.ts';
import {
  integer,
  pageToken,
  type RequestBody,
  readRequest,
  required,
  text,
  textList,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { describeUser, type User } from '../../users/users.ts';
import { userOfRequest } from './admin-user.ts';

export function adminGetUser(
  state: Pick<CognitoState, 'identityProviders' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, user } = userOfRequest(state, body);
  const { Attributes, ...rest } = describeUser(user);
  const mfa = { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' };
  const described = { ...rest, ...(usesSoftwareToken(user) && mfa) };
  const identities = state.identityProviders.identitiesOf(pool.id, user.sub);
  if (identities.length === 0) return { ...described, UserAttributes: Attributes };
  const Value = JSON.stringify(
    identities.map(({ provider, subject }) => ({
      userId: subject,
      providerName: provider,
      providerType: state.identityProviders.find(pool.id, provider)?.ProviderType ?? null,
      issuer: null,
      primary: false,
    })),
  );
  return { ...described, UserAttributes: [...Attributes, { Name: 'identities', Value }] };
}

export function listUsers(state: Pick<CognitoState, 'pools' | 'users'>, body: RequestBody): object {
  const input = readRequest(body, {
    UserPoolId: required(userPoolId),
    AttributesToGet: textList,
    Limit: integer({ min: 0, max: 60 }),
    PaginationToken: pageToken,
    Filter: text({ max: 256 }),
  });
  const pool = state.pools.get(input.UserPoolId);
  const found = state.users.list(pool.id).filter(parseUserFilter(pool, input.Filter));
  const page = pageOf(found, ({ sub }) => sub, { limit: input.Limit, token: input.PaginationToken });
  const users = page.items.map((user) => {
    const described = describeUser(user);
    const wanted = ({ Name }: { Name: string }) => input.AttributesToGet?.includes(Name) ?? true;
    return { ...described, Attributes: described.Attributes.filter(wanted) };
  });
  return { Users: users, PaginationToken: page.next };
}

const expression = /^\s*([\w:]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;
const searchable = ['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'];

/**
 * Parses a filter of ListUsers: one attribute, `=` or `^=` (starts with), one quoted value.
 * @throws InvalidParameterException
 */
function parseUserFilter(pool: Pool, filter: string | undefined): (user: User) => boolean {
  if (!filter?.trim()) return () => true;
  const [, attribute = '', operator, quoted = ''] = expression.exec(filter) ?? [];
  if (operator === undefined) throw invalidParameter('Error while parsing filter');
  const fold = foldsCase(pool, attribute) ? (text: string) => text.toLowerCase() : (text: string) => text;
  const wanted = fold(quoted.replace(/\\(.)/g, '$1'));
  const read = readerOf(attribute);
  return (user) => {
    const value = read(user);
    if (value === undefined) return false;
    return operator === '=' ? fold(value) === wanted : fold(value).startsWith(wanted);
  };
}

function readerOf(attribute: string): (user: User) => string | undefined {
  if (attribute === 'sub') return ({ sub }) => sub;
  if (attribute === 'username') return ({ username }) => username;
  if (attribute === 'cognito:user_status') return ({ status }) => status;
  if (attribute === 'status') return ({ enabled }) => (enabled ? 'Enabled' : 'Disabled');
  if (searchable.includes(attribute)) return ({ attributes }) => attributes[attribute];
  throw invalidParameter(`Invalid search attribute: ${attribute}`);
}

function foldsCase(pool: Pool, attribute: string): boolean {
  if (attribute === 'cognito:user_status') return true;
  const foldsNames = pool.properties.UsernameConfiguration?.CaseSensitive === false;
  return foldsNames && (attribute === 'email' || attribute === 'preferred_username');
}
