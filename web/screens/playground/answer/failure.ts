import { ApiError } from '../../../api-error.ts';
import { describeError } from '../../../describe-error.ts';
import { countWords } from '../../../parts/figure-words.ts';
import type { RateLimit, RateLimits } from '../../../rate-limits.ts';

/** What a person can do about it besides trying again. */
export type WayOut = 'another-key' | 'plans' | 'settings' | undefined;

export interface Failure {
  /** A sentence without its full stop, since a time may follow. */
  title: string;
  detail: string | undefined;
  /** When trying again makes sense; counted from the failure. */
  resetSeconds: number | undefined;
  wayOut: WayOut;
  requestId: string | undefined;
}

interface Circumstances {
  isOnline: boolean;
  /** The key's day as it stands: API Gateway's own refusals don't tell it. */
  day: RateLimit | undefined;
}

/** Why an answer did not come, or broke off, in words for somebody who reads no status codes. */
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
            detail: 'What is here stays. Try again when the connection is back.',
          };
    case 'invalid_api_key':
      return {
        ...base,
        title: 'This key does not work any more',
        detail:
          'It was revoked, has expired, or got a new value. The conversation stays; go on with another key.',
        wayOut: 'another-key',
        requestId,
      };
    case 'quota_exceeded':
    case 'rate_limit_exceeded':
      return { ...base, ...usedUp(error, day), wayOut: 'plans' };
    case 'payload_too_large':
      return {
        ...base,
        title: 'This is too much for one call',
        detail: `${error.message} Take attachments away or shorten the text, or begin a new chat: what was said before goes along each time.`,
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

function usedUp(error: ApiError, day: RateLimit | undefined): Pick<Failure, 'title' | 'resetSeconds'> {
  const isOfDay = error.code === 'quota_exceeded';
  const told = fullWindow(error.rateLimits);
  const full = told ?? fullWindow(isOfDay && day !== undefined ? { requests: day } : {});
  // What API Gateway says by itself is an hour, whenever the day ends.
  const resetSeconds =
    (told ? error.retryAfterSeconds : undefined) ?? full?.resetSeconds ?? error.retryAfterSeconds;
  if (full === undefined) return { title: trimmed(error.message), resetSeconds };
  const count = countWords(full.limit);
  const period = isOfDay ? 'today' : (resetSeconds ?? 0) <= 60 ? 'this minute' : 'this hour';
  return { title: `You have used ${count} of ${count} ${full.unit} ${period}`, resetSeconds };
}

function fullWindow({ requests, tokens }: RateLimits): (RateLimit & { unit: string }) | undefined {
  if (requests?.remaining === 0) return { ...requests, unit: 'requests' };
  if (tokens?.remaining === 0) return { ...tokens, unit: 'tokens' };
  return undefined;
}

const trimmed = (sentence: string): string => sentence.replace(/\.$/, '');
