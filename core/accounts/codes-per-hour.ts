import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import { secondsUntil, windowAt } from '../metering/windows.ts';
import type { CodeCounts } from './ports.ts';

/**
 * Codes that an address gets in an hour (UTC), for all purposes together. Cognito allows more, and counts by purpose and
 * user, so that signing up the same address repeatedly would evade its limit.
 */
export const codesPerHour = 5;

/**
 * Counts a code, for known and unknown addresses alike.
 * @throws DaypassError `too_many_attempts`
 */
export async function takeCode(
  { codes, clock }: { codes: CodeCounts; clock: Clock },
  email: string,
): Promise<void> {
  const now = clock.now();
  const hour = windowAt('hour', now);
  if (await codes.take(email, hour, codesPerHour)) return;
  throw new DaypassError(
    'too_many_attempts',
    `Codes for this address were asked for ${codesPerHour} times in this hour. Use the last one, or try again in the next hour.`,
    { param: 'email', retryAfterSeconds: secondsUntil(hour.endsAt, now) },
  );
}
