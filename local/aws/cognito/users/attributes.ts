import { invalidParameter, notAuthorized } from '../errors.ts';
import type { Client } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';

const standardAttributes = new Set([
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile'],
  ...['picture', 'website', 'email', 'email_verified', 'gender', 'birthdate', 'zoneinfo', 'locale'],
  ...['phone_number', 'phone_number_verified', 'address', 'updated_at'],
]);
/** Only administrators and confirmation codes say that an address is verified. */
const verificationMarks = new Set(['email_verified', 'phone_number_verified']);

type Attributes = Record<string, string>;

/** @throws NotAuthorizedException for an attribute the client has no write permission on */
export function assertWritable(client: Client, attributes: Attributes): void {
  const allowed = client.properties.WriteAttributes;
  for (const name of Object.keys(attributes)) {
    const writable = allowed ? allowed.includes(name) : standardAttributes.has(name);
    if (!writable || verificationMarks.has(name)) {
      throw notAuthorized('A client attempted to write unauthorized attribute');
    }
  }
}

/** The attributes a client may show: those in its ReadAttributes, else all standard ones. */
export function readableAttributes(client: Client, attributes: Attributes): Attributes {
  const allowed = client.properties.ReadAttributes;
  const readable = (name: string) => (allowed ? allowed.includes(name) : standardAttributes.has(name));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => readable(name)));
}

/** Checks the attributes of a new user against the pool's schema. */
export function assertNewAttributes(pool: Pool, attributes: Attributes): void {
  assertConform(pool, attributes);
  for (const { Name, Required } of pool.properties.Schema ?? []) {
    if (Required && !attributes[Name]) throw unfit(`${Name}: The attribute is required`);
  }
}

/** Checks changed attributes against the pool's schema and its immutable attributes. */
export function assertChangedAttributes(pool: Pool, attributes: Attributes): void {
  assertConform(pool, attributes);
  for (const name of Object.keys(attributes)) {
    if (schemaOf(pool, name)?.Mutable === false) {
      throw invalidParameter(`user.${name}: Attribute cannot be updated.\n`);
    }
  }
}

function assertConform(pool: Pool, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const schema = schemaOf(pool, name);
    if (!schema && !standardAttributes.has(name)) {
      throw unfit(`${name}: Attribute does not exist in the schema.`);
    }
    if (name === 'email' && !isEmail(value)) throw invalidParameter('Invalid email address format.');
    if (schema?.AttributeDataType === 'Number' && !/^-?\d+$/.test(value)) {
      throw unfit(`${name}: Attribute value is not a number.`);
    }
    const { MinLength = 0, MaxLength = 2048 } = schema?.StringAttributeConstraints ?? {};
    if (value.length < MinLength || value.length > MaxLength) {
      throw unfit(`${name}: String must be between ${MinLength} and ${MaxLength} characters long.`);
    }
  }
}

const unfit = (why: string) => invalidParameter(`Attributes did not conform to the schema: ${why}\n`);

const schemaOf = (pool: Pool, name: string) =>
  pool.properties.Schema?.find(
    ({ Name }) => name === (standardAttributes.has(Name) ? Name : `custom:${Name}`),
  );

export const isEmail = (text: string) =>
  text.length <= 254 && /^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
