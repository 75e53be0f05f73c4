import type { ErrorCode } from '../../errors.ts';

/** A refusal as a route words it. */
export interface RefusalExample {
  message: string;
  /** The field at fault. */
  param?: string;
  /** API Gateway refuses before a function runs, in its own shape. */
  byGateway?: true;
}

/** A call of a route that can be sent as it stands, and what it answers. test/e2e/examples.test.ts sends it. */
export interface RouteExample {
  /** Values of path parameters, of the query and of headers, by name. */
  parameters?: Readonly<Record<string, string>>;
  body?: unknown;
  /** What succeeds, by status. */
  answers: Readonly<Record<number, unknown>>;
  /** The answer as server-sent events. */
  events?: string;
  /** Refusals that this route words in its own way; all others are in refusal-examples.ts. */
  refusals?: Readonly<Partial<Record<ErrorCode, RefusalExample>>>;
}
