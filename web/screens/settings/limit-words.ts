import type { accountRoutes } from '../../../core/contract/accounts.ts';
import type { AnswerOf } from '../../api.ts';

type RequestLimits = AnswerOf<typeof accountRoutes.getMe>['limits']['allKeys'];

const windows = [
  ['requestsPerDay', 'a day'],
  ['requestsPerHour', 'an hour'],
  ['requestsPerMinute', 'a minute'],
] as const;

/** "50 requests a day"; [] if there is no limit. */
export function requestLimits(limits: RequestLimits): string[] {
  return windows.flatMap(([field, window]) => {
    const limit = limits?.[field];
    return limit == null
      ? []
      : [`${limit.toLocaleString('en')} ${limit === 1 ? 'request' : 'requests'} ${window}`];
  });
}

export function keysOfPlan(most: number | undefined): string {
  if (most === undefined) return '';
  return most === 1 ? 'one active key' : `up to ${most.toLocaleString('en')} active keys`;
}
