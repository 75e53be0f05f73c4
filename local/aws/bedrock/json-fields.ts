import { AwsError } from '../service.ts';
import { failedConstraint } from './errors.ts';

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member by a name from outside: `toString` and `constructor` are names too, and every object inherits them. */
export const ownMember = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** Sets a member by a name from outside: assigned plainly, `__proto__` would be no member at all. */
export function setMember(object: JsonObject, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** A value of the wrong JSON type never reaches Bedrock's own checks: the protocol layer refuses it. */
export const wrongType = (path: string, wanted: string): AwsError =>
  new AwsError('SerializationException', `The value at '${path}' cannot be converted to ${wanted}.`);

export function parseJsonObject(body: Buffer): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
  if (!isObject(parsed)) throw wrongType('$', 'a structure');
  return parsed;
}

/** @param path the whole path, whose last part is the field's name; so for all readers below */
const fieldAt = (object: JsonObject, path: string): unknown =>
  ownMember(object, path.slice(path.lastIndexOf('.') + 1)) ?? undefined;

export function objectField(object: JsonObject, path: string): JsonObject | undefined {
  const value = fieldAt(object, path);
  if (value !== undefined && !isObject(value)) throw wrongType(path, 'a structure');
  return value;
}

export function requiredObject(object: JsonObject, path: string): JsonObject {
  const value = objectField(object, path);
  if (value === undefined) throw missing(path);
  return value;
}

export function listField(object: JsonObject, path: string): unknown[] | undefined {
  const value = fieldAt(object, path);
  if (value !== undefined && !Array.isArray(value)) throw wrongType(path, 'a list');
  return value;
}

export function stringField(object: JsonObject, path: string): string | undefined {
  const value = fieldAt(object, path);
  if (value !== undefined && typeof value !== 'string') throw wrongType(path, 'a string');
  return value;
}

export function requiredString(object: JsonObject, path: string): string {
  const value = stringField(object, path);
  if (value === undefined) throw missing(path);
  return value;
}

export function booleanField(object: JsonObject, path: string): boolean | undefined {
  const value = fieldAt(object, path);
  if (value !== undefined && typeof value !== 'boolean') throw wrongType(path, 'a boolean');
  return value;
}

export function enumField<T extends string>(
  object: JsonObject,
  path: string,
  values: readonly T[],
): T | undefined {
  const value = stringField(object, path);
  if (value === undefined) return undefined;
  const known = values.find((candidate) => candidate === value);
  if (known === undefined) {
    throw failedConstraint(path, value, `Member must satisfy enum value set: [${values.join(', ')}]`);
  }
  return known;
}

export function requiredEnum<T extends string>(object: JsonObject, path: string, values: readonly T[]): T {
  const value = enumField(object, path, values);
  if (value === undefined) throw missing(path);
  return value;
}

export function blobField(object: JsonObject, path: string): Uint8Array | undefined {
  const value = stringField(object, path);
  if (value === undefined) return undefined;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 === 1) throw wrongType(path, 'a blob');
  return new Uint8Array(Buffer.from(value, 'base64'));
}

export function numberField(
  object: JsonObject,
  path: string,
  limits: { min: number; max?: number; integer?: boolean },
): number | undefined {
  const value = fieldAt(object, path);
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw wrongType(path, 'a number');
  if (limits.integer === true && !Number.isInteger(value)) throw wrongType(path, 'an integer');
  const failed = (constraint: string) => failedConstraint(path, String(value), constraint);
  if (value < limits.min) throw failed(`Member must have value greater than or equal to ${limits.min}`);
  if (limits.max !== undefined && value > limits.max) {
    throw failed(`Member must have value less than or equal to ${limits.max}`);
  }
  return value;
}

const missing = (path: string): AwsError => failedConstraint(path, undefined, 'Member must not be null');
