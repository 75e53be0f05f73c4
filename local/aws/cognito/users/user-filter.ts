import { invalidParameter } from '../errors.ts';
import type { Pool } from '../pools/pools.ts';
import type { User } from './users.ts';

const expression = /^\s*([\w:]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;
const searchable = ['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'];

/**
 * Parses a filter of ListUsers: one attribute, `=` or `^=` (starts with), one quoted value.
 * @throws InvalidParameterException
 */
export function parseUserFilter(pool: Pool, filter: string | undefined): (user: User) => boolean {
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
