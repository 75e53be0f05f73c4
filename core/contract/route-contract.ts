import * as z from 'zod';
import type { errorCodes } from '../errors.ts';

export const isoTime = z.iso.datetime().describe('An ISO 8601 time in UTC');

export const errorDocsField = z
  .string()
  .describe('Where the code is explained: a path on the console’s origin');

/**
 * The one shape of every refusal, OpenAI's. API Gateway's own refusals are the same on every route, so they also have
 * what Anthropic's clients read.
 */
export const errorBody = z
  .strictObject({
    error: z.strictObject({
      message: z.string().describe('What went wrong and what to do next, for people to read'),
      type: z.string().describe('The family of the error, by OpenAI’s names'),
      code: z.string().describe('The error’s code, one of a closed list'),
      param: z.string().nullable().describe('The field at fault, as a dotted path; null: none'),
      docs: errorDocsField,
    }),
    type: z.literal('error').optional().describe('Only in API Gateway’s own refusals'),
    request_id: z.string().optional().describe('The request’s id, only in API Gateway’s own refusals'),
  })
  .meta({ title: 'Error' });

/** A count in a query, which is text. JavaScript would also read `0x10`, `1e2` and an empty text as numbers. */
export function countQuery(most: number) {
  const bounds = `must be a whole number from 1 to ${most}`;
  const read = (text: unknown) => (typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : text);
  return z.preprocess(read, z.int(bounds).min(1, bounds).max(most, bounds));
}

export const pageQuery = z.strictObject({
  limit: countQuery(100).default(20).describe('Entries on a page'),
  cursor: z
    .string()
    .max(512)
    .optional()
    .describe('The `nextCursor` of the page before; without it, the first page'),
});

export function pageOf<T extends z.ZodType>(entry: T) {
  return z.strictObject({
    data: z.array(entry).describe('The entries of this page'),
    nextCursor: z.string().nullable().describe('The `cursor` of the next page; null on the last one'),
  });
}

/**
 * Who may call a route, and the only place that says so: API Gateway's methods are made from it.
 * - `public`: anyone.
 * - `login`: users, by a login token that API Gateway checks.
 * - `admin`: the same, and the function requires that the user is in the group `admins` now.
 * - `session`: the console's own pages, by a cookie that the function checks.
 * - `key`: holders of an API key.
 */
export type RouteAccess = 'public' | 'login' | 'admin' | 'session' | 'key';

export interface HeaderContract {
  description: string;
  required: boolean;
  schema: z.ZodType<string>;
}

interface AnswerContract {
  description: string;
  schema: z.ZodType;
  /** The shape that a header of the request asks for. */
  otherSchema?: z.ZodType;
  streams?: boolean;
  /** Headers of this answer besides those of every answer: their descriptions, by name. */
  headers?: Readonly<Record<string, string>>;
}

/** Sections of the settings that have routes of their own. */
export type RouteSection = 'billing' | 'logIn.providers' | 'logIn.authenticator' | 'logIn.passkeys';

export interface RouteContract {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: `/v1/${string}`;
  access: RouteAccess;
  /** The section of the settings without which the route does not exist. */
  onlyWhere?: RouteSection;
  /**
   * With `access: 'key'`: the call is not charged. API Gateway would count it against the key's plan, so it lets every
   * call through and the function checks the key.
   */
  unmetered?: true;
  /**
   * How API Gateway passes the answer on. A whole one must be there within 29 seconds; a stream may take 15 minutes.
   * @default 'whole'
   */
  transfer?: 'whole' | 'stream';
  /**
   * The timeout of its function; see route-time.ts.
   * @default routeSeconds
   */
  timeoutSeconds?: number;
  summary: string;
  pathParameters?: Record<string, string>;
  query?: z.ZodObject;
  /** Headers that this call takes, besides those of its access, by name. */
  headers?: Readonly<Record<string, HeaderContract>>;
  body?: z.ZodType;
  bodyOptional?: boolean;
  /** Successful ones, by status. */
  answers: Record<number, AnswerContract>;
  /** Codes of this route's refusals, besides those of every route. */
  errors: readonly (keyof typeof errorCodes)[];
  /** The shape of the route's own refusals. @default OpenAI's */
  refusals?: 'anthropic';
}
