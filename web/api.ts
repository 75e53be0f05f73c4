import type * as z from 'zod';
import type { RouteContract } from '../core/contract/route-contract.ts';
import { ApiError } from './api-error.ts';
import { request } from './fetch-or-throw.ts';
import type { Session } from './session.ts';

export interface ApiDeps {
  send: typeof fetch;
  session: Pick<Session, 'token' | 'tokenAfter'>;
}

type BodyOf<R> = R extends { body: infer B extends z.ZodType } ? z.input<B> : never;
type QueryOf<R> = R extends { query: infer Q extends z.ZodObject } ? z.input<Q> : never;
export type AnswerOf<R extends RouteContract> = R extends { answers: Record<number, { schema: infer S }> }
  ? z.output<S>
  : never;

/** What a route takes, according to its contract. */
export interface CallInput<R> {
  path?: R extends { pathParameters: infer P } ? { [name in keyof P]: string } : never;
  query?: QueryOf<R>;
  body?: BodyOf<R>;
  /** Those that the route asks for besides its credentials. */
  headers?: R extends { headers: infer H } ? { [name in keyof H]?: string } : never;
  /** The secret of an API key, for routes that take one. */
  key?: string;
  /** The same for every attempt at one request: makes a repeated POST safe. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export interface Api {
  /** @returns the answer's JSON. @throws ApiError */
  call<R extends RouteContract>(route: R, input?: CallInput<R>): Promise<AnswerOf<R>>;
  /** @returns the raw answer, for its headers or its stream. @throws ApiError */
  open<R extends RouteContract>(route: R, input?: CallInput<R>): Promise<Response>;
}

/** A client for the contract's routes. Those for logged-in users get the user's token, renewed once if it is refused. */
export function createApi({ send, session }: ApiDeps): Api {
  const attempt = (route: RouteContract, input: AnyInput, credentials: Record<string, string>) =>
    request(send, pathOf(route, input), {
      method: route.method.toUpperCase(),
      headers: { ...headersOf(input), ...credentials },
      body: input.body === undefined ? null : JSON.stringify(input.body),
      signal: input.signal ?? null,
    });

  async function open(route: RouteContract, input: AnyInput = {}): Promise<Response> {
    if (route.access === 'key') return attempt(route, input, { 'x-api-key': input.key ?? '' });
    if (route.access !== 'login' && route.access !== 'admin') return attempt(route, input, {});
    const token = await session.token();
    try {
      return await attempt(route, input, { authorization: `Bearer ${token}` });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'unauthorized') throw error;
      const renewed = await session.tokenAfter(token);
      return attempt(route, input, { authorization: `Bearer ${renewed}` });
    }
  }

  return {
    open,
    async call<R extends RouteContract>(route: R, input?: CallInput<R>) {
      const response = await open(route, input);
      return (await response.json()) as AnswerOf<R>;
    },
  };
}

interface AnyInput {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  body?: unknown;
  key?: string;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

function headersOf({ body, headers, idempotencyKey }: AnyInput): Record<string, string> {
  return {
    ...headers,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
}

function pathOf(route: RouteContract, { path = {}, query = {} }: AnyInput): string {
  const filled = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return filled;
  return `${filled}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}
