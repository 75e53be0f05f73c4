import { fullWindowIn, type Unit, type WindowKind, whoseLimit } from '../../../../core/metering/windows.ts';
import { ApiError } from '../../../api-error.ts';
import { describeError, refusalText, tellRefusal } from '../../../describe-error.ts';
import { countWords, dollarWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
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
        ? { ...base, ...told(error) }
        : {
            ...base,
            title: t('This device is offline'),
            detail: t('Nothing here is lost. Try again when you are back online.'),
          };
    case 'invalid_api_key':
      return {
        ...base,
        title: t('This key no longer works'),
        detail: t(
          'It was revoked or rotated, or it has expired. Your conversation stays: continue with another key.',
        ),
        wayOut: 'another-key',
        requestId,
      };
    case 'quota_exceeded':
    case 'rate_limit_exceeded':
      return error.rateLimits.dollars?.remaining === 0 && /US dollars/.test(error.message)
        ? { ...base, ...spent(error, error.rateLimits.dollars), requestId }
        : { ...base, ...usedUp(error, day) };
    case 'ceiling_reached':
      return {
        ...base,
        title: t('This service has reached the limit of what it may spend'),
        detail: t('Until then it answers nobody’s calls. Its operator can raise the limit.'),
        resetSeconds: error.retryAfterSeconds,
        requestId,
      };
    case 'payload_too_large':
      return {
        ...base,
        title: t('That is too much for one call'),
        detail: `${refusalText(error)} ${t('Remove attachments, shorten the text, or start a new chat: each call includes the whole conversation.')}`,
        requestId,
      };
    case 'model_not_allowed':
    case 'model_not_found':
    case 'unsupported_parameter':
      return { ...base, ...told(error), wayOut: 'settings', requestId };
    default:
      return { ...base, ...told(error), resetSeconds: error.retryAfterSeconds, requestId };
  }
}

/** Which limit is full, in a sentence without its full stop. */
export function fullWords(unit: Unit, limit: number, window: WindowKind | undefined): string {
  if (unit === 'dollars') {
    return t(
      'You have spent {amount} of {amount}{window, select, day { today} month { this month} other {}}',
      { window: window ?? 'other', amount: dollarWords(limit) },
    );
  }
  return t(
    'You have used {count} of {count} {unit, select, tokens {tokens} other {requests}}{window, select, minute { this minute} hour { this hour} day { today} week { this week} month { this month} other {}}',
    { window: window ?? 'other', unit, count: countWords(limit) },
  );
}

const sharedLimitWords = () =>
  t('All your keys share this limit, so another key doesn’t help. An admin can raise it.');

const ownLimitWords = () =>
  t('This is the key’s limit. Edit the key to raise it, as far as its plan allows, or use another key.');

function spent(
  { message, retryAfterSeconds }: ApiError,
  { limit }: RateLimit,
): Pick<Failure, 'title' | 'detail' | 'resetSeconds' | 'wayOut'> {
  const title = fullWords('dollars', limit, fullWindowIn(message));
  return message.startsWith(whoseLimit.user)
    ? {
        title,
        detail: sharedLimitWords(),
        resetSeconds: retryAfterSeconds,
        wayOut: 'usage',
      }
    : { title, detail: ownLimitWords(), resetSeconds: retryAfterSeconds, wayOut: 'keys' };
}

function usedUp(
  error: ApiError,
  day: RateLimit | undefined,
): Pick<Failure, 'title' | 'resetSeconds' | 'wayOut'> & Partial<Failure> {
  const isOfDay = error.code === 'quota_exceeded';
  const reported = fullWindow(error.rateLimits);
  const full = reported ?? fullWindow(isOfDay && day !== undefined ? { requests: day } : {});
  // API Gateway's own refusals always say an hour, whenever the day ends.
  const resetSeconds =
    (reported ? error.retryAfterSeconds : undefined) ?? full?.resetSeconds ?? error.retryAfterSeconds;
  if (full === undefined) return { ...told(error), resetSeconds, wayOut: 'plans' };
  // API Gateway's own refusals of a used-up quota name no window; it is always the day's.
  const kind = fullWindowIn(error.message) ?? (isOfDay ? 'day' : undefined);
  const title = fullWords(full.unit, full.limit, kind);
  return error.message.startsWith(whoseLimit.user)
    ? { title, detail: sharedLimitWords(), resetSeconds, wayOut: 'usage' }
    : { title, resetSeconds, wayOut: 'plans' };
}

function fullWindow({ requests, tokens }: RateLimits): (RateLimit & { unit: Unit }) | undefined {
  if (requests?.remaining === 0) return { ...requests, unit: 'requests' };
  if (tokens?.remaining === 0) return { ...tokens, unit: 'tokens' };
  return undefined;
}

function told(error: ApiError): Pick<Failure, 'title' | 'detail'> {
  const { sentence, quote } = tellRefusal(error);
  return { title: trimmed(sentence), detail: quote };
}

const trimmed = (sentence: string): string => sentence.replace(/\.$/, '');
