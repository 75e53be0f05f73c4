import { AwsError } from '../service.ts';
import { invalid } from './errors.ts';

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of the wrong JSON type never reaches Bedrock's own checks: the protocol layer refuses it. */
const wrongType = (path: string, wanted: string): AwsError =>
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

export function fieldOf(object: JsonObject, name: string): JsonObject {
  const value = object[name] ?? {};
  if (!isObject(value)) throw wrongType(name, 'a structure');
  return value;
}

export function listField(object: JsonObject, name: string): unknown[] | undefined {
  const value = object[name] ?? undefined;
  if (value !== undefined && !Array.isArray(value)) throw wrongType(name, 'a list');
  return value;
}

export function stringField(object: JsonObject, name: string): string | undefined {
  const value = object[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw wrongType(name, 'a string');
  return value;
}

/** @param path the whole path, whose last part is the field's name */
export function numberField(
  object: JsonObject,
  path: string,
  limits: { min: number; max?: number; integer?: boolean },
): number | undefined {
  const value = object[path.slice(path.lastIndexOf('.') + 1)] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw wrongType(path, 'a number');
  if (limits.integer === true && !Number.isInteger(value)) throw wrongType(path, 'an integer');
  const failed = (constraint: string) =>
    invalid(
      `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: Member must have value ${constraint}`,
    );
  if (value < limits.min) throw failed(`greater than or equal to ${limits.min}`);
  if (limits.max !== undefined && value > limits.max) throw failed(`less than or equal to ${limits.max}`);
  return value;
}

/** What a caller asks for and the stand-in can't do is refused by name, never dropped. */
export function refuseFields(object: JsonObject, names: readonly string[]): void {
  const asked = names.filter((name) => object[name] !== undefined && object[name] !== null);
  if (asked.length === 0) return;
  throw invalid(`The local Bedrock stand-in does not support ${asked.join(', ')}.`);
}
