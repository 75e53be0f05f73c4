import type { keyRoutes } from '../../../core/contract/api-keys.ts';
import type { AnswerOf } from '../../api.ts';

export type Key = AnswerOf<typeof keyRoutes.getApiKey>;
export type NewKey = AnswerOf<typeof keyRoutes.createApiKey>;

/** A new key's place in what is kept for the screens: without its value, which only the dialog holds. */
export function withoutValue({ key: _value, ...rest }: NewKey): Key {
  return rest;
}

/** Neither revoked nor expired: it works, or is about to. */
export const isLive = ({ status }: Key): boolean => status === 'active' || status === 'activating';

/** What works stands first, however many ended keys are newer. */
export const liveFirst = (keys: readonly Key[]): Key[] =>
  [...keys].sort((one, other) => Number(isLive(other)) - Number(isLive(one)));

export const requestsPerDay = ({ limits, used, remaining }: Key): number =>
  limits.requestsPerDay ?? used + remaining;

/** How long to wait before looking again, while API Gateway still spreads one of these; false: no need to. */
export function lookAgainMs(keys: readonly Key[]): number | false {
  return keys.some(({ status }) => status === 'activating') && 3000;
}
