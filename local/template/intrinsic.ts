import { isRecord, TemplateError } from './template.ts';

/** Where intrinsic functions look names up. Each throws a TemplateError with the path for an unknown name. */
export interface Scope {
  /** A resource's physical id, or a pseudo parameter. */
  reference(name: string, path: string): unknown;
  attribute(logicalId: string, attribute: string, path: string): unknown;
}

/** What `Ref: AWS::NoValue` resolves to, until the property that holds it is dropped. */
export const noValue = Symbol('AWS::NoValue');

export interface Call {
  readonly argument: unknown;
  readonly path: string;
  readonly scope: Scope;
  /** @param step where in the argument, for error messages: `[1]` */
  resolve(value: unknown, step?: string): unknown;
}

/** One intrinsic function. */
export type Intrinsic = (call: Call) => unknown;

export function text(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(path, `needs text here, got ${describe(value)}.`);
}

export function list(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TemplateError(path, `needs a list here, got ${describe(value)}.`);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'an object';
  return value === noValue ? 'AWS::NoValue' : String(value);
}
