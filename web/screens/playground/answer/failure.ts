import { fullWindowIn, type WindowKind, whoseLimit } from '../../../../core/metering/windows.ts';
import { ApiError } from '../../../api-error.ts';
import { describeError } from '../../../describe-error.ts';
import { countWords, dollarWords } from '../../../parts/figure-words.ts';
import type { RateLimit, RateLimits } from '../../../rate-limits.ts';

/** What the user can do besides trying again. */
export type WayOut = 'another-key' | 'keys' | 'plans' | 'settings' | 'usage' | undefined;

export interface Failure {
  /** A sentence without its full stop: a time may follow. */
  title: string;
  detail: string | undefined;
  /** When trying again makes sense, counted from the failure. */
  resetSeconds: number | undefined;
  wayOut: WayOut;
  requestId: string | undefined;
}

interface Circumstances {
  isOnline: boolean;
  /** The key's day as it stands now: API Gateway's own refusals don't report it. */
  day: RateLimit | undefined;
}

/** Why there is no answer, or only part of one, in words for people. */
export function describeFailure(error: unknown, { isOnline, day }: Circumstances): Failure {
  const base = { detail: undefined, resetSeconds: undefined, wayOut: undefined, requestId: undefined };
  if (!(error instanceof ApiError)) return { ...base, title: trimmed(describeError(error).message) };
  const { requestId } = error;
  switch (error.code) {
    case 'network_error':
      return isOnline
        ? { ...base, title: trimmed(error.message) }
        : {
            ...base,
            title: 'This device is offline',
            detail: 'Nothing here is lost. Try again when you are back online.',
          };
    case 'invalid_api_key':
      return {
        ...base,
        title: 'This key no longer works',
        detail:
          'It was revoked or rotated, or it has expired. Your conversation stays: continue with another key.',
        wayOut: 'another-key',
        requestId,
      };
    case 'quota_exceeded':
    case 'rate_limit_exceeded':
      return error.rateLimits.dollars?.remaining === 0 && /US dollars/.test(error.message)
        ? { ...base, ...spent(error, error.rateLimits.dollars), requestId }
        : { ...base, ...usedUp(error, day), wayOut: 'plans' };
    case 'ceiling_reached':
      return {
        ...base,
        title: 'This service has reached the limit of what it may spend',
        detail: 'Until then it answers nobody’s calls. Its operator can raise the limit.',
        resetSeconds: error.retryAfterSeconds,
        requestId,
      };
    case 'payload_too_large':
      return {
        ...base,
        title: 'That is too much for one call',
        detail: `${error.message} Remove attachments, shorten the text, or start a new chat: each call includes the whole conversation.`,
        requestId,
      };
    case 'model_not_allowed':
    case 'model_not_found':
    case 'unsupported_parameter':
      return { ...base, title: trimmed(error.message), wayOut: 'settings', requestId };
    default:
      return { ...base, title: trimmed(error.message), resetSeconds: error.retryAfterSeconds, requestId };
  }
}

function spent(
  { message, retryAfterSeconds }: ApiError,
  { limit }: RateLimit,
): Pick<Failure, 'title' | 'detail' | 'resetSeconds' | 'wayOut'> {
  const title = `You have spent ${dollarWords(limit)} of ${dollarWords(limit)}${periodWords(fullWindowIn(message))}`;
  return message.startsWith(whoseLimit.user)
    ? {
        title,
        detail: 'All your keys share this limit, so another key doesn’t help. An admin can raise it.',
        resetSeconds: retryAfterSeconds,
        wayOut: 'usage',
      }
    : {
        title,
        detail:
          'This is the key’s limit. Edit the key to raise it, as far as its plan allows, or use another key.',
        resetSeconds: retryAfterSeconds,
        wayOut: 'keys',
      };
}

const periodWords = (kind: WindowKind | undefined): string =>
  kind === undefined ? '' : kind === 'day' ? ' today' : ` this ${kind}`;

function usedUp(error: ApiError, day: RateLimit | undefined): Pick<Failure, 'title' | 'resetSeconds'> {
  const isOfDay = error.code === 'quota_exceeded';
  const reported = fullWindow(error.rateLimits);
  const full = reported ?? fullWindow(isOfDay && day !== undefined ? { requests: day } : {});
  // API Gateway's own refusals always say an hour, whenever the day ends.
  const resetSeconds =
    (reported ? error.retryAfterSeconds : undefined) ?? full?.resetSeconds ?? error.retryAfterSeconds;
  if (full === undefined) return { title: trimmed(error.message), resetSeconds };
  const count = countWords(full.limit);
  // API Gateway's own refusals of a used-up quota name no window; it is always the day's.
  const kind = fullWindowIn(error.message) ?? (isOfDay ? 'day' : undefined);
  return { title: `You have used ${count} of ${count} ${full.unit}${periodWords(kind)}`, resetSeconds };
}

function fullWindow({ requests, tokens }: RateLimits): (RateLimit & { unit: string }) | undefined {
  if (requests?.remaining === 0) return { ...requests, unit: 'requests' };
  if (tokens?.remaining === 0) return { ...tokens, unit: 'tokens' };
  return undefined;
}

const trimmed = (sentence: string): string => sentence.replace(/\.$/, '');
