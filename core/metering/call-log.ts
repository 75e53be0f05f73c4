import { DaypassError, type ErrorCode, errorCodes } from '../errors.ts';
import type { Page } from '../page.ts';
import type { Mark } from './ports.ts';
import type { KeyNames } from './usage.ts';
import { dayMs } from './windows.ts';

/** A call, or the refusals of one minute and code, as users see them. Never a prompt, an answer or a secret. */
export interface LoggedCall {
  /** When the call arrived, or the first of the refusals. */
  at: number;
  requestId: string;
  keyId: string;
  /** Undefined for calls from before routes were stored. */
  route: string | undefined;
  /** Public name; undefined if a refusal came before the model was known. */
  model: string | undefined;
  /** Undefined: answered as a whole. */
  code: ErrorCode | undefined;
  mark: LoggedMark;
  msToFirstToken: number | undefined;
  /** Until the call was settled; undefined for refusals and refunds. */
  endedAt: number | undefined;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  costNanoDollars: number;
  /** How many refusals the row stands for, at least; 1 for a call. */
  count: number;
}

export const loggedMarks = ['metered', 'estimated', 'aborted', 'refunded', 'refused'] as const satisfies (
  | Mark
  | 'refunded'
  | 'refused'
)[];
export type LoggedMark = (typeof loggedMarks)[number];

export interface AllCallsQuery extends Page {
  /** First and last millisecond, inclusive. */
  from: number;
  to: number;
  keyId?: string | undefined;
  model?: string | undefined;
  /** Of a code: its status is known only here. Undefined: any. */
  matchesCode?: ((code: ErrorCode | undefined) => boolean) | undefined;
}

export interface CallQuery extends AllCallsQuery {
  userId: string;
}

/** A call of any user. */
export interface UserCall extends LoggedCall {
  userId: string;
}

/** Every user's calls, for admins. */
export interface AllCalls {
  /** Newest first; pages as those of `CallLog`. */
  list(query: AllCallsQuery): Promise<{ calls: UserCall[]; nextCursor: string | null }>;
}

export interface CallLog {
  /**
   * Newest first. With filters, a page may hold fewer calls than asked for, even none, and still have a next one, so that
   * no call reads a whole month.
   */
  list(query: CallQuery): Promise<{ calls: LoggedCall[]; nextCursor: string | null }>;
}

/** Entries of `GET /v1/requests`; cost in US dollars. */
export async function describeCalls(names: KeyNames, userId: string, calls: readonly LoggedCall[]) {
  const nameById = await names.of(userId, [...new Set(calls.map(({ keyId }) => keyId))]);
  return calls.map((call) => ({
    time: new Date(call.at).toISOString(),
    requestId: call.requestId,
    keyId: call.keyId,
    keyName: nameById.get(call.keyId) ?? null,
    route: call.route ?? null,
    model: call.model ?? null,
    status: statusOf(call.code),
    code: call.code ?? null,
    mark: call.mark,
    firstTokenMs: call.msToFirstToken ?? null,
    totalMs: call.endedAt === undefined ? null : Math.max(0, call.endedAt - call.at),
    inputTokens: call.inputTokens,
    outputTokens: call.outputTokens,
    cachedTokens: call.cachedTokens,
    cost: call.costNanoDollars / 1e9,
    count: call.count,
  }));
}

/** An answer that broke off after its 200 counts as what it broke off for. */
function statusOf(code: ErrorCode | undefined): number {
  return code === undefined ? 200 : errorCodes[code].status;
}

/**
 * Whether a code belongs to a status such as `429`, or to a class of them such as `4xx`.
 * @param wanted as the contract allows it
 */
export function codeMatcher(wanted: string | undefined): CallQuery['matchesCode'] {
  if (wanted === undefined) return undefined;
  return (code) => {
    const status = String(statusOf(code));
    return wanted.endsWith('xx') ? status.startsWith(wanted.slice(0, 1)) : status === wanted;
  };
}

/**
 * The requested time, cut to what is kept: rows may be deleted days after their end.
 * @throws DaypassError `invalid_request`
 */
export function callSpan(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  { keepDays, now }: { keepDays: number; now: number },
): { from: number; to: number } {
  const first = from === undefined ? 0 : Date.parse(from);
  const last = to === undefined ? now : Date.parse(to) + (isDate(to) ? dayMs - 1 : 0);
  if (first > last) {
    throw new DaypassError('invalid_request', 'from must not be after to.', { param: 'from' });
  }
  return { from: Math.max(first, now - keepDays * dayMs), to: last };
}

const isDate = (time: string) => !time.includes('T');

/** @throws DaypassError `not_found` where no calls are kept */
export function requireCallLog({ keepDays }: { keepDays: number }): void {
  if (keepDays > 0) return;
  throw new DaypassError('not_found', 'This service keeps no list of calls. Totals are at GET /v1/usage.');
}
