import { AwsError } from '../service.ts';
import { invalidParameter } from './errors.ts';

/** Reads one member; adds to `problems` what breaks a constraint, and throws when the JSON type is wrong. */
type Field<T> = (value: unknown, path: string, problems: string[]) => T;
type Fields = Record<string, Field<unknown>>;
type Read<S extends Fields> = { [K in keyof S]: ReturnType<S[K]> };

export type RequestBody = Record<string, unknown>;

/**
 * Reads the members an operation knows, ignoring others as the JSON protocol does, and reports every broken
 * constraint at once in the service's own words.
 */
export function readRequest<S extends Fields>(body: RequestBody, fields: S): Read<S> {
  const problems: string[] = [];
  const entries = Object.entries(fields).map(([name, field]) => {
    const path = name.charAt(0).toLowerCase() + name.slice(1);
    return [name, field(Object.hasOwn(body, name) ? body[name] : undefined, path, problems)] as const;
  });
  if (problems.length > 0) {
    const noun = problems.length === 1 ? 'error' : 'errors';
    throw invalidParameter(`${problems.length} validation ${noun} detected: ${problems.join('; ')}`);
  }
  return Object.fromEntries(entries) as Read<S>;
}

export function required<T>(field: Field<T | undefined>): Field<T> {
  return (value, path, problems) => {
    if (value === undefined || value === null) {
      problems.push(`Value null at '${path}' failed to satisfy constraint: Member must not be null`);
    }
    // `readRequest` throws before anybody sees the missing value.
    return field(value, path, problems) as T;
  };
}

interface TextRules {
  min?: number;
  max?: number;
  /** Must match the whole text; shown as AWS shows it. Java's `\s` is six ASCII characters, JavaScript's all of Unicode's. */
  pattern?: string;
  oneOf?: readonly string[];
  /** Sensitive members are never repeated in an error. */
  sensitive?: boolean;
}

export function text(rules: TextRules = {}): Field<string | undefined> {
  const expression = rules.pattern === undefined ? undefined : asRegExp(rules.pattern);
  return (value, path, problems) => {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw wrongType(path, 'a string');
    const shown = rules.sensitive ? 'Value' : `Value '${value}'`;
    const refuse = (constraint: string) =>
      problems.push(`${shown} at '${path}' failed to satisfy constraint: Member must ${constraint}`);
    if (expression && !expression.test(value)) refuse(`satisfy regular expression pattern: ${rules.pattern}`);
    if (value.length < (rules.min ?? 0)) refuse(`have length greater than or equal to ${rules.min}`);
    if (value.length > (rules.max ?? Infinity)) refuse(`have length less than or equal to ${rules.max}`);
    if (rules.oneOf && !rules.oneOf.includes(value))
      refuse(`satisfy enum value set: [${rules.oneOf.join(', ')}]`);
    return value;
  };
}

function asRegExp(pattern: string): RegExp {
  const inJava = pattern
    .replaceAll('[\\S]', '[^ \\t\\n\\v\\f\\r]')
    .replaceAll('.*', '[^\\n\\r\\u0085\\u2028\\u2029]*');
  return new RegExp(`^(?:${inJava})$`, 'u');
}

export function integer(rules: { min: number; max?: number }): Field<number | undefined> {
  return (value, path, problems) => {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(path, 'an integer');
    const refuse = (constraint: string) =>
      problems.push(`Value '${value}' at '${path}' failed to satisfy constraint: Member must ${constraint}`);
    if (value < rules.min) refuse(`have value greater than or equal to ${rules.min}`);
    if (value > (rules.max ?? Infinity)) refuse(`have value less than or equal to ${rules.max}`);
    return value;
  };
}

export const flag: Field<boolean | undefined> = (value, path) => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw wrongType(path, 'a boolean');
  return value;
};

export const textList: Field<string[] | undefined> = (value, path) => {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw wrongType(path, 'a list of strings');
  return value;
};

export const textMap: Field<Record<string, string>> = (value, path) => {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(path, 'a map');
  const entries = Object.entries(value);
  if (!entries.every(([, item]) => typeof item === 'string')) throw wrongType(path, 'a map of strings');
  return Object.fromEntries(entries);
};

/** `[{Name, Value}]` as a record. */
export const attributeList: Field<Record<string, string>> = (value, path, problems) => {
  if (value === undefined || value === null) return {};
  if (!Array.isArray(value)) throw wrongType(path, 'a list');
  const entries = value.map((item: unknown, index) => {
    const at = `${path}.${index + 1}.member`;
    if (typeof item !== 'object' || item === null) throw wrongType(at, 'a structure');
    const { Name, Value } = item as { Name?: unknown; Value?: unknown };
    const name = required(text({ min: 1, max: 32 }))(Name, `${at}.name`, problems);
    return [name, text({ max: 2048, sensitive: true })(Value, `${at}.value`, problems) ?? ''] as const;
  });
  return Object.fromEntries(entries);
};

const printable = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';

// The service model's own shapes (botocore cognito-idp 2016-04-18).
export const username = text({ min: 1, max: 128, pattern: printable, sensitive: true });
// The model says `[\S]+`; the service has taken spaces inside since 2022, and names this pattern when it refuses.
export const password = text({ max: 256, pattern: '^[\\S]+.*[\\S]+$', sensitive: true });
export const confirmationCode = text({ min: 1, max: 2048, pattern: '[\\S]+' });
export const clientId = text({ min: 1, max: 128, pattern: '[\\w+]+', sensitive: true });
export const secretHash = text({ min: 1, max: 128, pattern: '[\\w+=/]+', sensitive: true });
export const clientSecret = text({ min: 1, max: 131_072, pattern: '[\\w+]+', sensitive: true });
export const userPoolId = text({ min: 1, max: 55, pattern: '[\\w-]+_[0-9a-zA-Z]+' });
export const groupName = text({ min: 1, max: 128, pattern: printable });
export const token = text({ pattern: '[A-Za-z0-9-_=.]+', sensitive: true });
export const session = text({ min: 20, max: 2048, sensitive: true });
export const pageToken = text({ min: 1, max: 131_072, pattern: '[\\S]+' });

function wrongType(path: string, expected: string): AwsError {
  return new AwsError('SerializationException', `Expected ${expected} at '${path}'.`);
}
