import { z } from 'zod';
import { badRequest } from '../errors.ts';
import { readBody } from './read-body.ts';

const patchBody = z.object({
  patchOperations: z
    .array(
      z.object({
        op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
        path: z.string(),
        value: z.string().nullish(),
      }),
    )
    .default([]),
});

export interface Patch {
  op: string;
  path: string;
  /** Empty when the operation has none. */
  value: string;
}

export const readPatches = (body: unknown): Patch[] =>
  readBody(patchBody, body).patchOperations.map(({ op, path, value }) => ({ op, path, value: value ?? '' }));

/** How each `op path` changes a record. */
export type Changes<T> = Readonly<Record<string, (record: T, value: string) => T>>;

/** @throws BadRequestException for a path the resource does not have */
export const applyPatches = <T>(record: T, patches: readonly Patch[], changes: Changes<T>): T =>
  patches.reduce((current, { op, path, value }) => {
    const change = Object.hasOwn(changes, `${op} ${path}`) ? changes[`${op} ${path}`] : undefined;
    if (change === undefined) throw invalidPath({ op, path }, Object.keys(changes));
    return change(current, value);
  }, record);

export function invalidPath({ op, path }: Pick<Patch, 'op' | 'path'>, known: readonly string[]) {
  const paths = known.filter((each) => each.startsWith(`${op} `)).map((each) => each.slice(op.length + 1));
  return badRequest(
    `Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${paths.join(', ')}]`,
  );
}

/** @throws BadRequestException */
export function readFlag(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw badRequest(`Invalid boolean value '${value}'`);
  return value === 'true';
}

/** @throws BadRequestException */
export function readNumber(value: string): number {
  if (value.trim() === '' || !Number.isFinite(Number(value))) throw badRequest(`Invalid number '${value}'`);
  return Number(value);
}
