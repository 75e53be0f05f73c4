import { AwsError } from '../service.ts';

export type Input = Readonly<Record<string, unknown>>;
export type EncryptionContext = Readonly<Record<string, string>>;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Characters of all names and values together. */
const longestContext = 8192;
const unsupportedMembers = ['DryRun', 'DryRunModifiers', 'GrantTokens', 'Recipient'];

export function parseInput(body: Buffer): Input {
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw serialization('the body is not JSON');
  }
  if (!isRecord(input)) throw serialization('the body is not a structure');
  const unsupported = unsupportedMembers.filter((name) => hasValue(input[name]));
  if (unsupported.length === 0) return input;
  throw new AwsError(
    'UnsupportedOperationException',
    `The local KMS does not support ${unsupported.join(', ')}.`,
  );
}

export function optionalString(input: Input, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw serialization(`${name} is not a string`);
  return value;
}

export function requiredString(input: Input, name: string): string {
  const value = optionalString(input, name);
  if (!value) throw constraint(name, 'Member must not be null');
  return value;
}

/** A blob member: base64 of 1 to `maxBytes` bytes. */
export function requiredBlob(input: Input, name: string, maxBytes: number): Buffer {
  const text = requiredString(input, name);
  if (!base64.test(text)) throw serialization(`${name} is not base64`);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < 1) throw constraint(name, 'Member must have length greater than or equal to 1');
  if (bytes.length > maxBytes)
    throw constraint(name, `Member must have length less than or equal to ${maxBytes}`);
  return bytes;
}

export function optionalInteger(input: Input, name: string, max: number): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw serialization(`${name} is not an integer`);
  if (value < 1) throw constraint(name, 'Member must have value greater than or equal to 1');
  if (value > max) throw constraint(name, `Member must have value less than or equal to ${max}`);
  return value;
}

export function encryptionContext(input: Input, name = 'EncryptionContext'): EncryptionContext {
  const value = input[name] ?? {};
  if (!isRecord(value) || Object.values(value).some((member) => typeof member !== 'string')) {
    throw serialization(`${name} is not a map of strings`);
  }
  const context = value as EncryptionContext;
  const length = Object.entries(context).reduce((sum, [key, text]) => sum + key.length + text.length, 0);
  if (length > longestContext)
    throw constraint(name, `Member must have at most ${longestContext} characters`);
  return context;
}

/** Every key here is symmetric. */
export function requireSymmetric(input: Input): void {
  const algorithm = optionalString(input, 'EncryptionAlgorithm') ?? 'SYMMETRIC_DEFAULT';
  if (algorithm === 'SYMMETRIC_DEFAULT') return;
  throw new AwsError('InvalidKeyUsageException', `${algorithm} can't be used with a symmetric key.`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasValue = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

const serialization = (message: string) => new AwsError('SerializationException', `Bad request: ${message}.`);

export const constraint = (name: string, rule: string) => {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${rule}`,
  );
};
