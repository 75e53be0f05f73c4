import { DaypassError } from '../errors.ts';
import { standingHeaders } from './headers.ts';
import type { Refusal } from './ports.ts';
import { fullWindowWords, lastsADay, secondsUntil, whoseLimit } from './windows.ts';

/** The 429 of a full window, with the time at which the next one begins. */
export function quotaRefusal(refusal: Refusal, now: number): DaypassError {
  const { unit, window, standing } = refusal;
  const wait = secondsUntil(standing.resetsAt, now);
  const resetTime = new Date(standing.resetsAt).toISOString();
  const limited = {
    ...refusal,
    ...(unit === 'dollars' && { spend: standing }),
    ...(unit === 'tokens' && { tokens: standing }),
  };
  const headers = standingHeaders(unit === 'requests' ? standing : refusal.day, limited, now);
  const next = `The next ${window} begins at ${resetTime}.`;
  if (refusal.of === 'deployment') {
    return new DaypassError(
      'ceiling_reached',
      `This service has reached its limit for ${window === 'day' ? 'today' : `this ${window}`}. ${next}`,
      {
        retryAfterSeconds: wait,
        headers: { ...standingHeaders(refusal.day, refusal, now), 'x-should-retry': 'false' },
      },
    );
  }
  const used =
    unit === 'dollars' ? `spent all ${standing.limit} US dollars` : `used all ${standing.limit} ${unit}`;
  const message = `${whoseLimit[refusal.of ?? 'key']} ${used} ${fullWindowWords(window)}. ${next}`;
  return lastsADay(window)
    ? new DaypassError('quota_exceeded', message, {
        retryAfterSeconds: wait,
        // Otherwise the official SDKs retry at once, in vain, until their attempts run out.
        headers: { ...headers, 'x-should-retry': 'false' },
      })
    : new DaypassError('rate_limit_exceeded', message, { retryAfterSeconds: wait, headers });
}

export function unknownKey(): DaypassError {
  return new DaypassError(
    'invalid_api_key',
    'This API key is not valid: it is unknown, revoked or expired. Create one in the console or with POST /v1/api-keys.',
  );
}
